package io.tealdesk.rehearsal.bench;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.bench.UpgradeFindings.Applied;
import io.tealdesk.rehearsal.bench.desk.DeskLoader;
import io.tealdesk.rehearsal.load.SignedIn;
import io.tealdesk.rehearsal.load.SteadyClock;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.report.LogErrors;
import io.tealdesk.rehearsal.schema.TableWatch;
import io.tealdesk.rehearsal.world.Database;
import io.tealdesk.rehearsal.world.Ports;
import io.tealdesk.rehearsal.world.ProcessTasks;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import io.tealdesk.rehearsal.world.WorldSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings a full desk to its next release while agents work with the one before: its migrations first, then one of its
 * tasks beside the old one, until that has filled all that is new.
 */
public final class Upgrade {

    private static final String APPLICATION = "tealdesk_app";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SIZE = "select pg_database_size(current_database())";
    private static final int AGENTS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Map<String, String> CHANGES = Map.of("TEALDESK_SHUTDOWN_DELAY", "0s");
    private static final Pattern FAILED = Pattern.compile("Failed to execute script (\\w+\\.sql)");
    private static final Pattern MESSAGE = Pattern.compile("Message +: (.*?)(?:\\\\n|\\R|$)");
    private static final Pattern RETRY = Pattern.compile("in use for longer than the migration may wait");

    private final UpgradeSettings settings;
    private final Consumer<String> progress;
    private final SteadyClock clock = new SteadyClock();
    private final List<UpgradeStage> stages = new ArrayList<>();

    public Upgrade(UpgradeSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Writes benchmarks-upgrade.md into the folder.
     *
     * @return why the old release did not survive it, a sentence each; none when it did
     */
    public List<String> run(Path report, String command) throws IOException, SQLException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        UpgradeFindings findings = played(now);
        UpgradeReport.write(report, settings, command, now, findings);
        return findings.problems();
    }

    private UpgradeFindings played(Instant now) throws IOException, SQLException, InterruptedException {
        SourceTree source = SourceTree.at(settings.root());
        InetAddress loopback = InetAddress.ofLiteral(LOOPBACK);
        Ports ports = new Ports(loopback);
        URI desk = desk(ports.next());
        try (World world =
                World.start(new WorldSettings(source, settings.directory().resolve("world"), loopback, desk))) {
            Crew crew = new Crew(
                    new ProcessTasks(world, new Recording(Clock.systemUTC())),
                    DeploymentFiles.read(source).backend());
            Brought first = crew.bring(settings.releases().from());
            if (first.failure() != null) {
                throw new IOException(first.failure());
            }
            DeskLoader.Loaded loaded = new DeskLoader(world.database().superuserUrl(), progress)
                    .load(settings.tickets(), settings.seed(), now);
            Task old = crew.start(settings.releases().from(), Color.BLUE, desk);
            Collection<RequestRecord> requests = new ConcurrentLinkedQueue<>();
            try (SignedIn agents = new SignedIn(desk, world.database().superuserUrl(), AGENTS, requests::add, clock);
                    Connection database = world.database().connect()) {
                EverydayWork work =
                        new EverydayWork(agents.callers(), new Stock(database, agents.callers(), settings.seed()));
                long bytesBefore = number(database, SIZE);
                long rank = number(database, "select max(installed_rank) from flyway_schema_history");
                try (SteadyWork steady =
                        SteadyWork.begin(work::next, settings.rate() / EverydayWork.REQUESTS, settings.seed(), clock)) {
                    Autovacuum.begin(database);
                    Thread.sleep(WARM_UP);
                    calm("before");
                    List<String> vacuumed = Autovacuum.tables(database);
                    Seen<Brought> migrating = watched(
                            world,
                            "during the migration",
                            () -> crew.bring(settings.releases().to()));
                    Seen<Map<String, Duration>> filling = Seen.nothing(Map.of());
                    if (migrating.result().failure() == null) {
                        calm("on the new schema");
                        filling = watched(world, "beside the new release", () -> {
                            Task next = crew.start(settings.releases().to(), Color.GREEN, desk(ports.next()));
                            return Filling.await(next, database, progress);
                        });
                    }
                    List<SteadyWork.Done> done = steady.end();
                    if (!old.isRunning()) {
                        throw new IOException("the old release has ended, see " + old.log());
                    }
                    return new UpgradeFindings(
                            text(database, "show server_version"),
                            loaded.tickets(),
                            loaded.messages(),
                            loaded.took(),
                            bytesBefore,
                            number(database, SIZE),
                            List.copyOf(stages),
                            vacuumed,
                            migrating.result().failure(),
                            migrating.result().retries(),
                            applied(database, rank),
                            migrating.tables(),
                            filling.tables(),
                            filling.result(),
                            done,
                            List.copyOf(requests),
                            lost(database, work.replies()),
                            LogErrors.in(old.log()));
                }
            }
        }
    }

