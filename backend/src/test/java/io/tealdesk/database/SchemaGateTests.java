package io.tealdesk.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.TestDatabase;
import io.tealdesk.shared.StartProblem;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaGateTests {

    private final String database = "gate_" + UUID.randomUUID().toString().substring(0, 8);
    private final TestDatabase server = TestDatabase.running();
    private final String url = server.getJdbcUrl().replaceFirst("/[^/?]+(\\?.*)?$", "/" + database);

    @BeforeEach
    void create() throws SQLException {
        execute(server.getJdbcUrl(), "create database " + database);
    }

    @AfterEach
    void drop() throws SQLException {
        execute(server.getJdbcUrl(), "drop database " + database + " with (force)");
    }

    @Test
    void refusesAnEmptyDatabase() {
        assertThatThrownBy(this::check)
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("older than this release needs")
                .hasMessageContaining("identity create people");
    }

    @Test
    void refusesAnOlderSchema() {
        flyway().target(MigrationVersion.fromVersion("202611221002")).load().migrate();

        assertThatThrownBy(this::check)
                .hasMessageContaining("search order tickets")
                .hasMessageNotContaining("identity create people");
    }

    @Test
    void servesOnTheSchemaItNeedsAndOnANewerOne() throws SQLException {
        flyway().load().migrate();
        assertThatCode(this::check).doesNotThrowAnyException();

        execute(url, """
                insert into flyway_schema_history
                select installed_rank + 100, '299901010000', 'of a later release', type, script, checksum, installed_by,
                       installed_on, execution_time, success
                from flyway_schema_history where installed_rank = 1""");
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void refusesASchemaOnWhichAMigrationHasFailed() throws SQLException {
        flyway().load().migrate();
        execute(url, "update flyway_schema_history set success = false where installed_rank = 5");

        assertThatThrownBy(this::check).isInstanceOf(StartProblem.class).hasMessageContaining("failed half-way");
    }

    private void check() {
        SchemaGate.check(flyway().load().info());
    }

    private org.flywaydb.core.api.configuration.FluentConfiguration flyway() {
        return TestDatabase.flyway()
                .dataSource(url, server.getUsername(), server.getPassword())
                .ignoreMigrationPatterns("*:future");
    }

    private void execute(String where, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(where, server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
