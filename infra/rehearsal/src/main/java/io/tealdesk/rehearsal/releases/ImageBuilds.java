package io.tealdesk.rehearsal.releases;

import io.tealdesk.rehearsal.releases.Release.Images;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a source's images with its own Dockerfiles, as the pipeline does. */
final class ImageBuilds {

    private static final String REPOSITORY = "tealdesk-rehearsal-";

    private final Path kept;

    ImageBuilds(Path kept) {
        this.kept = kept;
    }

    /**
     * @param previousFrontend whose assets are carried over; null for the first release
     */
    Images build(Source source, @Nullable String previousFrontend) {
        Path folder = kept.resolve("images-" + source.id());
        Path work = folder.resolve("source");
        if (!Files.exists(work)) {
            source.export(List.of("."), work, folder.resolve("export.log"));
        }
        String backend = REPOSITORY + "backend:" + source.id();
        String frontend = REPOSITORY + "frontend:" + source.id();
        docker(work, folder.resolve("backend.log"), "Dockerfile.backend", backend, source, List.of());
        docker(
                work,
                folder.resolve("frontend.log"),
                "Dockerfile.frontend",
                frontend,
                source,
                previousFrontend == null ? List.of() : List.of("--build-arg", "PREVIOUS_IMAGE=" + previousFrontend));
        new Command(kept).read("rm", "-rf", work.toString());
        return new Images(backend, frontend);
    }

    private static void docker(
            Path work, Path log, String dockerfile, String tag, Source source, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of("docker", "build", "-f", dockerfile, "-t", tag, "--build-arg", "RELEASE=" + source.id()));
        command.addAll(arguments);
        command.add(".");
        new Command(work, Map.of("DOCKER_BUILDKIT", "1")).run(log, command);
    }
}
