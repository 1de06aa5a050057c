package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Customers and agents who use a desk, until they are told to stop, and remember what it told them. */
public final class People implements AutoCloseable {

    private final Settings settings;
    private final Recording recording;
    private final Wire wire;
    private final Cast cast;
    private final Verification verification;
    private final LoadGenerator generator;
    private final LiveConnections live;
    /** What is asked for before and after the run is no part of it. */
    private volatile boolean isCounting;

    private final LongAdder requests = new LongAdder();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();

    private People(Settings settings, Scene scene, Recording recording) throws SQLException {
        this.settings = settings;
        this.recording = recording;
        var random = new SplittableRandom(settings.seed());
        // Also the sequence of markers: two runs on one database must not share one.
        var markers = new Markers(new SplittableRandom(System.nanoTime()));
        var clock = new SteadyClock();
        wire = new Wire(scene.desk(), settings.patience(), this::note, clock);
        try (Connection database = DriverManager.getConnection(scene.databaseUrl())) {
            var loaded = new CastLoader(database).load(settings, markers.run(), scene.email());
            Map<Activity, Double> mix = new EnumMap<>(settings.mix());
            boolean asksForSite = mix.getOrDefault(Activity.NEW_TAB, 0.0) + mix.getOrDefault(Activity.OLD_TAB, 0.0) > 0;
            String visitor = Cast.address(0);
            Site site = asksForSite ? Site.firstLoaded(wire, visitor) : Site.none();
            Duration patience = settings.repeats() ? settings.patience() : Duration.ZERO;
            cast = new Cast(loaded, site, wire, markers, scene.password(), patience);
            int requestsOfNewTab = asksForSite ? Site.requestsOfNewTab(wire, visitor) : 1;
            generator = new LoadGenerator(
                    settings.arrivals(), Performance.mix(mix, cast, requestsOfNewTab), random.nextLong(), clock);
        }
        live = new LiveConnections(wire, cast.agents(), news -> recording.event(Event.Kind.LOAD, null, news));
        verification = new Verification(cast, live, scene, markers);
    }

    /** Writes them into the desk's database and lets them open the desk in their browsers; they do nothing yet. */
    public static People invited(Settings settings, Scene scene, Recording recording)
            throws SQLException, InterruptedException {
        var people = new People(settings, scene, recording);
        people.cast.openBrowsers();
        return people;
    }

    public void start() {
        isCounting = true;
        live.start();
        generator.start();
        recording.event(
                Event.Kind.LOAD,
                null,
                "%d agents and %d customers send %.0f requests a second"
                        .formatted(
                                settings.agents(),
                                settings.customers(),
                                settings.arrivals().ratePerSecond()));
    }

    /** Nothing new begins; what is under way is waited for as long as people have patience. */
    public void stop() throws InterruptedException {
        // First, while there are still writes to tell of: what happens after it, nobody has to be told.
        live.stop();
        generator.stop(settings.patience().plus(Duration.ofSeconds(5)));
        isCounting = false;
    }

    /**
     * Looks for everything that they wrote, whether all are still signed in, and whether everything was told over the
     * live connections, which the summary then says. To be asked after {@link #stop}.
     */
    public LedgerFindings findings() throws InterruptedException {
        return verification.findings(settings.seed());
    }

    public LoadSummary summary() {
        Map<String, Long> failures = new TreeMap<>();
        failed.forEach((operation, count) -> failures.put(operation, count.sum()));
        return new LoadSummary(
                generator.operations(),
                requests.sum(),
                failures,
                cast.ledger().givenUp(),
                cast.ledger().acknowledged(),
                cast.ledger().unknown(),
                generator.broken(),
                generator.firstBreak(),
                live.summary());
    }

    public Ledger ledger() {
        return cast.ledger();
    }

    private void note(RequestRecord request) {
        if (!isCounting) {
            return;
        }
        recording.request(request);
        requests.increment();
        if (request.failed()) {
            failed.computeIfAbsent(request.operation(), operation -> new LongAdder())
                    .increment();
        }
    }

    @Override
    public void close() {
        live.stop();
        wire.close();
    }
}
