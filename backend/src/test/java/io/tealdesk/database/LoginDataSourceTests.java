package io.tealdesk.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.TestDatabase;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.SecretStage;
import io.tealdesk.secrets.Secrets;
import io.tealdesk.secrets.SmallSecretsManager;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Which version of the secret opens a connection. The server of the tests may trust everybody whatever the password, so
 * here a login stops working when its user may no longer sign in.
 */
class LoginDataSourceTests {

    /** The tests' own lets nobody in but its two users. */
    private static final String ANYBODYS_DATABASE = "template1";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String first = "first_" + mark;
    private final String second = "second_" + mark;
    private final SmallSecretsManager manager = new SmallSecretsManager();
    private final Secrets secrets = manager.secrets();
    private LoginDataSource dataSource;

    @BeforeEach
    void start() throws SQLException {
        execute("create role %s login password 'one'".formatted(first));
        execute("create role %s nologin password 'two'".formatted(second));
        manager.put("database", json(first, "one"));
        dataSource = new LoginDataSource(
                secrets.keep(SecretName.DATABASE, DatabaseLogin.reader(ANYBODYS_DATABASE)), Properties::new);
    }

    @AfterEach
    void stop() throws SQLException {
        execute("drop role " + first);
        execute("drop role " + second);
        secrets.close();
        manager.close();
    }

    @Test
    void connectsAsTheSecretSays() throws SQLException {
        assertThat(user()).isEqualTo(first);
    }

    @Test
    void readsTheSecretAgainWhenTheDatabaseRefuses() throws SQLException {
        switchUsers();
        manager.put("database", json(second, "two"));

        assertThat(user()).isEqualTo(second);
    }

    @Test
    void takesThePendingVersionWhileARotationIsUnderWay() throws SQLException {
        manager.put("database", SecretStage.AWSPENDING, json(second, "two"));
        assertThat(user()).isEqualTo(first);

        switchUsers();
        assertThat(user()).isEqualTo(second);
        assertThat(user()).as("known by now").isEqualTo(second);
    }

    @Test
    void takesThePreviousVersionUntilTheNewOneIsSet() throws SQLException {
        manager.put("database", SecretStage.AWSPREVIOUS, json(first, "one"));
        manager.put("database", json(second, "two"));
        execute("alter role %s nologin".formatted(first));
        execute("alter role %s login".formatted(first));
        assertThat(user()).isEqualTo(first);

        switchUsers();
        assertThat(user()).isEqualTo(second);
    }

    @Test
    void givesUpWhereNoVersionIsRight() throws SQLException {
        execute("alter role %s nologin".formatted(first));

        assertThatThrownBy(this::user)
                .isInstanceOfSatisfying(
                        SQLException.class,
                        failure -> assertThat(failure.getSQLState()).startsWith("28"));
    }

    @Test
    void neverShowsThePassword() {
        assertThat(new DatabaseLogin("somebody", "hush", java.util.Optional.empty()))
                .hasToString("DatabaseLogin[somebody at ?]");
    }

    private void switchUsers() throws SQLException {
        execute("alter role %s nologin".formatted(first));
        execute("alter role %s login".formatted(second));
    }

    private String user() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return connection.getMetaData().getUserName();
        }
    }

    private static String json(String user, String password) {
        var server = URI.create(TestDatabase.running().getJdbcUrl().substring("jdbc:".length()));
        return """
                {"username": "%s", "password": "%s", "engine": "postgres", "host": "%s", "port": %d, "dbname": "%s"}""".formatted(user, password, server.getHost(), server.getPort(), ANYBODYS_DATABASE);
    }

    private static void execute(String sql) throws SQLException {
        var server = TestDatabase.running();
        try (var connection =
                        DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
