package io.tealdesk.gates;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application in a process of its own, as {@code mvn spring-boot:run} starts it, but without demo data. */
class RunningDesk implements AutoCloseable {

    static final String ADMINISTRATOR = "ada@tealdesk.test";
    static final String PASSWORD = "a long enough password";

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(45);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Process process;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private RunningDesk(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RunningDesk on(Path directory, int port) {
        return started(directory, port, List.of());
    }

    /** A second task on the database of the one that runs on the directory. */
    static RunningDesk joining(Path directory, int port) {
        return started(directory, port, List.of("--tealdesk.embedded.join=true"));
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunningDesk started(Path directory, int port, List<String> more) {
        var arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=embedded",
                "--server.port=" + port,
                "--tealdesk.embedded.directory=" + directory,
                "--tealdesk.embedded.smtp-port=0",
                "--tealdesk.demo.enabled=false",
                "--tealdesk.identity.first-administrator.email=" + ADMINISTRATOR,
                "--tealdesk.identity.first-administrator.password=" + PASSWORD));
        arguments.addAll(more);
        return started(directory.resolveSibling("desk-" + port + ".log"), port, Map.of(), arguments);
    }

    /** A task as ECS runs it: everything comes through the environment. */
    static RunningDesk task(Path log, int port, Map<String, String> environment) {
        return started(log, port, environment, List.of("--server.port=" + port, "--server.address=127.0.0.1"));
    }

    private static RunningDesk started(Path log, int port, Map<String, String> environment, List<String> arguments) {
        var desk = new RunningDesk(process(log, environment, arguments), port);
        desk.awaitReady(log);
        return desk;
    }

    /** The same program with a word such as {@code migrate}: runs to its end and returns its exit code. */
    static int run(Path log, Map<String, String> environment, String... arguments) throws InterruptedException {
        var process = process(log, environment, List.of(arguments));
        if (!process.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("Has not ended, see " + log);
        }
        return process.exitValue();
    }

    private static Process process(Path log, Map<String, String> environment, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "io.tealdesk.DeskApplication"));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            var builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().put("CLASSPATH", mainClassPath());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the tests see, without the tests. */
    private static String mainClassPath() {
        var all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void awaitReady(Path log) {
        var isReady = false;
        try {
            Awaitility.await("readiness, see " + log)
                    .atMost(STARTS_WITHIN)
                    .pollInterval(Duration.ofMillis(200))
                    .failFast("the application has ended, see " + log, () -> !process.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> statusOf("/actuator/health/readiness") == 200 && canLogIn());
            isReady = true;
        } finally {
            if (!isReady) {
                close();
            }
        }
    }

    /** The first administrator is made after the server has begun to answer. */
    private boolean canLogIn() throws IOException {
        return logIn().status() == 200;
    }

    int statusOf(String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path)).build()).status();
    }

    /** SIGKILL: no hook runs, nothing is flushed. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, as ECS stops a task; does not wait for the end. */
    void tellToStop() {
        process.destroy();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Answer logIn() throws IOException {
        return post(null, "/api/v1/sessions", """
                {"email": "%s", "password": "%s"}""".formatted(ADMINISTRATOR, PASSWORD));
    }

    Answer get(String accessToken, String path) throws IOException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + accessToken)
                .build());
    }

    /** A live stream, to be read line by line while it lasts. */
    Stream<String> listen(String accessToken, String lastEventId) throws IOException {
        var request = HttpRequest.newBuilder(uri("/api/v1/live"))
                .header("Authorization", "Bearer " + accessToken)
                .header("Last-Event-ID", lastEventId)
                .build();
        try {
            return http.send(withTimeout(request), BodyHandlers.ofLines()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Answer post(@Nullable String accessToken, String path, String json) throws IOException {
        return post(accessToken, path, UUID.randomUUID().toString(), json);
    }

    Answer post(@Nullable String accessToken, String path, String idempotencyKey, String json) throws IOException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString(json));
        if (accessToken != null) {
            request.header("Authorization", "Bearer " + accessToken);
        }
        return send(request.build());
    }

    Answer put(String accessToken, String path, String ifMatch, String json) throws IOException {
        return send(putting(accessToken, path, json).header("If-Match", ifMatch).build());
    }

    Answer put(String accessToken, String path, String json) throws IOException {
        return send(putting(accessToken, path, json).build());
    }

    private HttpRequest.Builder putting(String accessToken, String path, String json) {
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + accessToken)
                .PUT(BodyPublishers.ofString(json));
    }

    Answer refresh(String refreshToken) throws IOException {
        return send(HttpRequest.newBuilder(uri("/api/v1/sessions/refresh"))
                .header("Cookie", "tealdesk_refresh=" + refreshToken)
                .POST(BodyPublishers.noBody())
                .build());
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            return new Answer(http.send(withTimeout(request), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest withTimeout(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(ANSWERS_WITHIN)
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String etag() {
            return response.headers().firstValue("ETag").orElseThrow();
        }

        String accessToken() {
            return json().path("accessToken").asString();
        }

        String refreshToken() {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith("tealdesk_refresh="))
                    .map(cookie -> cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
