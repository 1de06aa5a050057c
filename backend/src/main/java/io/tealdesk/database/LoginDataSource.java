package io.tealdesk.database;

import io.tealdesk.secrets.Secret;
import io.tealdesk.secrets.SecretStage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens each connection with the login that is valid at that moment, so that a rotation of the password needs no
 * restart. A rotation changes the database and the secret one after the other, in either order: whoever connects in
 * between finds one of the secret's versions right.
 */
class LoginDataSource extends AbstractDataSource {

    /** SQLSTATE class 28: wrong password, no such user. */
    private static final String NOT_AUTHENTICATED = "28";

    private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofMillis(300), Duration.ofMillis(900));
    private static final Logger log = LoggerFactory.getLogger(LoginDataSource.class);

    private final Secret<DatabaseLogin> secret;
    private final Supplier<Properties> settings;
    private final Driver driver = new Driver();
    private volatile @Nullable Stopgap stopgap;

    /** @param settings of pgjdbc, apart from user and password */
    LoginDataSource(Secret<DatabaseLogin> secret, Supplier<Properties> settings) {
        this.secret = secret;
        this.settings = settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        SQLException refused = null;
        for (var pause : PAUSES) {
            sleep(pause);
            var attempt = new Attempt();
            var connection = attempt.run();
            if (connection.isPresent()) {
                return connection.get();
            }
            refused = attempt.refused;
        }
        throw Objects.requireNonNull(refused);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("The secret says as whom to connect");
    }

    /** The pool wants to limit it; pgjdbc's own settings do. */
    @Override
    public void setLoginTimeout(int seconds) {}

    private Connection opened(DatabaseLogin login) throws SQLException {
        var properties = new Properties();
        properties.putAll(settings.get());
        properties.setProperty("user", login.username());
        properties.setProperty("password", login.password());
        var url = login.url().orElseThrow(() -> new SQLException("The secret does not say where the database is"));
        return Objects.requireNonNull(driver.connect(url, properties), url);
    }

    private static void sleep(Duration pause) throws SQLException {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("Interrupted while connecting", e);
        }
    }

    /** One round through all versions of the secret, each tried once. */
    private class Attempt {

        private final HashSet<DatabaseLogin> tried = new HashSet<>();
        private @Nullable SQLException refused;

        Optional<Connection> run() throws SQLException {
            var first = secret.value();
            var known = stopgap;
            if (known != null && known.insteadOf.equals(first)) {
                var connection = with(known.works);
                if (connection.isPresent()) {
                    return connection;
                }
            }
            var connection = with(first);
            if (connection.isEmpty()) {
                connection = with(secret.readAgain());
            }
            for (var stage : List.of(SecretStage.AWSPENDING, SecretStage.AWSPREVIOUS)) {
                if (connection.isEmpty()) {
                    connection = with(stage);
                }
            }
            return connection;
        }

        private Optional<Connection> with(SecretStage stage) throws SQLException {
            var login = secret.staged(stage);
            if (login.isEmpty()) {
                return Optional.empty();
            }
            var connection = with(login.get());
            if (connection.isPresent()) {
                stopgap = new Stopgap(secret.value(), login.get());
                log.info(
                        "The database refuses the current version of its secret and takes {}: a rotation is under way",
                        stage);
            }
            return connection;
        }

        /** Empty when the database does not know this login (any more, or yet). */
        private Optional<Connection> with(DatabaseLogin login) throws SQLException {
            if (!tried.add(login)) {
                return Optional.empty();
            }
            try {
                return Optional.of(opened(login));
            } catch (SQLException failure) {
                if (failure.getSQLState() == null || !failure.getSQLState().startsWith(NOT_AUTHENTICATED)) {
                    throw failure;
                }
                refused = failure;
                return Optional.empty();
            }
        }
    }

    /** What works while the secret's current version does not: no need to find it out for every connection. */
    private record Stopgap(DatabaseLogin insteadOf, DatabaseLogin works) {}
}
