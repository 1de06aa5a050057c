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
 * away, reading goes on from where it stopped.
 */
@Component
class LiveReader implements SmartLifecycle {

    private static final Duration PAUSE_MIN = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    /** A database that fails over without a word is noticed by this. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(LiveReader.class);

    private final DedicatedConnections connections;
    private final LiveStreams streams;
    private final LiveProperties properties;
    private volatile @Nullable Thread thread;

    LiveReader(DedicatedConnections connections, LiveStreams streams, LiveProperties properties) {
        this.connections = connections;
        this.streams = streams;
        this.properties = properties;
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
        }
    }

    private void follow(Connection connection) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class);
        var opened = System.nanoTime();
        var viewersAsOf = opened;
        while (isRunning()
                && System.nanoTime() - opened < connections.lifetime().toNanos()) {
            catchUp(connection);
            if (System.nanoTime() - viewersAsOf > properties.heartbeat().toNanos()) {
                streams.refreshViewers();
                viewersAsOf = System.nanoTime();
            }
            notifications.getNotifications((int) properties.poll().toMillis());
        }
    }

    private void catchUp(Connection connection) throws SQLException {
        var position = streams.position();
        if (position == null) {
            streams.startAt(LiveEvents.now(connection));
        } else {
            streams.deliver(LiveEvents.since(position, connection));
        }
    }

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
