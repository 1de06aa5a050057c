package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Runs recorded migrations again, statement by statement, as their owner. */
final class Replay implements AutoCloseable {

    private final Connection connection;
    private final String owner;

    Replay(Server server, String database, String owner) throws SQLException {
        this.connection = server.connectSimply(database);
        this.owner = owner;
        Server.execute(connection, "set log_statement = 'none'");
        Server.execute(connection, "set role " + owner);
    }

    void run(List<MigrationStatement> statements, Look afterEach) throws SQLException {
        String script = "";
        for (MigrationStatement statement : statements) {
            if (!statement.script().equals(script)) {
                finish();
                script = statement.script();
            }
            connection.setAutoCommit(!statement.inTransaction());
            Server.execute(connection, statement.sql());
            afterEach.at(statement, connection);
            Server.execute(connection, "set role " + owner);
        }
        finish();
    }

    private void finish() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Looks at the database between two statements, within the migration's transaction. */
    interface Look {

        Look NOTHING = (done, connection) -> {};

        void at(MigrationStatement done, Connection connection) throws SQLException;
    }
}
