package io.tealdesk;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL that the tests of one JVM share: a container where a Docker engine answers, else the embedded
 * binaries of the same release. The environment variable {@code TEALDESK_TEST_DATABASE} decides otherwise:
 * {@code docker}, {@code embedded}, or a JDBC URL that holds user and password. The tests empty what they find there.
 */
public record TestDatabase(String getJdbcUrl, String getUsername, String getPassword) implements JdbcConnectionDetails {

    private static final String IMAGE = "postgres:18";
    private static final Duration DOCKER_ANSWERS_WITHIN = Duration.ofSeconds(2);

    public static TestDatabase running() {
        return Holder.RUNNING;
    }

    /** Locks as the product's does (application.yaml): an index that is made concurrently waits for no transaction of it. */
    public static FluentConfiguration flyway() {
        return Flyway.configure().configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }

    private static class Holder {
        static final TestDatabase RUNNING = start();
    }

    private static TestDatabase start() {
        var wanted = System.getenv().getOrDefault("TEALDESK_TEST_DATABASE", "");
        if (wanted.startsWith("jdbc:")) {
            say("the one named by TEALDESK_TEST_DATABASE");
            return new TestDatabase(wanted, "", "");
        }
        if (wanted.equals("docker") || (wanted.isEmpty() && dockerAnswers())) {
            try {
                var database = inContainer();
                say("Testcontainers, " + IMAGE);
                return database;
            } catch (RuntimeException failure) {
                if (wanted.equals("docker")) {
                    throw failure;
                }
                say("embedded 18, because Docker answers but cannot run " + IMAGE + ": " + failure.getMessage());
                return embedded();
            }
        }
        say("embedded 18" + (wanted.isEmpty() ? ", because no Docker engine answers" : ""));
        return embedded();
    }

    private static TestDatabase inContainer() {
        @SuppressWarnings("resource") // Lives as long as this JVM.
        var container = new PostgreSQLContainer(IMAGE).withCommand("postgres", "-c", "fsync=off");
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return new TestDatabase(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    private static TestDatabase embedded() {
        try {
            @SuppressWarnings("resource") // Lives as long as this JVM; stops itself at its end.
            var server = EmbeddedPostgres.builder()
                    // Knows all of Unicode, whatever the machine's own locales are.
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
            return new TestDatabase(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks as Docker's own client would, but says so within two seconds and without a page of warnings. */
    private static boolean dockerAnswers() {
        return engineAddresses().anyMatch(address -> {
            var answer = CompletableFuture.supplyAsync(() -> pong(address));
            try {
                return answer.get(DOCKER_ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException | TimeoutException e) {
                return false;
            }
        });
    }

    private static Stream<SocketAddress> engineAddresses() {
        var dockerHost = System.getenv("DOCKER_HOST");
        if (dockerHost != null && dockerHost.startsWith("tcp:")) {
            var host = URI.create(dockerHost);
            return Stream.of(new InetSocketAddress(host.getHost(), host.getPort()));
        }
        var sockets = dockerHost != null && dockerHost.startsWith("unix:")
                ? List.of(Path.of(URI.create(dockerHost).getPath()))
                : List.of(
                        Path.of("/var/run/docker.sock"),
                        Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
        return sockets.stream().filter(Files::exists).map(UnixDomainSocketAddress::of);
    }

    private static boolean pong(SocketAddress engine) {
        try (var channel = SocketChannel.open(engine)) {
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            var answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return new String(answer.array(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    private static void say(String which) {
        System.out.println("Tests run on PostgreSQL: " + which);
    }
}
