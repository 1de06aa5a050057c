package io.tealdesk.rehearsal.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL as a user who may do everything, in any of its databases.
 *
 * @param url of one of the databases, with user and password in it
 */
record Server(String url) {

    /** Flyway's list of what was applied, which the application reads only when it starts. */
    static final String HISTORY = "flyway_schema_history";

    private static final Pattern DATABASE = Pattern.compile("(jdbc:postgresql://[^/]+/)([^?]*)(.*)");

    Connection connect(String database) throws SQLException {
        Matcher parts = DATABASE.matcher(url);
        if (!parts.matches()) {
            throw new SQLException("Not the address of a PostgreSQL database");
        }
        return DriverManager.getConnection(parts.group(1) + database + parts.group(3));
    }

    /** For {@code explain (generic_plan)}, whose parameters PostgreSQL wants values for in its extended protocol. */
    Connection connectSimply(String database) throws SQLException {
        return new Server(url + (url.contains("?") ? "&" : "?") + "preferQueryMode=simple").connect(database);
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of every row. */
    static List<String> texts(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
