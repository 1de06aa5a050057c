package io.tealdesk.rehearsal.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real web server that does what a test wants of a desk. */
final class SmallDesk implements AutoCloseable {

    /** @param key the Idempotency-Key */
    record Asked(
            String method,
            String path,
            @Nullable String key,
            @Nullable String token,
            @Nullable String cookie) {}

    private static final int TOKEN_LIFETIME_SECONDS = 600;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    final List<RequestRecord> records = new CopyOnWriteArrayList<>();
    final SteadyClock clock = new SteadyClock();

    SmallDesk() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                headers.getFirst("Idempotency-Key"),
                headers.getFirst("Authorization"),
                headers.getFirst("Cookie")));
        exchange.getResponseHeaders().set("X-Release", "r1");
        handlers.getOrDefault(exchange.getRequestURI().getPath(), other -> answer(other, 404, "nothing here"))
                .handle(exchange);
    }

    SmallDesk on(String path, HttpHandler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** The first refresh gives token 1 and cookie 1, the next 2 and 2, and so on. */
    SmallDesk withSessions() {
        var count = new java.util.concurrent.atomic.AtomicInteger();
        return on("/api/v1/sessions/refresh", exchange -> answerSession(exchange, count.incrementAndGet()));
    }

    static void answerSession(HttpExchange exchange, int number) throws IOException {
        exchange.getResponseHeaders().add("Set-Cookie", Session.COOKIE + "=cookie" + number + "; HttpOnly");
        answer(
                exchange,
                200,
                "{\"accessToken\":\"token%d\",\"expiresInSeconds\":%d}".formatted(number, TOKEN_LIFETIME_SECONDS));
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    /** As a task that is killed does it. */
    static void breakOff(HttpExchange exchange) {
        exchange.close();
    }

    List<Asked> asked(String path) {
        return asked.stream().filter(each -> each.path().equals(path)).toList();
    }

    Wire wire(Duration patience) {
        return new Wire(URI.create("http://localhost:" + server.getAddress().getPort()), patience, records::add, clock);
    }

    static Browser browser(Wire wire, Duration patience) {
        return new Browser(wire, "198.18.0.1", new Session(wire, "198.18.0.1", "cookie0"), patience);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
