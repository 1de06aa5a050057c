package io.tealdesk.gates;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A PostgreSQL that asks everybody for a password (the embedded one trusts everybody), with a master user who, as on
 * RDS, may make users and databases but is no superuser.
 */
class PasswordDatabase implements AutoCloseable {

    static final String NAME = "tealdesk";
    static final String MASTER = "master";

    private static final String SUPERUSER_PASSWORD = "only the gate knows it";

    private final EmbeddedPostgres server;

    private PasswordDatabase(EmbeddedPostgres server) {
        this.server = server;
    }

    static PasswordDatabase started(Path data, String masterPassword) throws IOException, SQLException {
        var server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .start();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter role postgres password '" + SUPERUSER_PASSWORD + "'");
            statement.execute("create role " + MASTER + " login createrole createdb password '" + masterPassword + "'");
            statement.execute("create database " + NAME + " owner " + MASTER);
            Files.writeString(data.resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            statement.execute("select pg_reload_conf()");
        }
        return new PasswordDatabase(server);
    }

    int port() {
        return server.getPort();
    }

    Connection asSuperuser() throws SQLException {
        return connection("postgres", SUPERUSER_PASSWORD);
    }

    Connection connection(String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), NAME), user, password);
    }

    void execute(String sql) throws SQLException {
        try (var connection = asSuperuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many connections the user has that were opened since the moment that an earlier query told. */
    int openedSince(String user, String moment) throws SQLException {
        return Integer.parseInt(
                text("select count(*) from pg_stat_activity where usename = '%s' and backend_start > '%s'"
                        .formatted(user, moment)));
    }

    String now() throws SQLException {
        return text("select clock_timestamp()");
    }

    private String text(String sql) throws SQLException {
        try (var connection = asSuperuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
