package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application's short transactions, on every table, one after another: a migration meets them, and they show who
 * has to wait for it.
 */
final class Prober implements AutoCloseable {

    /** About what a request's transaction takes. */
    private static final double TRANSACTION_SECONDS = 0.01;

    private final List<Connection> connections = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Duration> longestWaits = new ConcurrentHashMap<>();
    private final List<String> tables;
    private volatile boolean ends;

    private Prober(List<String> tables) {
        this.tables = tables;
    }

    static Prober begin(Server server, String database, String role) throws SQLException {
        List<String> tables;
        try (Connection connection = server.connect(database)) {
            tables = Server.texts(connection, """
                    select relname from pg_class
                    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
                      and has_table_privilege(?, oid, 'select') and has_table_privilege(?, oid, 'delete')
                    order by 1""", role, role);
        }
        Prober prober = new Prober(tables);
        for (String sql : List.of("select 1 from \"%s\" limit 1", "delete from \"%s\" where false")) {
            Connection connection = server.connect(database);
            prober.connections.add(connection);
            Server.execute(connection, "set application_name = 'schema gate: prober'");
            Server.execute(connection, "set log_statement = 'none'");
            Server.execute(connection, "set role " + role);
            connection.setAutoCommit(false);
            prober.threads.add(Thread.startVirtualThread(() -> prober.work(connection, sql)));
        }
        return prober;
    }

    private void work(Connection connection, String sql) {
        while (!ends) {
            for (String table : tables) {
                try {
                    long begin = System.nanoTime();
                    Server.execute(connection, sql.formatted(table));
                    Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                    longestWaits.merge(table, waited, (one, other) -> one.compareTo(other) > 0 ? one : other);
                    Server.execute(connection, "select pg_sleep(" + TRANSACTION_SECONDS + ")");
                    connection.commit();
                } catch (SQLException gone) {
                    // A table that the migration drops is what the next steps look for.
                    if (!rollsBack(connection)) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean rollsBack(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException closed) {
            return false;
        }
    }

    /** How long the slowest of its statements took on each table. */
    Map<String, Duration> end() throws InterruptedException {
        ends = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return Map.copyOf(longestWaits);
    }

    @Override
    public void close() throws SQLException {
        ends = true;
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
