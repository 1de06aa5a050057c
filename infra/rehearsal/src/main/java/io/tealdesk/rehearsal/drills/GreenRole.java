package io.tealdesk.rehearsal.drills;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;

/**
 * A database user of green's own, whose rights can be taken away while blue goes on: the product itself then fails, as
 * it would with a wrong grant, and nothing stands between it and people.
 */
final class GreenRole {

    private static final String NAME = "tealdesk_green";
    private static final String APPLICATION = "tealdesk_app";

    private final DrillScene scene;
    private final Map<String, String> environment;

    GreenRole(DrillScene scene) throws SQLException {
        this.scene = scene;
        String password = UUID.randomUUID().toString();
        execute("create role %s login password '%s' in role %s".formatted(NAME, password, APPLICATION));
        environment =
                Map.of("TEALDESK_DATABASE_SECRET", scene.world().databaseSecret("database-green", NAME, password));
    }

    Map<String, String> environment() {
        return environment;
    }

    void loseEverything() {
        change("revoke " + APPLICATION + " from " + NAME, "Green's database user loses all its rights");
    }

    void loseWriting() {
        change(
                "grant select on all tables in schema public to %s; grant usage on schema public to %s; revoke %s from %s"
                        .formatted(NAME, NAME, APPLICATION, NAME),
                "Green's database user may only read");
    }

    private void change(String statement, String news) {
        try {
            execute(statement);
            scene.say(news);
        } catch (SQLException e) {
            throw new IllegalStateException("The drill could not be played: " + statement, e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = scene.world().database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
