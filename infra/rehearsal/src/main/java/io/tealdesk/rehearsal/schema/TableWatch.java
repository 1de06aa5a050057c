package io.tealdesk.rehearsal.schema;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a database while something is done to it: which locks shut people out of them, and how long short
 * transactions of the application wait there. Tables that are made meanwhile are nobody's yet.
 */
public final class TableWatch implements AutoCloseable {

    private final LockWatch locks;
    private final Prober prober;

    private TableWatch(LockWatch locks, Prober prober) {
        this.locks = locks;
        this.prober = prober;
    }

    /**
     * @param superuserUrl of the server, with user and password in it
     * @param roles whose locks are looked at
     * @param application role of the short transactions
     */
    public static TableWatch begin(String superuserUrl, String database, Set<String> roles, String application)
            throws SQLException {
        return begin(new Server(superuserUrl), database, roles, application);
    }

    static TableWatch begin(Server server, String database, Set<String> roles, String application) throws SQLException {
        LockWatch locks = LockWatch.begin(server, database, roles);
        try {
            return new TableWatch(locks, Prober.begin(server, database, application));
        } catch (SQLException failure) {
            locks.close();
            throw failure;
        }
    }

    /** To be called once. */
    public Seen end() throws SQLException, InterruptedException {
        List<HeldLock> held = locks.end();
        return new Seen(held, prober.end());
    }

    @Override
    public void close() throws SQLException {
        try (prober) {
            locks.close();
        }
    }

    /**
     * @param locks the longest first
     * @param waits how long the slowest short transaction waited, by table
     */
    public record Seen(List<HeldLock> locks, Map<String, Duration> waits) {

        public Seen {
            locks = List.copyOf(locks);
            waits = Map.copyOf(waits);
        }

        /** Of each table the longest lock, the longest first. */
        public List<HeldLock> longest() {
            return ShutOut.longest(locks);
        }
    }
}
