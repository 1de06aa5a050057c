package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import io.tealdesk.rehearsal.world.Login;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads a desk, measures it, and says what it found. */
public final class Bench {

    /** The promises are for this many. */
    static final int PROMISED_CLIENTS = 16;

    private static final int GROWTH = 10;
    /**
     * Each is a script of its own to pgbench, whose statements every client prepares for itself: with many, hardly one
     * would be run often enough to be planned once for all, as the desk's are, and pgbench would be slower than the desk.
     */
    private static final int CAPTURES = 4;

    private static final int TURNS = 3;
    private static final int CHANGES = 40;
    private static final double WARM_UP = 0.25;
    private static final Duration WARM_UP_OF_EACH = Duration.ofSeconds(2);
    private static final String BROWSER = "browser";

    private final BenchSettings settings;
    private final Consumer<String> progress;

    public Bench(BenchSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Writes benchmarks.md and benchmarks.json into the folder. */
    public void run(Path report, String command) throws IOException, SQLException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Findings small = settings.growth() ? measured(settings.tickets() / GROWTH, now, false) : null;
        Findings large = measured(settings.tickets(), now, true);
        BenchReport.write(report, settings, command, now, large, small);
    }

    /** Keeps a desk up until this program ends. */
    public void serve() throws IOException, SQLException, InterruptedException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        progress.accept("A desk with %,d tickets …".formatted(settings.tickets()));
        try (BenchWorld world = new BenchWorld(settings, settings.tickets(), now, progress)) {
            URI desk = world.open();
            for (Login login : List.of(world.agent(), world.administrator())) {
                progress.accept("%s/sign-in as %s, password %s".formatted(desk, login.name(), login.password()));
            }
            progress.accept("Ctrl-C ends it, and nothing of it stays.");
            new CountDownLatch(1).await();
        }
    }

    private Findings measured(int tickets, Instant now, boolean isWhole)
            throws IOException, SQLException, InterruptedException {
        progress.accept("A desk with %,d tickets …".formatted(tickets));
        try (BenchWorld world = new BenchWorld(settings, tickets, now, progress)) {
            List<Caller> agents = world.agents().callers();
            Stock stock;
            try (Connection database = world.database().connect()) {
                stock = new Stock(database, agents, settings.seed());
            }
            long memoryAtRest = world.memory();
            List<Operation> operations = Catalogue.of(stock, now).stream()
                    .filter(operation -> settings.isWanted(operation.name()))
                    .toList();
            ClosedLoop loop = new ClosedLoop(agents, settings.seed());
            double speedBefore = MachineSpeed.measured();
            warmUp(operations, loop);
            List<Figures> figures = new ArrayList<>();
            for (int clients : isWhole ? settings.clients() : List.of(PROMISED_CLIENTS)) {
                for (Operation operation : operations) {
                    figures.add(told(loop.run(operation, clients, warmUp(), settings.length())));
                }
            }
            List<Findings.Limit> limits = new ArrayList<>();
            Map<String, Map<String, Double>> profiles = new LinkedHashMap<>();
            if (isWhole && settings.limit()) {
                for (Operation operation :
                        operations.stream().filter(Operation::hasLimit).toList()) {
                    limits.addAll(limits(world, operation, agents, loop));
                    profiles.put(operation.name(), profile(world, operation, loop));
                }
            }
            BrowserPaint.@Nullable Told browser = isWhole ? browser(world) : null;
            LiveFanOut.@Nullable Told live =
                    isWhole && settings.live() > 0 ? new LiveFanOut(agents, stock).run(settings.live(), CHANGES) : null;
            return new Findings(
                    tickets,
                    world.loaded().messages(),
                    world.loaded().customers(),
                    world.loaded().took().toMillis() / 1e3,
                    world.serverVersion(),
                    world.sizes(),
                    figures,
                    limits,
                    profiles,
                    live,
                    browser,
                    memoryAtRest,
                    world.peakMemory(),
                    speedBefore,
                    MachineSpeed.measured());
        }
    }

    /** Each code path compiled and each statement planned: a task meets that once, and the figures are of the rest. */
    private void warmUp(List<Operation> operations, ClosedLoop loop) throws InterruptedException {
        progress.accept("Warming up …");
        for (Operation operation : operations) {
            loop.run(operation, PROMISED_CLIENTS, Duration.ZERO, WARM_UP_OF_EACH);
        }
    }

    /** In turns, so that whatever else this machine does meets both. */
    private List<Findings.Limit> limits(BenchWorld world, Operation operation, List<Caller> agents, ClosedLoop loop)
            throws SQLException, IOException, InterruptedException {
        if (!PgBench.isThere()) {
            progress.accept("There is no pgbench (apt-get install postgresql-contrib): the limit is not measured");
            return List.of();
        }
        List<List<SqlStatement>> runs =
                new StatementCapture(world.database()).capture(operation, agents, CAPTURES, settings.seed());
        PgBench pgbench = new PgBench(world.database(), settings.directory().resolve("pgbench"));
        List<Findings.Limit> limits = new ArrayList<>();
        for (int clients : settings.clients()) {
            List<Figures> desk = new ArrayList<>();
            List<Figures> alone = new ArrayList<>();
            for (int turn = 0; turn < TURNS; turn++) {
                desk.add(loop.run(operation, clients, warmUp(), settings.length()));
                alone.add(pgbench.run(operation.name(), runs, clients, settings.length()));
            }
            var limit = new Findings.Limit(operation.name(), clients, middle(desk), middle(alone));
            limits.add(limit);
            progress.accept("%s at %d clients: %.0f of %.0f a second, %.2f"
                    .formatted(
                            operation.name(),
                            clients,
                            limit.desk().perSecond(),
                            limit.alone().perSecond(),
                            limit.share()));
        }
        return limits;
    }

    private Map<String, Double> profile(BenchWorld world, Operation operation, ClosedLoop loop)
            throws IOException, InterruptedException {
        Profile profile = new Profile(
                world.process(), settings.directory().resolve(operation.name().replaceAll("[^a-z]+", "-") + ".jfr"));
        profile.start();
        loop.run(operation, PROMISED_CLIENTS, Duration.ZERO, settings.length());
        return profile.stop();
    }

    /** A browser that breaks down must not take the hours before with it. */
    private BrowserPaint.@Nullable Told browser(BenchWorld world) throws SQLException, InterruptedException {
        if (!settings.browser() || !settings.isWanted(BROWSER)) {
            return null;
        }
        try {
            return new BrowserPaint(settings.root(), settings.directory(), progress).run(world.open(), world.agent());
        } catch (IOException failure) {
            progress.accept("The browser is not measured: " + failure.getMessage());
            return null;
        }
    }

    private static Figures middle(List<Figures> turns) {
        return turns.stream()
                .sorted(java.util.Comparator.comparingDouble(Figures::perSecond))
                .toList()
                .get(turns.size() / 2);
    }

    private Duration warmUp() {
        return Duration.ofNanos((long) (WARM_UP * settings.length().toNanos()));
    }

    private Figures told(Figures figures) {
        progress.accept("%-36s %2d clients: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, %.0f a second%s"
                .formatted(
                        figures.operation(),
                        figures.clients(),
                        figures.p50(),
                        figures.p95(),
                        figures.p99(),
                        figures.perSecond(),
                        figures.failures() == 0 ? "" : ", " + figures.failures() + " failed: " + figures.failure()));
        return figures;
    }
}
