package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.bench.Upgrade;
import io.tealdesk.rehearsal.bench.UpgradeSettings;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.releases.ReleaseUnavailable;
import io.tealdesk.rehearsal.releases.Releases;
import io.tealdesk.rehearsal.world.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings a full desk to its next release. */
@Command(
        name = "bench-upgrade",
        description =
                "Migrates a desk with very many tickets while agents work with the release before, and writes down"
                        + " what they noticed.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  no request failed, nothing was lost, no lock shut anybody out for longer than a second",
            "  1  the release before did not survive it: the report says why",
            "  2  it could not be played, or was called wrongly",
            "  3  there is no JDK 25"
        })
final class BenchUpgradeCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            paramLabel = "RELEASE",
            description =
                    "What runs: a Git reference, working-tree or files:JAR. Default: the last commit that passed on"
                            + " main.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "RELEASE",
            description = "What the desk is brought to, likewise. Default: the working tree.")
    private @Nullable String to;

    @Option(
            names = "--tickets",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            converter = PositiveNumber.Whole.class,
            description = "How many tickets the desk has. Default: ${DEFAULT-VALUE}.")
    private int tickets;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "The same gives the same desk. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            defaultValue = "20",
            converter = PositiveNumber.class,
            description = "Requests a second that agents make. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--seconds",
            paramLabel = "NUMBER",
            defaultValue = "60",
            converter = PositiveNumber.class,
            description = "How long they are measured before the migration, and after it. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where benchmarks-upgrade.md is written. Default: docs.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Path root = ReleaseOptions.root();
        Path folder = root.resolve(".tealdesk/rehearsal");
        try {
            Releases.Pair releases = new Releases(root, folder.resolve("releases"), this::say).asBackends(from, to);
            SourceTree source = SourceTree.at(root);
            Training training =
                    new Training(source, DeploymentFiles.read(source).backend(), this::say);
            training.train(releases.from());
            training.train(releases.to());
            UpgradeSettings settings = new UpgradeSettings(
                    root, folder.resolve("bench-upgrade"), releases, tickets, seed, rate, Duration.ofMillis((long)
                            (1_000 * seconds)));
            Path written = report == null ? root.resolve("docs") : report;
            List<String> problems = new Upgrade(settings, this::say).run(written, command());
            problems.forEach(this::say);
            say("See " + written.resolve("benchmarks-upgrade.md"));
            return problems.isEmpty() ? 0 : 1;
        } catch (ReleaseUnavailable | UnreadableFile wrong) {
            spec.commandLine().getErr().println(wrong.getMessage());
            return 2;
        }
    }

    /** For whoever wants to do it again. */
    private String command() {
        return "infra/rehearse.sh "
                + String.join(" ", spec.commandLine().getParseResult().originalArgs());
    }

    private void say(String what) {
        spec.commandLine().getOut().println(what);
        spec.commandLine().getOut().flush();
    }
}
