package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The database as it was at one moment, kept aside to make any number of copies from. Taken while nobody is connected,
 * because PostgreSQL copies no database that is in use; the copies are made whenever they are needed.
 */
public final class SchemaCopy implements AutoCloseable {

    /** For connections that are just closing. */
    private static final Duration IN_USE_MAX = Duration.ofSeconds(10);

    private static final String IN_USE = "55006";

    private final Server server;
    private final String kept;
    private final String owner;
    private final List<String> made = new ArrayList<>();

    private SchemaCopy(Server server, String kept, String owner) {
        this.server = server;
        this.kept = kept;
        this.owner = owner;
    }

    /** @param superuserUrl of the server, with user and password in it */
    public static SchemaCopy take(String superuserUrl, String database) throws SQLException, InterruptedException {
        Server server = new Server(superuserUrl);
        try (Connection connection = server.connect("postgres")) {
            String owner = Server.texts(
                            connection, "select pg_get_userbyid(datdba) from pg_database where datname = ?", database)
                    .getFirst();
            SchemaCopy copy = new SchemaCopy(server, database + "_kept", owner);
            copy.copy(connection, database, copy.kept);
            return copy;
        }
    }

    /** Makes a copy that nobody has touched, and returns its name. All that is said to it is in the server's log. */
    synchronized String fresh() throws SQLException, InterruptedException {
        String name = kept.replaceFirst("_kept$", "_copy_" + (made.size() + 1));
        try (Connection connection = server.connect("postgres")) {
            copy(connection, kept, name);
            Server.execute(connection, "alter database " + name + " set log_statement = 'all'");
            // What PostgreSQL says is read by a program here.
            Server.execute(connection, "alter database " + name + " set lc_messages = 'C'");
        }
        return name;
    }

    Server server() {
        return server;
    }

    /** Who owns the schema, and migrates it. */
    String owner() {
        return owner;
    }

    private synchronized void copy(Connection connection, String from, String to)
            throws SQLException, InterruptedException {
        Server.execute(connection, "drop database if exists " + to + " with (force)");
        Instant until = Instant.now().plus(IN_USE_MAX);
        while (true) {
            try {
                Server.execute(connection, "create database %s template %s owner %s".formatted(to, from, owner));
                break;
            } catch (SQLException failure) {
                if (!IN_USE.equals(failure.getSQLState()) || Instant.now().isAfter(until)) {
                    throw failure;
                }
                Thread.sleep(Duration.ofMillis(100));
            }
        }
        made.add(to);
        copyPrivileges(connection, from, to);
    }

    /** They belong to the database as a whole, which PostgreSQL leaves out. */
    private static void copyPrivileges(Connection connection, String from, String to) throws SQLException {
        List<String> grants = Server.texts(connection, """
                select format('grant %s on database %s to %s', a.privilege_type, ?,
                              case a.grantee when 0 then 'public' else a.grantee::regrole::text end)
                from pg_database d, aclexplode(d.datacl) a
                where d.datname = ?""", to, from);
        if (!grants.isEmpty()) {
            Server.execute(connection, "revoke all on database " + to + " from public");
            for (String grant : grants) {
                Server.execute(connection, grant);
            }
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            for (String name : made.reversed()) {
                Server.execute(connection, "drop database if exists " + name + " with (force)");
            }
        }
        made.clear();
    }
}
