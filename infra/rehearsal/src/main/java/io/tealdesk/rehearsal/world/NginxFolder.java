package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in which a frontend task's Nginx finds all that the image would have, with the release's own configuration.
 */
final class NginxFolder {

    private static final Pattern BUILT_IN_CONFIGURATION = Pattern.compile("--conf-path=(\\S+)");

    private final Path folder;

    NginxFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    void fill(Release release, Release.Files files, String host, int port, int portOfTheImage) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("etc"));
        Files.createDirectories(folder.resolve("tmp"));
        try (Stream<Path> given = Files.list(files.nginx())) {
            for (Path file : given.filter(Files::isRegularFile).toList()) {
                Files.writeString(
                        configuration.resolve(file.getFileName().toString()),
                        moved(Files.readString(file), files.site(), host, port, portOfTheImage));
            }
        }
        Files.writeString(configuration.resolve("release.conf"), releaseConfiguration(release.id()));
        Path types = configuration.resolve("mime.types");
        if (Files.notExists(types)) {
            // The image has Nginx' own.
            Files.copy(builtInFolder().resolve("mime.types"), types);
        }
    }

    /** As Dockerfile.frontend writes it. */
    static String releaseConfiguration(String release) {
        return "map $upstream_status $release {\n    \"\" \"%s\";\n}\n".formatted(release);
    }

    /** Each place that the image fixes, for two tasks on one machine cannot share them. Nothing else. */
    private String moved(String text, Path site, String host, int port, int portOfTheImage) {
        // First the image's /tmp: the folder itself may well lie in the machine's.
        return text.replaceAll("(?<=[\\s\"])/tmp/", Matcher.quoteReplacement(folder.resolve("tmp") + "/"))
                .replace("/etc/nginx/", folder.resolve("etc") + "/")
                .replace("/usr/share/nginx/html", site.toAbsolutePath().toString())
                .replaceAll(
                        "(?m)^(\\s*listen\\s+)" + portOfTheImage + "\\b",
                        "$1" + Matcher.quoteReplacement(host + ":" + port));
    }

    List<String> command(boolean root) {
        // A worker of root's Nginx would become "nobody", who may not read the folder.
        String directives = root ? "daemon off; user root;" : "daemon off;";
        return List.of(
                program(),
                "-p",
                folder.toString(),
                "-c",
                folder.resolve("etc/nginx.conf").toString(),
                "-e",
                "/dev/stderr",
                "-g",
                directives);
    }

    private static String program() {
        return NginxProgram.find().map(Path::toString).orElse("nginx");
    }

    private static Path builtInFolder() throws IOException {
        Process asked =
                new ProcessBuilder(program(), "-V").redirectErrorStream(true).start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher found = BUILT_IN_CONFIGURATION.matcher(answer);
        return found.find() ? Path.of(found.group(1)).resolveSibling("") : Path.of("/etc/nginx");
    }
}
