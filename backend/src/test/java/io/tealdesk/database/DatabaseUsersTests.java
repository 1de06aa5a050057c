package io.tealdesk.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.TestDatabase;
import io.tealdesk.shared.StartProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a master user like RDS's: it owns the database and may make users, and is no superuser. */
class DatabaseUsersTests {

    private static final String PASSWORD = "a'quote and a \\ backslash";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String database = "users_" + mark;
    private final DatabaseLogin master = login("master_" + mark);
    private final DatabaseLogin owner = login("owner_" + mark);
    private final DatabaseLogin application = login("app_" + mark);

    @BeforeEach
    void makeWhatRdsMakes() throws SQLException {
        asSuperuser(
                "create role master_%s login createrole createdb password '%s'"
                        .formatted(mark, PASSWORD.replace("'", "''")),
                "create database %s owner master_%s".formatted(database, mark));
    }

    @AfterEach
    void drop() throws SQLException {
        asSuperuser("drop database " + database + " with (force)");
        for (var role : List.of("app_%s_clone", "app_%s", "owner_%s", "master_%s")) {
            asSuperuser("drop role if exists " + role.formatted(mark));
        }
    }

    @Test
    void oneOwnsTheSchemaAndTheOtherChangesRowsOnly() throws SQLException {
        prepare();
        migrate();
        try (var connection = connection(application);
                var statement = connection.createStatement()) {
            statement.execute("insert into team (name, created_at) values ('Support', now())");
            statement.execute("select nextval('ticket_number_seq')");
            assertThat(statement
                            .executeQuery("select success from flyway_schema_history")
                            .next())
                    .as("reads which migrations there are")
                    .isTrue();
            for (var forbidden : List.of(
                    "create table mine (id int)",
                    "alter table team add column mine int",
                    "drop table team",
                    "truncate team cascade",
                    "create temporary table mine (id int)",
                    "create schema mine",
                    "delete from flyway_schema_history",
                    "update flyway_schema_history set success = true",
                    "set role owner_" + mark,
                    "create role mine")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .isInstanceOf(SQLException.class)
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
            }
        }
    }

    /** As it was in the order of things: first one user for all, later two. */
    @Test
    void takesOverWhatSomebodyElseHasMigrated() throws SQLException {
        flyway(master).migrate();
        prepare();
        prepare();

        assertThat(texts("select distinct tableowner from pg_tables where schemaname = 'public'"))
                .containsExactly(owner.username());
        try (var connection = connection(application);
                var statement = connection.createStatement()) {
            assertThatCode(() -> statement.execute("delete from team")).doesNotThrowAnyException();
            assertThatThrownBy(() -> statement.execute("delete from flyway_schema_history"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void coversTablesOfLaterMigrations() throws SQLException {
        prepare();
        try (var connection = connection(owner);
                var statement = connection.createStatement()) {
            statement.execute("create table later (id bigint generated always as identity, what text)");
        }
        try (var connection = connection(application);
                var statement = connection.createStatement()) {
            assertThatCode(() -> statement.execute("insert into later (what) values ('fine')"))
                    .doesNotThrowAnyException();
        }
    }

    /** After a rotation with alternating users the secret names the other one. */
    @Test
    void theOtherUserOfARotationHasTheSameRights() throws SQLException {
        prepare();
        migrate();
        var clone = login(application.username() + "_clone");
        new DatabaseUsers(master, owner, clone, new Properties()).prepare();

        try (var connection = connection(clone);
                var statement = connection.createStatement()) {
            assertThatCode(() -> statement.execute("delete from team")).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesOneUserForBoth() {
        assertThatThrownBy(() -> new DatabaseUsers(master, owner, owner, new Properties()).prepare())
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("the same database user");
    }

    @Test
    void storesPasswordsHashedOnly() throws SQLException {
        prepare();

        assertThat(texts("select rolpassword from pg_authid where rolname in ('owner_%s', 'app_%s')"
                        .formatted(mark, mark)))
                .hasSize(2)
                .allMatch(password -> password.startsWith("SCRAM-SHA-256$"));
    }

    private void prepare() {
        new DatabaseUsers(master, owner, application, new Properties()).prepare();
    }

    private void migrate() throws SQLException {
        var dataSource = new LoginDataSource(io.tealdesk.secrets.Secret.fixed(owner), Properties::new);
        new Migration(TestDatabase.flyway().dataSource(dataSource).load(), dataSource).run();
    }

    private Flyway flyway(DatabaseLogin login) {
        return TestDatabase.flyway()
                .dataSource(login.url().orElseThrow(), login.username(), login.password())
                .load();
    }

    private DatabaseLogin login(String user) {
        return new DatabaseLogin(user, PASSWORD, Optional.of(url()));
    }

    private String url() {
        return TestDatabase.running().getJdbcUrl().replaceFirst("/[^/?]+(\\?.*)?$", "/" + database);
    }

    private static Connection connection(DatabaseLogin login) throws SQLException {
        return DriverManager.getConnection(login.url().orElseThrow(), login.username(), login.password());
    }

    private List<String> texts(String sql) throws SQLException {
        var server = TestDatabase.running();
        try (var connection = DriverManager.getConnection(url(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    private static void asSuperuser(String... statements) throws SQLException {
        var server = TestDatabase.running();
        try (var connection =
                        DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
