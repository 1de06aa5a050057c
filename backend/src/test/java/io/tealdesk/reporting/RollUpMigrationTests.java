package io.tealdesk.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What was counted before months and days became running sums is not counted again. */
class RollUpMigrationTests {

    private static final String BEFORE_RUNNING_SUMS = "202611240304";

    private final String database = "roll_ups_" + UUID.randomUUID().toString().substring(0, 8);
    private final TestDatabase server = TestDatabase.running();
    private final String url = server.getJdbcUrl().replaceFirst("/[^/?]+(\\?.*)?$", "/" + database);

    @BeforeEach
    void create() throws SQLException {
        execute("create database " + database);
    }

    @AfterEach
    void drop() throws SQLException {
        execute("drop database " + database + " with (force)");
    }

    @Test
    void takesOverWhatWasCounted() {
        flyway().target(BEFORE_RUNNING_SUMS).load().migrate();
        var dataSource = new DriverManagerDataSource(url, server.getUsername(), server.getPassword());
        var jdbc = JdbcClient.create(dataSource);
        var history = new ReportHistory(
                jdbc,
                new TransactionTemplate(new JdbcTransactionManager(dataSource)),
                1,
                person(jdbc, "CUSTOMER"),
                List.of(team(jdbc, "One"), team(jdbc, "Two")),
                List.of(person(jdbc, "AGENT"), person(jdbc, "AGENT")),
                1,
                Instant.parse("2026-10-30T00:00:00Z"));
        var counting = new ReportCounting(jdbc);
        counting.build();
        for (int step = 0; step < 300; step++) {
            history.goOn();
        }
        counting.catchUp();
        for (int step = 0; step < 50; step++) {
            history.goOn();
        }

        flyway().load().migrate();
        counting.catchUp();
        var takenOver = CurrentRollUps.of(jdbc);
        counting.rebuild();
        counting.build();

        assertThat(takenOver).isEqualTo(CurrentRollUps.of(jdbc)).isNotEmpty();
    }

    private static UUID team(JdbcClient jdbc, String name) {
        return jdbc.sql("insert into team (name, created_at) values (:name, now()) returning id")
                .param("name", name)
                .query(UUID.class)
                .single();
    }

    private static UUID person(JdbcClient jdbc, String role) {
        return jdbc.sql("""
                        insert into person (email, name, role, created_at)
                        values (uuidv7() || '@tealdesk.test', 'Somebody', :role, now()) returning id""").param("role", role).query(UUID.class).single();
    }

    private FluentConfiguration flyway() {
        return TestDatabase.flyway().dataSource(url, server.getUsername(), server.getPassword());
    }

    private void execute(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
