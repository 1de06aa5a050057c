package io.tealdesk.live;

import io.tealdesk.database.DedicatedConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Follows the events, once for the whole task, on a connection of its own that PostgreSQL wakes ({@code listen}). A
 * notification only says that there may be something: it is looked for once a second anyhow. Where the database goes
 * away, reading goes on from where it stopped. Who is at which ticket comes the same way, but is told as of now.
 */
@Component
class LiveReader implements SmartLifecycle {

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    /** What a busy desk writes within this is read together: nobody sees the difference, and reading costs as much as writing. */
    private static final Duration GATHERS_FOR = Duration.ofMillis(50);
    /** A database that fails over without a word is noticed by this. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LiveReader.class);

    private final DedicatedConnections connections;
    private final LiveStreams streams;
    private final LiveProperties properties;
    private final Presences presences;
    private final PresenceRounds rounds;
    private volatile @Nullable Thread thread;

    LiveReader(DedicatedConnections connections, LiveStreams streams, LiveProperties properties, Presences presences) {
        this.connections = connections;
        this.streams = streams;
        this.properties = properties;
        this.presences = presences;
        rounds = new PresenceRounds(presences, streams);
    }

    private void run() {
        var pause = PAUSE_MIN;
        while (isRunning()) {
            try (var connection = connections.open()) {
                connection.setNetworkTimeout(Runnable::run, (int) ANSWERS_WITHIN.toMillis());
                listen(connection);
                catchUp(connection);
                pause = PAUSE_MIN;
                follow(connection);
            } catch (SQLException | DataAccessException failure) {
                if (isRunning()) {
                    log.warn("Live events wait for the database: {}", failure.toString());
                }
            } catch (RuntimeException failure) {
                log.error("Reading live events failed; trying again", failure);
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
        }
    }

    private static void listen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set application_name = 'tealdesk live'");
            statement.execute("listen live");
            statement.execute("listen " + Presences.CHANNEL);
            statement.execute("listen " + DraftChange.CHANNEL);
        }
    }

    private void follow(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        var opened = System.nanoTime();
        var lastBeat = opened;
        rounds.startOver();
        while (isRunning()
                && System.nanoTime() - opened < connections.lifetime().toNanos()) {
            var lastRead = System.nanoTime();
            catchUp(connection);
            rounds.tellIfDue();
            if (System.nanoTime() - lastBeat > properties.heartbeat().toNanos()) {
                streams.refreshViewers();
                presences.forgetGone();
                rounds.lookAround();
                lastBeat = System.nanoTime();
            }
            // No time at all would be for ever.
            var millis = Math.max(1, rounds.patience(properties.poll()).toMillis());
            for (var notification : notifications.getNotifications((int) millis)) {
                rounds.hear(notification);
                if (notification.getName().equals(DraftChange.CHANNEL)) {
                    DraftChange.announced(notification.getParameter()).ifPresent(streams::deliverDraft);
                }
            }
            // Of what comes after a quiet moment nobody waits.
            sleep(GATHERS_FOR.minusNanos(System.nanoTime() - lastRead));
        }
    }

    private void catchUp(Connection connection) throws SQLException {
        var position = streams.position();
        if (position == null) {
            streams.startAt(LiveEvents.now(connection));
        } else {
            var news = LiveEvents.since(position, connection);
            streams.deliver(news);
            rounds.hear(news.events());
        }
    }

    /** Not at all where the pause is over already. */
    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("live-reader").unstarted(this::run);
        thread.start();
    }

    @Override
    public void stop() {
        var reading = thread;
        thread = null;
        if (reading != null) {
            reading.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Begins before the web server takes requests, and ends when it has none left. */
    @Override
    public int getPhase() {
        return 0;
    }
}
