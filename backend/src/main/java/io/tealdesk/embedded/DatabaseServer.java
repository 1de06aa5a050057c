package io.tealdesk.embedded;

import io.tealdesk.shared.StartProblem;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
    private static final String HOST = "127.0.0.1";
    private static final int FIRST_PORT = 15432;
    private static final int PORT_SPREAD = 5000;
    private static final int STARTS_MAX = 3;
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
            if (failure instanceof StartProblem problem) {
                throw problem;
            }
            throw new StartProblem(
                    "The embedded PostgreSQL did not start: " + failure.getMessage(),
                    "See " + directory.resolve("postgresql.log") + ". If the data may be lost, delete "
                            + directory.path() + " to start afresh.",
                    failure);
        }
    }

    private static DatabaseServer started(DeskDirectory directory) throws IOException, SQLException {
        var data = directory.resolve("postgresql");
        OrphanedServer.stop(data);
        for (int attempt = 0; attempt < STARTS_MAX; attempt++) {
            var port = port(directory);
            var server = server(directory, data, port);
            try {
                if (isOurs(server, data)) {
                    createDatabase(server);
                    log.info("PostgreSQL runs on port {} with its data in {}", port, data);
                    return new DatabaseServer(port, server);
                }
            } catch (SQLException | RuntimeException failure) {
                server.close();
                throw failure;
            }
            log.warn("Another PostgreSQL was faster to take port {}; choosing another one", port);
            server.close();
        }
        throw noFreePort();
    }

    private static EmbeddedPostgres server(DeskDirectory directory, Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
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
                .setServerConfig("listen_addresses", HOST)
                // The library means its servers for tests, which may lose everything; a desk may not.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
    }

    /** Two desks that start at once may both find the same port free; the loser then talks to the winner's server. */
    private static boolean isOurs(EmbeddedPostgres server, Path data) throws IOException, SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var directory = statement.executeQuery("show data_directory")) {
            directory.next();
            return Path.of(directory.getString(1)).toRealPath().equals(data.toRealPath());
        } catch (NoSuchFileException e) {
            return false;
        }
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

    /** The one of the last run where it is free; at first one that depends on the directory, so that desks differ. */
    private static int port(DeskDirectory directory) throws IOException {
        var file = directory.resolve("postgresql.port");
        var first = FIRST_PORT + Math.floorMod(directory.path().hashCode(), PORT_SPREAD);
        if (Files.exists(file)) {
            first = Integer.parseInt(Files.readString(file).strip());
            if (isFree(first)) {
                return first;
            }
            log.warn("Port {} of the embedded PostgreSQL is taken by another program; choosing another one", first);
        }
        for (int port = first; port < first + PORTS_TRIED_MAX; port++) {
            if (isFree(port)) {
                Files.writeString(file, Integer.toString(port));
                return port;
            }
        }
        throw noFreePort();
    }

    private static StartProblem noFreePort() {
        return new StartProblem(
                "No port is free for the embedded PostgreSQL.", "Stop what listens there, then start again.", null);
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
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + NAME;
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
