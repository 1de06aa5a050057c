package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.releases.Releases;
import io.tealdesk.rehearsal.world.Training;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which two releases, and how their tasks run. */
final class ReleaseOptions {

    /** How tasks run. */
    enum Mode {
        /** As processes; needs Nginx and nothing else beyond the build's own needs. */
        process,
        /** As containers with the task definition's limits; needs Docker. */
        containers
    }

    @Option(
            names = "--from",
            paramLabel = "RELEASE",
            description =
                    "What runs: a Git reference, working-tree, files:JAR,SITE or images:BACKEND,FRONTEND (with --mode"
                            + " containers). Default: the last commit that passed on main.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "What replaces it, likewise. Default: the working tree.")
    private @Nullable String to;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "process",
            description = "How tasks run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Mode mode = Mode.process;

    Mode mode() {
        return mode;
    }

    Releases.Pair build(Consumer<String> progress) throws InterruptedException {
        Releases releases = new Releases(root(), root().resolve(".tealdesk/rehearsal/releases"), progress);
        if (mode == Mode.containers) {
            return releases.asImages(from, to);
        }
        Releases.Pair pair = releases.asFiles(from, to);
        SourceTree source = SourceTree.at(root());
        Training training = new Training(source, DeploymentFiles.read(source).backend(), progress);
        training.train(pair.from());
        training.train(pair.to());
        return pair;
    }

    /** The repository that is rehearsed. */
    static Path root() {
        return Path.of(System.getProperty("tealdesk.root", "."))
                .toAbsolutePath()
                .normalize();
    }
}
