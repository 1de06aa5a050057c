package io.tealdesk.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.TestDatabase;
import io.tealdesk.secrets.Secret;
import io.tealdesk.shared.StartProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code migrate}, on migrations of our own. */
class MigrationTests {

    @TempDir
    Path migrations;

    private final TestDatabase server = TestDatabase.running();
    private final String database = "migration_" + UUID.randomUUID().toString().substring(0, 8);
    private final String url = server.getJdbcUrl().replaceFirst("/[^/?]+(\\?.*)?$", "/" + database);

    @BeforeEach
    void create() throws SQLException {
        execute(server.getJdbcUrl(), "create database " + database);
    }

    @AfterEach
    void drop() throws SQLException {
        execute(server.getJdbcUrl(), "drop database " + database + " with (force)");
    }

    /** Somebody reads a table for longer than a migration may wait: it stands back, and comes again. */
    @Test
    void letsOthersGoFirstWhereATableIsInUse() throws Exception {
        write("V1__make.sql", "create table ticket (id int);");
        migrate();
        write("V2__add.sql", "alter table ticket add column name text;");
        var reading = connection(url);
        reading.setAutoCommit(false);
        reading.createStatement().execute("lock table ticket in access share mode");
        var end = Thread.ofVirtual().start(() -> {
            try (reading) {
                Thread.sleep(Duration.ofSeconds(4));
                reading.rollback();
            } catch (InterruptedException | SQLException e) {
                Thread.currentThread().interrupt();
            }
        });

        migrate();

        end.join();
        try (var connection = connection(url);
                var rows = connection.createStatement().executeQuery("select count(name) from ticket")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void saysWhyItFailedAndKeepsWhatWasThere() throws Exception {
        write("V1__make.sql", "create table ticket (id int);");
        write("V2__fail.sql", "alter table nowhere add column name text;");

        assertThatThrownBy(this::migrate)
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("V2__fail.sql")
                .hasMessageContaining("relation \"nowhere\" does not exist");
        execute(url, "select id from ticket");
    }

    private void migrate() {
        var login = new DatabaseLogin(server.getUsername(), server.getPassword(), Optional.of(url));
        var dataSource = new LoginDataSource(Secret.fixed(login), Properties::new);
        var flyway = Flyway.configure()
                .dataSource(dataSource)
                .initSql(Migration.LIMITS)
                .locations("filesystem:" + migrations)
                .load();
        new Migration(flyway, dataSource).run();
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(migrations.resolve(name), sql);
    }

    private Connection connection(String where) throws SQLException {
        return DriverManager.getConnection(where, server.getUsername(), server.getPassword());
    }

    private void execute(String where, String sql) throws SQLException {
        try (var connection = connection(where);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
