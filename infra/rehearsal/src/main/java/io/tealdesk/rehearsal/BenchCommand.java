package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.bench.Bench;
import io.tealdesk.rehearsal.bench.BenchSettings;
import io.tealdesk.rehearsal.bench.BrowserPaint;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.releases.ReleaseUnavailable;
import io.tealdesk.rehearsal.releases.Releases;
import io.tealdesk.rehearsal.world.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a full desk. */
@Command(
        name = "bench",
        description = "Loads a desk with very many tickets, measures what agents do there, and writes it down.")
final class BenchCommand implements Callable<Integer> {

    @Option(
            names = "--release",
            paramLabel = "RELEASE",
            description = "What is measured: a Git reference, working-tree or files:JAR. Default: the working tree.")
    private @Nullable String wanted;

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
            names = "--only",
            paramLabel = "OPERATION",
            split = ",",
            description = "Only operations whose names begin like this: list, search, open ticket, …")
    private List<String> only = List.of();

    @Option(
            names = "--clients",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "1,16,64",
            converter = PositiveNumber.Whole.class,
            description = "How many do the same at a time. Default: ${DEFAULT-VALUE}.")
    private List<Integer> clients = List.of();

    @Option(
            names = "--seconds",
            paramLabel = "NUMBER",
            defaultValue = "10",
            converter = PositiveNumber.class,
            description = "How long each is measured. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--growth",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether a desk of a tenth is measured first. Default: ${DEFAULT-VALUE}.")
    private boolean growth;

    @Option(
            names = "--limit",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether pgbench says what PostgreSQL alone does of it. Default: ${DEFAULT-VALUE}.")
    private boolean limit;

    @Option(
            names = "--live",
            paramLabel = "NUMBER",
            defaultValue = "500",
            description = "Live connections, 0 for none. Default: ${DEFAULT-VALUE}.")
    private int live;

    @Option(
            names = "--browser",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Whether Chromium works at the desk as well, where it and Node are there. Default: ${DEFAULT-VALUE}.")
    private boolean browser;

    @Option(
            names = "--keep",
            description = "Keeps the loaded desk, 16 GiB for a million tickets, and begins with it the next time.")
    private boolean keep;

    @Option(names = "--serve", description = "Measures nothing: keeps the loaded desk up to look at, until Ctrl-C.")
    private boolean serve;

    @Option(
            names = "--training",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether the backend has an AOT cache, as in its image. Default: ${DEFAULT-VALUE}.")
    private boolean training;

    @Option(
            names = "--report",
            paramLabel = "FOLDER",
            description = "Where benchmarks.md and benchmarks.json are written. Default: docs.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Path root = ReleaseOptions.root();
        Path folder = root.resolve(".tealdesk/rehearsal");
        try {
            Release release = release(root, folder);
            if (training) {
                SourceTree source = SourceTree.at(root);
                new Training(source, DeploymentFiles.read(source).backend(), this::say).train(release);
            }
            BenchSettings settings = new BenchSettings(
                    root,
                    folder.resolve("bench"),
                    release,
                    tickets,
                    seed,
                    only,
                    clients,
                    Duration.ofMillis((long) (1_000 * seconds)),
                    growth,
                    limit,
                    live,
                    keep,
                    comesABrowser(root, release));
            if (serve) {
                new Bench(settings, this::say).serve();
                return 0;
            }
            Path written = report == null ? root.resolve("docs") : report;
            new Bench(settings, this::say).run(written, command());
            say("See " + written.resolve("benchmarks.md"));
            return 0;
        } catch (ReleaseUnavailable | UnreadableFile wrong) {
            spec.commandLine().getErr().println(wrong.getMessage());
            return 2;
        }
    }

    private Release release(Path root, Path folder) {
        Releases releases = new Releases(root, folder.resolve("releases"), this::say);
        return browser || serve ? releases.whole(wanted) : releases.backend(wanted);
    }

    private boolean comesABrowser(Path root, Release release) {
        if (serve) {
            BrowserPaint.missingToServe(release).ifPresent(missing -> {
                throw new ReleaseUnavailable(missing + ".");
            });
            return true;
        }
        Optional<String> missing = browser ? BrowserPaint.missing(root, release) : Optional.empty();
        missing.ifPresent(what -> say(what + ": the browser is not measured"));
        return browser && missing.isEmpty();
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
