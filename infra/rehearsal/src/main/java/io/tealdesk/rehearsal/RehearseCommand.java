package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.releases.ReleaseUnavailable;
import io.tealdesk.rehearsal.report.ExpectedLengths;
import io.tealdesk.rehearsal.report.HtmlReport;
import io.tealdesk.rehearsal.report.JsonReport;
import io.tealdesk.rehearsal.report.SeriesReport;
import io.tealdesk.rehearsal.report.Terminal;
import io.tealdesk.rehearsal.report.TerminalProgress;
import io.tealdesk.rehearsal.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Rehearses one release. */
@Command(
        name = "rehearse",
        description = "Deploys a release over another under load; ends with 0 only if nothing was lost.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  nothing was lost, and all that was asked for is met",
            "  1  something was lost or is not met: the report says what",
            "  2  it could not be played, or was called wrongly",
            "  3  there is no JDK 25"
        })
final class RehearseCommand implements Callable<Integer> {

    private static final String JSON = "rehearsal.json";

    @Mixin
    private final ReleaseOptions releases = new ReleaseOptions();

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
            defaultValue = "130",
            description = "Requests a second, kept up whatever the desk does. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--factor",
            paramLabel = "NUMBER",
            converter = PositiveNumber.class,
            defaultValue = "20",
            description = "By how much waits are shortened, and only waits. Default: ${DEFAULT-VALUE}.")
    private double factor;

    @Option(names = "--report", paramLabel = "FOLDER", description = "Where the report and the logs go.")
    private @Nullable Path report;

    @Option(
            names = "--times",
            converter = PositiveNumber.Whole.class,
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times in a row; more than one get a table of all. Default: ${DEFAULT-VALUE}.")
    private int times;

    @Option(
            names = "--loss-only",
            description =
                    "Shows the p99 but does not judge it, nor lets alarms on latency roll back: for a machine that"
                            + " does other things meanwhile.")
    private boolean lossOnly;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        try {
            DeploymentPlan plan = DeploymentFiles.checked(SourceTree.at(ReleaseOptions.root()), environment);
            refuseWithoutNginx();
            Path directory = report == null ? ReleaseOptions.root().resolve(".tealdesk/rehearsal/last") : report;
            RunSettings settings = settings(plan, directory.resolve("work"));
            if (times == 1) {
                return play(settings, directory).passed() ? 0 : 1;
            }
            return series(settings, directory).passed() ? 0 : 1;
        } catch (ReleaseUnavailable | UnreadableFile | RehearsalFailed wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
    }

    /** Said before anything is built, which takes minutes. */
    static void refuseWithoutNginx() {
        NginxLoadBalancer.missing().ifPresent(missing -> {
            throw new RehearsalFailed(missing);
        });
    }

    private RunSettings settings(DeploymentPlan plan, Path work)
            throws ReleaseUnavailable, IOException, InterruptedException {
        return new RunSettings(
                "rehearsal",
                "infra/rehearse.sh "
                        + String.join(
                                " ", spec.root().commandLine().getParseResult().originalArgs()),
                ReleaseOptions.root(),
                plan,
                releases.build(System.err::println),
                releases.mode() == ReleaseOptions.Mode.containers,
                List.of(ServiceName.BACKEND, ServiceName.FRONTEND),
                rate,
                new Compression(factor),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofSeconds(15),
                work,
                lossOnly);
    }

    /** The table is there after each, so that one who stops early has something. */
    private SeriesReport series(RunSettings settings, Path directory)
            throws IOException, SQLException, InterruptedException {
        List<Path> reports = new ArrayList<>();
        SeriesReport series = SeriesReport.of(reports);
        for (int number = 1; number <= times; number++) {
            Path folder = Files.createDirectories(directory.resolve("%02d".formatted(number)));
            play(settings, folder);
            reports.add(folder.resolve(JSON));
            series = SeriesReport.of(reports);
            series.write(directory.resolve("series.html"), directory.resolve("series.md"));
        }
        System.out.println(series.markdown());
        return series;
    }

    private static Verdict play(RunSettings settings, Path directory)
            throws IOException, SQLException, InterruptedException {
        Recording recording = new Recording(Clock.systemUTC());
        try (TerminalProgress progress = progress(recording, settings)) {
            Verdict verdict = new Play(settings, Script.USUAL, recording).perform();
            Path page = directory.resolve("rehearsal.html");
            JsonReport.write(verdict, directory.resolve(JSON));
            HtmlReport.write(verdict, recording, page);
            progress.finish(verdict, page);
            return verdict;
        }
    }

    static TerminalProgress progress(Recording recording, RunSettings settings) {
        Map<String, Duration> expected = new HashMap<>(ExpectedLengths.of(settings.plan(), settings.compression()));
        expected.put("Warm-up", settings.warmUp());
        expected.put("Before", settings.before());
        expected.put("After", settings.after());
        Release from = settings.releases().from();
        Release to = settings.releases().to();
        return TerminalProgress.start(recording, Terminal.detected(), from.id(), to.id(), settings.rate(), expected);
    }
}
