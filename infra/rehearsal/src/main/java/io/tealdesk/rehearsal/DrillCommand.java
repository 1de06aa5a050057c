package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.drills.AlteredRelease;
import io.tealdesk.rehearsal.drills.Drill;
import io.tealdesk.rehearsal.drills.Drills;
import io.tealdesk.rehearsal.drills.Safeguard;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.ReleaseUnavailable;
import io.tealdesk.rehearsal.releases.Releases;
import io.tealdesk.rehearsal.report.HtmlReport;
import io.tealdesk.rehearsal.report.JsonReport;
import io.tealdesk.rehearsal.report.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Plays deployments in which something goes wrong. */
@Command(
        name = "drill",
        description = "Lets things go wrong in a deployment; ends with 0 only if each ends as described.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  each drill ended as described",
            "  1  one did not: its report says how",
            "  2  one could not be played, or was called wrongly",
            "  3  there is no JDK 25"
        })
final class DrillCommand implements Callable<Integer> {

    /** Which of a drill's two runs. */
    enum Safeguards {
        /** The drill ends as the product promises. */
        on,
        /** The loss is seen. */
        off,
        both
    }

    @Parameters(paramLabel = "DRILL", description = "Which ones; all by default. See --list.")
    private List<String> names = new ArrayList<>();

    @Mixin
    private final ReleaseOptions releases = new ReleaseOptions();

    @Option(
            names = "--safeguards",
            paramLabel = "WHICH",
            defaultValue = "on",
            description = "Whether what catches the fault is there: ${COMPLETION-CANDIDATES}. Default: on.")
    private Safeguards safeguards = Safeguards.on;

    @Option(names = "--list", description = "Says which there are, and plays none.")
    private boolean onlyList;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = DeploymentFiles.DEFAULT_ENVIRONMENT,
            description = "One of infra/cloudformation/environments. Default: ${DEFAULT-VALUE}.")
    private String environment = DeploymentFiles.DEFAULT_ENVIRONMENT;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            converter = PositiveNumber.class,
            defaultValue = "100",
            description = "Requests a second. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(names = "--report", paramLabel = "FOLDER", description = "Where the reports and the logs go.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (onlyList) {
            Drills.ALL.forEach(drill -> out().println(described(drill)));
            return 0;
        }
        try {
            List<Drill> chosen = chosen();
            DeploymentPlan plan = DeploymentFiles.checked(SourceTree.at(ReleaseOptions.root()), environment);
            RehearseCommand.refuseWithoutNginx();
            Releases.Pair pair = releases.build(line -> out().println(line));
            List<DrillResult> results = new ArrayList<>();
            DrillTable table = new DrillTable(folder());
            for (Drill drill : chosen) {
                for (boolean guarded : runs()) {
                    DrillResult result = play(drill, guarded, plan, pair, table);
                    out().println(result);
                    out().flush();
                    results.add(result);
                }
            }
            out().println("Reports: " + folder().resolve(DrillTable.PAGE));
            return results.stream().allMatch(DrillResult::asDescribed) ? 0 : 1;
        } catch (ReleaseUnavailable | UnreadableFile | RehearsalFailed wrong) {
            spec.commandLine().getErr().println(wrong.getMessage());
            return 2;
        }
    }

    private List<Drill> chosen() {
        if (names.isEmpty()) {
            return Drills.ALL;
        }
        return names.stream()
                .map(name -> Drills.named(name)
                        .orElseThrow(() -> new RehearsalFailed(
                                "There is no drill " + name + ". infra/rehearse.sh drill --list names them.")))
                .toList();
    }

    private List<Boolean> runs() {
        return switch (safeguards) {
            case on -> List.of(true);
            case off -> List.of(false);
            case both -> List.of(true, false);
        };
    }

    private DrillResult play(Drill drill, boolean guarded, DeploymentPlan plan, Releases.Pair pair, DrillTable table)
            throws IOException, SQLException, InterruptedException {
        String name = drill.name() + (guarded ? "" : "-unguarded");
        Path directory = folder().resolve(name);
        Recording recording = new Recording(Clock.systemUTC());
        out().println("--- " + name + ": " + drill.story());
        out().flush();
        try (AlteredRelease to = drill.to(pair.to(), directory.resolve("release"))) {
            RunSettings settings = new RunSettings(
                    name,
                    "infra/rehearse.sh drill " + drill.name() + (guarded ? "" : " --safeguards off"),
                    ReleaseOptions.root(),
                    plan,
                    new Releases.Pair(pair.from(), to.release()),
                    releases.mode() == ReleaseOptions.Mode.containers,
                    // Each fault is one of the backend's; people go on using the frontend that is there.
                    List.of(ServiceName.BACKEND),
                    rate,
                    new Compression(drill.factor()),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    directory.resolve("work"),
                    false);
            Play performance =
                    new Play(settings, new Script(drill, guarded ? Set.of() : drill.safeguards()), recording);
            Verdict verdict;
            try (var _ = RehearseCommand.progress(recording, settings)) {
                verdict = performance.perform();
            }
            JsonReport.write(verdict, directory.resolve("rehearsal.json"));
            HtmlReport.write(verdict, recording, directory.resolve("rehearsal.html"));
            DrillResult result = DrillResult.of(drill, guarded, verdict, performance.outcomes());
            table.add(result, verdict, name + "/rehearsal.html");
            return result;
        }
    }

    private static String described(Drill drill) {
        return "%-32s %s%n%-32s safeguard: %s"
                .formatted(
                        drill.name(),
                        drill.story(),
                        "",
                        drill.safeguards().stream()
                                .sorted()
                                .map(Safeguard::sentence)
                                .collect(Collectors.joining("; ")));
    }

    private Path folder() {
        return report == null ? ReleaseOptions.root().resolve(".tealdesk/rehearsal/drills") : report;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
