package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says to PostgreSQL what Flyway says, in its two sessions. */
final class FakeMigrator implements Migrator {

    private final TestServer server;
    private final Map<String, List<String>> files = new LinkedHashMap<>();
    private boolean inTransaction = true;

    FakeMigrator(TestServer server) {
        this.server = server;
    }

    FakeMigrator file(String script, String... statements) {
        files.put(script, List.of(statements));
        return this;
    }

    FakeMigrator withoutTransaction() {
        inTransaction = false;
        return this;
    }

    @Override
    public String release() {
        return "new";
    }

    @Override
    public Outcome migrate(String database) {
        StringBuilder log = new StringBuilder();
        try (Connection history = session(database);
                Connection work = session(database)) {
            for (var file : files.entrySet()) {
                log.append("Migrating to ").append(file.getKey()).append('\n');
                apply(file.getKey(), file.getValue(), history, work);
            }
            return new Outcome(0, log.toString());
        } catch (SQLException failure) {
            return new Outcome(1, log.append(failure.getMessage()).toString());
        }
    }

    private static void setSearchPath(Connection work) throws SQLException {
        try (PreparedStatement path = work.prepareStatement("SELECT set_config('search_path', ?, false)")) {
            path.setString(1, "\"public\",\"$user\", public");
            path.execute();
        }
    }

    private void apply(String script, List<String> statements, Connection history, Connection work)
            throws SQLException {
        work.setAutoCommit(!inTransaction);
        Server.execute(work, "SET ROLE 'tealdesk_owner'");
        setSearchPath(work);
        Server.execute(work, "SELECT version()");
        for (String sql : statements) {
            Server.execute(work, sql);
        }
        try (PreparedStatement entered =
                history.prepareStatement("INSERT INTO \"public\".\"flyway_schema_history\" (installed_rank, script)"
                        + " select ?::int, ? from (values (?, ?, ?)) as v")) {
            entered.setInt(1, 1);
            entered.setString(2, script);
            entered.setString(3, "SQL");
            entered.setString(4, "");
            entered.setString(5, script);
            entered.execute();
        }
        if (inTransaction) {
            work.commit();
        }
        setSearchPath(work);
    }

    private Connection session(String database) throws SQLException {
        return DriverManager.getConnection(server.url()
                .replaceFirst("/postgres\\?", "/" + database + "?")
                .replace("user=postgres", "user=tealdesk_owner"));
    }
}
