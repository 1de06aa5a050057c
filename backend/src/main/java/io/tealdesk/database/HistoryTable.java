package io.tealdesk.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Flyway's list of what was applied: the application reads it, and only its owner writes it. */
final class HistoryTable {

    static final String NAME = "flyway_schema_history";

    private HistoryTable() {}

    static void protect(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            protect(connection);
        }
    }

    /** Default privileges let the application write each new table, and this one was new once. */
    static void protect(Connection connection) throws SQLException {
        var postgres = connection.unwrap(PGConnection.class);
        var writers = new ArrayList<String>();
        try (var statement = connection.prepareStatement("""
                select distinct grantee::regrole::text
                from pg_class c, aclexplode(c.relacl) a
                where c.oid = to_regclass(?) and c.relowner = current_user::regrole
                  and a.grantee not in (0, c.relowner) and a.privilege_type <> 'SELECT'""")) {
            statement.setString(1, NAME);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    writers.add(rows.getString(1));
                }
            }
        }
        try (var statement = connection.createStatement()) {
            for (var writer : writers) {
                // regrole's text is quoted already where that is needed.
                statement.execute("revoke all on %s from %s".formatted(postgres.escapeIdentifier(NAME), writer));
                statement.execute("grant select on %s to %s".formatted(postgres.escapeIdentifier(NAME), writer));
            }
        }
    }
}
