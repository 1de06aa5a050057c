package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks again and again which locks the sessions of some roles have, or wait for, that shut others out of the tables there. */
final class LockWatch implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);

    /**
     * Modes that conflict with what reading or writing rows takes; see "Table-Level Locks" in PostgreSQL's manual. Locks
     * on a row, or to make a table's file longer, have modes of the same names.
     */
    private static final String LOCKS = """
            select l.pid, l.virtualtransaction, c.relname, l.mode, a.query, extract(epoch from clock_timestamp())
            from pg_locks l join pg_class c on c.oid = l.relation join pg_stat_activity a on a.pid = l.pid
            where l.database = (select oid from pg_database where datname = current_database())
              and l.locktype = 'relation'
              and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
              and c.relkind in ('r', 'p') and a.usename = any(?) and l.relation = any(?)""";

    private static final String TABLES = """
            select array_agg(oid) from pg_class
            where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and relname <> '%s'""".formatted(Server.HISTORY);

    private final Connection connection;
    private final PreparedStatement locks;
    private final Map<Key, Seen> seen = new LinkedHashMap<>();
    private final Thread thread = Thread.ofVirtual().unstarted(this::watch);
    private volatile boolean ends;
    private volatile @Nullable SQLException failure;

    private LockWatch(Connection connection, Set<String> roles) throws SQLException {
        this.connection = connection;
        Server.execute(connection, "set log_statement = 'none'");
        this.locks = connection.prepareStatement(LOCKS);
        locks.setArray(1, connection.createArrayOf("text", roles.toArray()));
        try (PreparedStatement tables = connection.prepareStatement(TABLES);
                ResultSet rows = tables.executeQuery()) {
            rows.next();
            locks.setArray(2, rows.getArray(1));
        }
    }

    static LockWatch begin(Server server, String database, Set<String> roles) throws SQLException {
        LockWatch watch = new LockWatch(server.connect(database), roles);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        while (!ends) {
            try {
                look();
                Thread.sleep(PAUSE);
            } catch (SQLException broken) {
                failure = broken;
                return;
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void look() throws SQLException {
        try (ResultSet rows = locks.executeQuery()) {
            while (rows.next()) {
                Key key = new Key(rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4));
                double now = rows.getDouble(6);
                seen.computeIfAbsent(key, unseen -> new Seen(now)).again(now, rows.getString(5));
            }
        }
    }

    /** Those that were seen, the longest first. */
    List<HeldLock> end() throws SQLException, InterruptedException {
        ends = true;
        thread.join();
        SQLException broken = failure;
        if (broken != null) {
            throw broken;
        }
        return seen.entrySet().stream()
                .map(entry -> entry.getValue().held(entry.getKey()))
                .sorted((one, other) -> other.duration().compareTo(one.duration()))
                .toList();
    }

    @Override
    public void close() throws SQLException {
        ends = true;
        connection.close();
    }

    private record Key(int pid, String transaction, String table, String mode) {}

    /** Seconds of the server's clock. */
    private static final class Seen {

        private final double first;
        private double last;
        private final Map<String, Double> statements = new LinkedHashMap<>();

        Seen(double first) {
            this.first = first;
            this.last = first;
        }

        void again(double now, String statement) {
            statements.merge(statement.strip(), now - last, Double::sum);
            last = now;
        }

        HeldLock held(Key key) {
            String longest = statements.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
            return new HeldLock(
                    key.table(),
                    key.mode(),
                    Duration.ofMillis(Math.round((last - first) * 1000)),
                    new ArrayList<>(statements.keySet()),
                    longest);
        }
    }
}
