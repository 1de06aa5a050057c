package io.tealdesk.rehearsal.schema;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A PostgreSQL with a desk's users and a small desk's tables in the database {@code desk}. */
final class TestServer implements AutoCloseable {

    static final String OWNER = "tealdesk_owner";
    static final String APPLICATION = "tealdesk_app";
    static final String DATABASE = "desk";

    private final EmbeddedPostgres postgres;

    private TestServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static TestServer started(Path directory) throws IOException, SQLException {
        TestServer server = new TestServer(EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_destination", "jsonlog")
                .setServerConfig("log_directory", directory.resolve("log").toString())
                .start());
        try (Connection connection = server.handle().connect("postgres")) {
            Server.execute(connection, "create role " + OWNER + " login");
            Server.execute(connection, "create role " + APPLICATION + " login");
        }
        return server;
    }

    /** An empty desk again. */
    void prepare() throws SQLException {
        try (Connection connection = handle().connect("postgres")) {
            Server.execute(connection, "drop database if exists desk with (force)");
            Server.execute(connection, "create database desk owner " + OWNER);
        }
        try (Connection connection = handle().connect(DATABASE)) {
            Server.execute(connection, "set role " + OWNER);
            Server.execute(connection, """
                    grant usage on schema public to tealdesk_app;
                    alter default privileges in schema public
                        grant select, insert, update, delete on tables to tealdesk_app;
                    create table flyway_schema_history (installed_rank int, script text);
                    create table ticket (number bigint generated always as identity primary key,
                        subject text not null, status text not null default 'OPEN', note text);
                    create table message (id bigint generated always as identity primary key,
                        ticket_number bigint not null references ticket (number), body text not null);
                    insert into ticket (subject) select 'Ticket ' || n from generate_series(1, 200) n
                    """);
        }
    }

    Server handle() {
        return new Server(url());
    }

    String url() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
