package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the database understands a statement, and would let the application run it, without running it. */
final class Explained {

    private static final Pattern EXPLAINABLE = Pattern.compile(
            "\\s*(?:--[^\\n]*\\n\\s*|/\\*.*?\\*/\\s*)*(?:select|insert|update|delete|merge|with|values)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final String role;

    /** @param role whose statements they are */
    Explained(String role) {
        this.role = role;
    }

    static boolean isExplainable(String sql) {
        return EXPLAINABLE.matcher(sql).matches();
    }

    /** Leaves the connection's transaction as it was, and the role changed. */
    Optional<Misfit> refusal(Connection connection, String sql) throws SQLException {
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        Server.execute(connection, "set role " + role);
        // Not replaced by the driver: a parameter stays $1, and a question mark stays an operator.
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("explain (generic_plan) " + sql);
            return Optional.empty();
        } catch (SQLException refused) {
            return Optional.of(new Misfit(sql, refused.getSQLState(), firstLine(refused)));
        } finally {
            if (before != null) {
                connection.rollback(before);
            }
        }
    }

    private static String firstLine(SQLException refused) {
        return String.valueOf(refused.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "");
    }
}
