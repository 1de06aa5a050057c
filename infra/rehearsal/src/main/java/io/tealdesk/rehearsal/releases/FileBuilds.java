package io.tealdesk.rehearsal.releases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a source's two halves with Maven, from exactly the files that the Dockerfiles copy, and keeps them by the
 * content of those files.
 */
final class FileBuilds {

    private static final List<String> BACKEND = List.of("pom.xml", "backend/pom.xml", "backend/src/main");
    private static final List<String> FRONTEND = List.of("pom.xml", "frontend", "infra/images/assemble-site.sh");
    /** Where assemble-site.sh leaves what Nginx serves, in the image's folders. */
    private static final String HTML = "usr/share/nginx/html";

    private final Path repository;
    private final Path kept;

    FileBuilds(Path repository, Path kept) {
        this.repository = repository;
        this.kept = kept;
    }

    Path jar(Source source) {
        Path folder = kept.resolve("backend-" + source.fingerprint(BACKEND));
        Path jar = folder.resolve("tealdesk-backend.jar");
        if (!Files.exists(jar)) {
            Path work = folder.resolve("source");
            clear(work);
            source.export(BACKEND, work, folder.resolve("export.log"));
            maven(work, "backend/pom.xml", folder.resolve("build.log"), "package");
            move(builtJar(work.resolve("backend/target")), jar);
            clear(work);
        }
        return jar;
    }

    /** What Nginx serves, below the root of {@link #root}. */
    static Path site(Path root) {
        return root.resolve(HTML);
    }

    /**
     * The frontend's files in an image's folders: {@code usr/share/nginx/html} and the list of its own assets. The
     * previous release's own assets are carried over as the image carries them.
     */
    Path root(Source source, @Nullable Path previousRoot) {
        Path folder = kept.resolve("frontend-" + source.fingerprint(FRONTEND));
        Path built = folder.resolve("built");
        Path work = folder.resolve("source");
        if (!Files.exists(built)) {
            clear(work);
            source.export(FRONTEND, work, folder.resolve("export.log"));
            // The Node that the repository's own build installs, by its version, serves here too.
            link(work.resolve("frontend/.node"), repository.resolve("frontend/.node"));
            maven(work, "frontend/pom.xml", folder.resolve("build.log"), "process-classes");
            // What an interrupted build has left would be in the way.
            clear(folder.resolve("nginx"));
            move(work.resolve("frontend/nginx"), folder.resolve("nginx"));
            move(work.resolve("infra/images/assemble-site.sh"), folder.resolve("assemble-site.sh"));
            // The last, because it says that all of it is there.
            move(work.resolve("frontend/target/classes/static"), built);
            clear(work);
        }
        String predecessor = previousRoot == null
                ? "none"
                : previousRoot.resolveSibling("").getFileName().toString();
        Path root = folder.resolve("after-" + predecessor);
        if (!Files.exists(root)) {
            Path assembled = folder.resolve("assembled");
            clear(assembled);
            new Command(folder)
                    .run(
                            folder.resolve("assemble.log"),
                            List.of(
                                    "bash",
                                    folder.resolve("assemble-site.sh").toString(),
                                    built.toString(),
                                    (previousRoot == null ? folder.resolve("nothing") : previousRoot).toString(),
                                    assembled.toString()));
            new Command(folder)
                    .run(
                            folder.resolve("assemble.log"),
                            List.of(
                                    "cp",
                                    "-R",
                                    assembled.resolve("carried") + "/.",
                                    assembled.resolve("own").toString()));
            move(assembled.resolve("own"), root);
            clear(assembled);
        }
        return root;
    }

    /** The Nginx configuration that belongs to {@link #root}. */
    Path nginx(Path root) {
        return root.resolveSibling("nginx");
    }

    private void maven(Path work, String pom, Path log, String phase) {
        new Command(work, Map.of("JAVA_HOME", System.getProperty("java.home")))
                .run(
                        log,
                        List.of(
                                "mvn",
                                "-B",
                                "-ntp",
                                "-f",
                                pom,
                                "-DskipTests",
                                "-Dmaven.test.skip",
                                "-Dspotless.check.skip",
                                phase));
    }

    private static Path builtJar(Path target) {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .matches("tealdesk-backend-[^-]+(-snapshot)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new ReleaseUnavailable("The backend's build left no jar in " + target));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void link(Path link, Path target) {
        try {
            Files.createDirectories(target);
            Files.createSymbolicLink(link, target);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void clear(Path folder) {
        if (Files.exists(folder)) {
            new Command(Path.of("/")).read("rm", "-rf", folder.toString());
        }
    }
}