    /** Of all that a command said when it failed, which migration it was and what PostgreSQL said; else the last line. */
    static String reason(String log) {
        Matcher script = FAILED.matcher(log);
        Matcher message = MESSAGE.matcher(log);
        if (script.find() && message.find()) {
            return script.group(1) + ": " + message.group(1);
        }
        return log.lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, last) -> last)
                .orElse("it says nothing");
    }

    /** Something that was done, and what it did to the tables. */
    private record Seen<T>(T result, TableWatch.Seen tables) {

        static <T> Seen<T> nothing(T result) {
            return new Seen<>(result, new TableWatch.Seen(List.of(), Map.of()));
        }
    }

    private interface Part<T> {
        T play() throws IOException, SQLException, InterruptedException;
    }

    private <T> Seen<T> watched(World world, String stage, Part<T> part)
            throws IOException, SQLException, InterruptedException {
        Instant from = clock.instant();
        try (TableWatch watch =
                TableWatch.begin(world.database().superuserUrl(), Database.NAME, roles(world), APPLICATION)) {
            T result = part.play();
            Seen<T> seen = new Seen<>(result, watch.end());
            entered(stage, from);
            return seen;
        }
    }

    /** All of the desk's users: who prepares, who migrates, and whom both releases sign in as. */
    private static Set<String> roles(World world) throws SQLException {
        Set<String> roles = new HashSet<>();
        try (Connection database = world.database().connect();
                PreparedStatement statement = database.prepareStatement(
                        "select rolname from pg_roles where rolcanlogin and rolname like 'tealdesk\\_%'");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                roles.add(rows.getString(1));
            }
        }
        return roles;
    }

    /**
     * @param failure null when all was applied
     * @param retries how often it came again
     */
    private record Brought(@Nullable String failure, int retries) {}

    /** Who runs the backend, in all of its modes. */
    private final class Crew {

        private final Tasks tasks;
        private final ServicePlan backend;

        Crew(Tasks tasks, ServicePlan backend) {
            this.tasks = tasks;
            this.backend = backend;
        }

        /** Brings the database to a release's schema, as the pipeline does before it deploys. */
        Brought bring(Release release) throws IOException, InterruptedException {
            int retries = 0;
            for (String mode : List.of("prepare-database", "migrate")) {
                long begin = System.nanoTime();
                Tasks.CommandResult result = tasks.command(backend, release, mode, Map.of());
                retries += (int) RETRY.matcher(result.log()).results().count();
                if (result.exitCode() != 0) {
                    return new Brought(mode + " of " + release.label() + ": " + reason(result.log()), retries);
                }
                progress.accept("%.0f s: %s of %s".formatted((System.nanoTime() - begin) / 1e9, mode, release.label()));
            }
            return new Brought(null, retries);
        }

        Task start(Release release, Color color, URI at) throws IOException, InterruptedException {
            Task task = tasks.start(backend, release, color, at.getPort(), CHANGES);
            Readiness.await(task, at);
            task.priority(Task.CpuPriority.NORMAL);
            return task;
        }
    }

    private static URI desk(int port) {
        return URI.create("http://" + LOOPBACK + ":" + port);
    }

    private void calm(String stage) throws InterruptedException {
        Instant from = clock.instant();
        Thread.sleep(settings.calm());
        entered(stage, from);
    }

    private void entered(String stage, Instant from) {
        UpgradeStage entered = new UpgradeStage(stage, from, clock.instant());
        stages.add(entered);
        progress.accept("%.0f s: %s".formatted(entered.length().toMillis() / 1e3, stage));
    }

    private static List<Applied> applied(Connection database, long after) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement("""
                select script, execution_time from flyway_schema_history
                where installed_rank > ? order by installed_rank""")) {
            statement.setLong(1, after);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    applied.add(new Applied(rows.getString(1), Duration.ofMillis(rows.getLong(2))));
                }
            }
        }
        return applied;
    }

    private static int lost(Connection database, List<Long> replies) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("select count(*) from message where id = any(?)")) {
            statement.setArray(1, database.createArrayOf("bigint", replies.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return replies.size() - row.getInt(1);
            }
        }
    }

    private static long number(Connection database, String sql) throws SQLException {
        return Long.parseLong(text(database, sql));
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }
}
