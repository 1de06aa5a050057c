package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Login;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Chromium at work on the desk, as an agent: frontend/e2e/paint.mjs, which says what exactly is measured. */
public final class BrowserPaint {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<Path> CHROMIUM =
            List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"));

    private final Path scripts;
    private final Path results;
    private final Consumer<String> progress;

    /** @param root the repository, with the scripts and the Node that its build installed */
    BrowserPaint(Path root, Path results, Consumer<String> progress) {
        this.scripts = root.resolve("frontend/e2e");
        this.results = results;
        this.progress = progress;
    }

    /** All that the script found. */
    record Told(
            String browser,
            double promiseMs,
            double longTaskMs,
            boolean holds,
            List<Operation> operations,
            List<Scroll> scrolling,
            Scripts scripts) {}

    /**
     * @param paint of the first visible answer
     * @param content of what the server had to be asked for
     * @param event what the browser itself says of the key or click, where it was 16 ms or more
     */
    record Operation(
            String name, int count, Spread paint, @Nullable Spread content, Spread event, double longestTask) {}

    record Spread(double p50, double p95, double max) {}

    /** In milliseconds: the longest task and frame, and all time above 50 ms a task. */
    record Scroll(String name, int rows, double seconds, int longTasks, double longestTask, double longestFrame) {}

    /** All scripts that were fetched until the list was there, as they came. */
    record Scripts(int files, double kilobytes, double limit) {}

    /** Why a browser cannot be let at the release here; empty when it can. */
    public static Optional<String> missing(Path root, Release release) {
        if (chromium().isEmpty()) {
            return Optional.of("There is no Chromium (apt-get install chromium)");
        }
        return node(root).isEmpty()
                ? Optional.of("There is no Node (mvn -pl frontend generate-resources installs one)")
                : missingToServe(release);
    }

    /** Why the release cannot be served to browsers; empty when it can. */
    public static Optional<String> missingToServe(Release release) {
        return release.parts() instanceof Release.Files files && files.hasSite()
                ? NginxLoadBalancer.missing()
                : Optional.of("A release that is only files:JAR has nothing for browsers, give files:JAR,SITE");
    }

    private static Optional<Path> chromium() {
        String named = System.getenv("CHROMIUM");
        return Stream.concat(Stream.ofNullable(named).map(Path::of), CHROMIUM.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder of the build's own, or of that on the path. */
    private static Optional<Path> node(Path root) {
        Path own = root.resolve("frontend/.node");
        Optional<Path> installed = Optional.empty();
        if (Files.isDirectory(own)) {
            try (Stream<Path> files = Files.walk(own, 4)) {
                installed = files.filter(file -> file.endsWith("node/node") && Files.isRegularFile(file))
                        .map(Path::getParent)
                        .findFirst();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return installed.or(() -> Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("node")))
                .findFirst());
    }

    /** A broken promise is part of what was found. */
    Told run(URI desk, Login agent) throws IOException, InterruptedException {
        if (Files.notExists(scripts.resolve("node_modules/@playwright/test"))) {
            progress.accept("Installing what the scripts in frontend/e2e need …");
            int exit = run(command("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"));
            if (exit != 0) {
                throw new IOException("npm ci in frontend/e2e ended with " + exit);
            }
        }
        Path file = results.resolve("paint.json").toAbsolutePath();
        Files.createDirectories(results);
        Files.deleteIfExists(file);
        ProcessBuilder command = command("node", "paint.mjs");
        command.environment().put("BASE_URL", desk.toString());
        command.environment().put("EMAIL", agent.name());
        command.environment().put("PASSWORD", agent.password());
        command.environment().put("PAINT_JSON", file.toString());
        command.environment().put("CHROMIUM", chromium().orElseThrow().toString());
        int exit = run(command);
        if (Files.notExists(file)) {
            throw new IOException("frontend/e2e/paint.mjs ended with " + exit + " and found nothing");
        }
        return JSON.readValue(file.toFile(), Told.class);
    }

    private ProcessBuilder command(String... command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(scripts.toFile()).redirectErrorStream(true);
        node(scripts.resolve("../..").normalize())
                .ifPresent(folder -> builder.environment()
                        .merge("PATH", folder.toString(), (path, node) -> node + File.pathSeparator + path));
        builder.environment().put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return builder;
    }

    private int run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = said.readLine()) != null; ) {
                progress.accept(line);
            }
        } finally {
            // Nothing when it has ended by itself; its browser ends with it.
            process.destroy();
        }
        return process.waitFor();
    }
}
