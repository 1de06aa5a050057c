package io.tealdesk.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The desk's own PostgreSQL, on this machine's loopback address only, always on the port it got at first. */
class DatabaseServer implements JdbcConnectionDetails, AutoCloseable {

    private static final String NAME = "tealdesk";
    private static final int FIRST_PORT = 15432;
    private static final int PORTS_TRIED_MAX = 200;
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(DatabaseServer.class);

    private final int port;
    private final @Nullable EmbeddedPostgres server;

    private DatabaseServer(int port, @Nullable EmbeddedPostgres server) {
        this.port = port;
        this.server = server;
    }

    static DatabaseServer of(DeskDirectory directory) {
        try {
            return directory.isOwned() ? started(directory) : running(directory);
        } catch (IOException | SQLException | RuntimeException failure) {
            if (failure instanceof EmbeddedStartProblem problem) {
                throw problem;
            }
            throw new EmbeddedStartProblem(
                    "The embedded PostgreSQL did not start: " + failure.getMessage(),
                    "See " + directory.resolve("postgresql.log") + ". If the data may be lost, delete "
                            + directory.path() + " to start afresh.",
                    failure);
        }
    }

    private static DatabaseServer started(DeskDirectory directory) throws IOException, SQLException {
        var data = directory.resolve("postgresql");
        OrphanedServer.stop(data);
        var port = port(directory.resolve("postgresql.port"));
        var server = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(STARTS_WITHIN)
                .setOutputRedirector(
                        Redirect.to(directory.resolve("postgresql.log").toFile()))
                // Knows all of Unicode, whatever the machine's own locales are.
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // The library means its servers for tests, which may lose everything; a desk may not.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        try {
            createDatabase(server);
        } catch (SQLException | RuntimeException failure) {
            server.close();
            throw failure;
        }
        log.info("PostgreSQL runs on port {} with its data in {}", port, data);
        return new DatabaseServer(port, server);
    }

    private static DatabaseServer running(DeskDirectory directory) throws IOException {
        return new DatabaseServer(
                Integer.parseInt(
                        Files.readString(directory.resolve("postgresql.port")).strip()),
                null);
    }

    /** The application owns its database and is no superuser, as in production. */
    private static void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("select 1 from pg_database where datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute(
                    "do $$ begin create role " + NAME + " login; exception when duplicate_object then null; end $$");
            statement.execute("create database " + NAME + " owner " + NAME);
        }
    }

    private static int port(Path file) throws IOException {
        if (Files.exists(file)) {
            var port = Integer.parseInt(Files.readString(file).strip());
            if (isFree(port)) {
                return port;
            }
            log.warn("Port {} of the embedded PostgreSQL is taken by another program; choosing another one", port);
        }
        for (int port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED_MAX; port++) {
            if (isFree(port)) {
                Files.writeString(file, Integer.toString(port));
                return port;
            }
        }
        throw new EmbeddedStartProblem(
                "No port from " + FIRST_PORT + " on is free for the embedded PostgreSQL.",
                "Stop what listens there, then start again.",
                null);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://localhost:" + port + "/" + NAME;
    }

    @Override
    public String getUsername() {
        return NAME;
    }

    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }
}
