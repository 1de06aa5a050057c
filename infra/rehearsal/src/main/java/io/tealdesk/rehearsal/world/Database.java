package io.tealdesk.rehearsal.world;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.SourceTree;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that, as RDS, asks everybody for a password, and whose master user may make users and databases but
 * is no superuser. The settings are those of the data stack's parameter group; where that is silent, PostgreSQL's own.
 */
public final class Database implements AutoCloseable {

    public static final String NAME = "tealdesk";

    private static final String ACCESS = "pg_hba.conf";
    private static final String TEMPLATE = "infra/cloudformation/data.yaml";
    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final WorkDirectory directory;
    private final Path data;
    private final File output;
    private final InetAddress address;
    private final int port;
    private final Map<String, String> parameters;
    private final Login superuser = new Login("postgres", Passwords.next());
    private final Login master = new Login("tealdesk_master", Passwords.next());
    private EmbeddedPostgres server;
    private ProcessHandle postmaster;

    /** @param kept see {@link #keep}; null to begin with nothing */
    Database(WorkDirectory directory, InetAddress address, SourceTree source, @Nullable Path kept)
            throws IOException, SQLException {
        this.directory = directory;
        this.data = directory.database();
        this.output = directory.logs().resolve("postgresql.out").toFile();
        this.address = address;
        // Always the same one, also after a restart, when the system could have given another away.
        this.port = new Ports(InetAddress.getByName("0.0.0.0")).next();
        this.parameters = parameters(source, directory.logs());
        if (kept != null) {
            Trees.copy(kept, data);
            // Its passwords were another world's.
            Files.writeString(data.resolve(ACCESS), "host all %s %s/32 trust\n".formatted(superuser.name(), LOOPBACK));
        }
        this.server = started();
        this.postmaster = noted();
        try (Connection connection = DriverManager.getConnection(url("postgres"), superuser.name(), "");
                var statement = connection.createStatement()) {
            statement.execute("alter role postgres password '" + superuser.password() + "'");
            statement.execute("%s role %s login createrole createdb password '%s'"
                    .formatted(kept == null ? "create" : "alter", master.name(), master.password()));
            if (kept == null) {
                statement.execute("create database " + NAME + " owner " + master.name());
            }
            Files.writeString(data.resolve(ACCESS), "host all all all scram-sha-256\n");
            // The library gives them on the command line; where the file says otherwise, a reload complains.
            Files.write(
                    data.resolve("postgresql.conf"),
                    parameters.entrySet().stream()
                            .map(parameter -> "%s = '%s'".formatted(parameter.getKey(), parameter.getValue()))
                            .toList(),
                    StandardOpenOption.APPEND);
            statement.execute("select pg_reload_conf()");
        } catch (SQLException | IOException failure) {
            close();
            throw failure;
        }
    }

    private EmbeddedPostgres started() throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(STARTS_WITHIN)
                .setOutputRedirector(Redirect.appendTo(output))
                .setErrorRedirector(Redirect.appendTo(output))
                .setConnectConfig("password", superuser.password())
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        parameters.forEach(builder::setServerConfig);
        return builder.start();
    }

    private Map<String, String> parameters(SourceTree source, Path logs) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("listen_addresses", address.isLoopbackAddress() ? LOOPBACK : LOOPBACK + "," + address.getHostAddress());
        all.put("unix_socket_directories", "");
        all.put("max_connections", "400");
        // The library means its servers for tests, which may lose everything; here nothing may be lost.
        all.put("fsync", "on");
        all.put("synchronous_commit", "on");
        all.put("full_page_writes", "on");
        // As RDS sets it: a quarter of the memory of the production's class, db.t4g.medium.
        all.put("shared_buffers", "1GB");
        // One JSON object a line: who reads it needs no knowledge of line prefixes.
        all.put("logging_collector", "on");
        all.put("log_destination", "jsonlog");
        all.put("log_directory", logs.toAbsolutePath().toString());
        all.put("log_filename", "postgresql.log");
        Node group = source.yaml(TEMPLATE).at("Resources/DatabaseParameters/Properties/Parameters");
        group.entries().forEach((name, value) -> {
            // rds.* is read by AWS's own program around PostgreSQL.
            if (!name.startsWith("rds.")) {
                all.put(name, value.text());
            }
        });
        return all;
    }

    public int port() {
        return port;
    }

    /** Of a user who may do everything, with the password in it; for this program, wherever tasks find the server. */
    public String superuserUrl() {
        return url(NAME) + "?user=" + superuser.name() + "&password=" + superuser.password();
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(superuserUrl());
    }

    String url(String database) {
        return "jdbc:postgresql://%s:%d/%s".formatted(LOOPBACK, port, database);
    }

    Login master() {
        return master;
    }

    /** Who may do everything; only for what stands in for no user of the desk's. */
    public Login superuser() {
        return superuser;
    }

    /**
     * Ends the server in the middle of everything, as a failing machine would, and starts it again: connections break,
     * and it has to recover from its log first.
     */
    public synchronized void restart() throws IOException {
        endAtOnce();
        // Only tells the library that it is gone.
        server.close();
        server = started();
        postmaster = noted();
    }

    /**
     * Ends the server in good order, copies all that it has, and starts it again; who is connected has to connect anew.
     *
     * @param folder made here; where anything fails it is not there
     */
    public synchronized void keep(Path folder) throws IOException {
        end("INT");
        server.close();
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        Trees.delete(unfinished);
        Trees.copy(data, unfinished);
        Files.move(unfinished, folder);
        server = started();
        postmaster = noted();
    }

    private void endAtOnce() {
        end("QUIT");
    }

    private void end(String signal) {
        Signals.send(signal, postmaster);
        try {
            postmaster.onExit().get(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            postmaster.destroyForcibly();
        } catch (ExecutionException | TimeoutException stays) {
            postmaster.destroyForcibly();
        }
    }

    /** The library's own process is the program that started the server. */
    private ProcessHandle noted() throws IOException {
        long process = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle found =
                ProcessHandle.of(process).orElseThrow(() -> new IOException("PostgreSQL has gone, see " + output));
        directory.note(found);
        return found;
    }

    /** Nothing is kept, so nothing is waited for. */
    @Override
    public synchronized void close() throws IOException {
        endAtOnce();
        server.close();
    }
}
