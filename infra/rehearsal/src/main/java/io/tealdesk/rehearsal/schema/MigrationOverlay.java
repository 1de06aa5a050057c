package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A release with one migration more than it was built with, for drills: to migrate, and to check the schema when it
 * starts, it knows the migration like its own.
 */
public final class MigrationOverlay implements AutoCloseable {

    private static final String IN_JAR = "BOOT-INF/classes/db/migration/";
    /** Read beside the jar's own: a changed jar would no longer fit the image's AOT cache. */
    private static final String IN_IMAGE = "/app/more-migrations/";

    private final Release release;
    private final List<String> images = new ArrayList<>();

    private MigrationOverlay(Release release) {
        this.release = release;
    }

    /**
     * @param script such as {@code V209901010000__drill_drop_subject.sql}
     * @param directory where files may be made
     */
    public static MigrationOverlay on(Release release, String script, String sql, Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve(script.replaceFirst("\\.sql$", "")));
        return switch (release.parts()) {
            case Release.Files files ->
                new MigrationOverlay(with(
                        release,
                        script,
                        new Release.Files(jar(files.jar(), script, sql, folder), files.site(), files.nginx())));
            case Release.Images built -> {
                String image = image(built.backend(), script, sql, folder);
                MigrationOverlay overlay =
                        new MigrationOverlay(with(release, script, new Release.Images(image, built.frontend())));
                overlay.images.add(image);
                yield overlay;
            }
        };
    }

    private static Release with(Release release, String script, Release.Parts parts) {
        return new Release(release.id(), release.label() + " with " + script, parts);
    }

    private static Path jar(Path original, String script, String sql, Path folder) throws IOException {
        Path jar = folder.resolve(original.getFileName());
        Files.copy(original, jar, StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Files.writeString(inside.getPath(IN_JAR + script), sql);
        }
        return jar;
    }

    private static String image(String original, String script, String sql, Path folder) throws IOException {
        Files.writeString(folder.resolve(script), sql);
        Files.writeString(folder.resolve("Dockerfile"), """
                FROM %s
                COPY %s %s
                ENV SPRING_FLYWAY_LOCATIONS=classpath:db/migration,filesystem:%s
                """.formatted(original, script, IN_IMAGE, IN_IMAGE));
        String image =
                "tealdesk-rehearsal-drill:" + ProcessHandle.current().pid() + "-" + script.replaceAll("\\W", "-");
        docker("build", "--quiet", "--tag", image, folder.toString());
        return image;
    }

    private static void docker(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // All has been read, so it has ended or does so now.
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    public Release release() {
        return release;
    }

    @Override
    public void close() throws IOException {
        for (String image : images) {
            docker("rmi", "--force", image);
        }
        images.clear();
    }
}
