package io.tealdesk.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tealdesk.hooks.SmokeTestSettings.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A desk over real HTTP, as much of it as a release check uses, whose answers can be spoilt one by one. */
class FakeDesk implements AutoCloseable {

    static final Credentials CUSTOMER = new Credentials("release-check@synthetic.invalid", "the-password-of-nobody");
    static final String TOKEN = "a.signed.token";
    static final String PAGE =
            "<!doctype html><script type=\"module\" crossorigin src=\"/assets/index-Bv3x9QaL.js\"></script>";

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<Long, JsonNode> tickets = new ConcurrentHashMap<>();
    final Map<Long, String> statusOfTicket = new ConcurrentHashMap<>();
    volatile String release = "new";
    final AtomicInteger openSessions = new AtomicInteger();

    private final Map<String, Long> ticketOfKey = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Reply>> spoilt = new ConcurrentHashMap<>();
    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;

    FakeDesk() {
        this(server());
    }

    /** For a server that speaks TLS. */
    FakeDesk(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://localhost:" + port());
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** From now on this is how a request, such as {@code GET /actuator/health}, is answered. */
    FakeDesk spoil(String request, Consumer<Reply> answer) {
        spoilt.put(request, answer);
        return this;
    }

    long count(String request) {
        return requests.stream().filter(request::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var request = exchange.getRequestMethod() + " " + path;
        requests.add(request);
        var reply = new Reply(exchange);
        var answer = spoilt.get(request);
        if (answer == null && path.startsWith("/assets/missing-")) {
            answer = spoilt.get("GET /assets/missing");
        }
        if (answer != null) {
            answer.accept(reply);
        } else {
            answer(request, path, reply);
        }
    }

    private void answer(String request, String path, Reply reply) {
        switch (request) {
            case "GET /api/v1/about" -> reply.header("X-Release", release).json(200, "{}");
            case "GET /actuator/health" -> reply.json(200, "{\"status\":\"UP\"}");
            case "POST /api/v1/sessions" -> signIn(reply);
            case "DELETE /api/v1/sessions/current" -> signOut(reply);
            case "POST /api/v1/portal/tickets" -> openTicket(reply);
            case "GET /api/v1/portal/tickets", "GET /api/v1/me" -> reply.json(200, "{}");
            case "GET /" -> reply.header("Cache-Control", "no-store").send(200, "text/html;charset=utf-8", PAGE);
            case "GET /assets/index-Bv3x9QaL.js" ->
                reply.header("Cache-Control", "public, max-age=31536000, immutable")
                        .send(200, "text/javascript", "console.log('tealdesk')");
            default -> {
                if (path.startsWith("/api/v1/portal/tickets/")) {
                    ticket(reply, path.substring("/api/v1/portal/tickets/".length()));
                } else {
                    reply.send(404, "text/plain", "Not found");
                }
            }
        }
    }

    private void signIn(Reply reply) {
        var body = json.readTree(reply.requestBody());
        if (!body.path("email").asString("").equals(CUSTOMER.email())
                || !body.path("password").asString("").equals(CUSTOMER.password())) {
            reply.problem(401, "/problems/invalid-credentials");
            return;
        }
        openSessions.incrementAndGet();
        reply.header("Set-Cookie", "tealdesk_refresh=opaque; Path=/api/v1/sessions; HttpOnly")
                .json(200, "{\"accessToken\":\"" + TOKEN + "\",\"expiresInSeconds\":600}");
    }

    private void signOut(Reply reply) {
        if (reply.requestHeader("Cookie").equals("tealdesk_refresh=opaque")) {
            openSessions.decrementAndGet();
        }
        reply.send(204, "", "");
    }

    private void openTicket(Reply reply) {
        if (isStranger(reply)) {
            return;
        }
        var number =
                ticketOfKey.computeIfAbsent(reply.requestHeader("Idempotency-Key"), key -> 10001L + ticketOfKey.size());
        tickets.put(number, json.readTree(reply.requestBody()));
        statusOfTicket.put(number, "RECEIVED");
        reply.json(201, describe(number));
    }

    private void ticket(Reply reply, String path) {
        if (isStranger(reply)) {
            return;
        }
        var number = Long.valueOf(path.split("/", 2)[0]);
        if (path.endsWith("/closure")) {
            statusOfTicket.put(number, "CLOSED");
        }
        reply.json(200, describe(number));
    }

    private String describe(long number) {
        var ticket = tickets.getOrDefault(number, json.createObjectNode());
        return json.writeValueAsString(Map.of(
                "number", number,
                "subject", ticket.path("subject").asString(""),
                "status", statusOfTicket.getOrDefault(number, "RECEIVED"),
                "messages", List.of(Map.of("bodyHtml", ticket.path("body").asString("")))));
    }

    private static boolean isStranger(Reply reply) {
        if (reply.requestHeader("Authorization").equals("Bearer " + TOKEN)) {
            return false;
        }
        reply.problem(401, "/problems/not-signed-in");
        return true;
    }

    /** One request and what is answered to it. */
    record Reply(HttpExchange exchange) {

        String requestHeader(String name) {
            var value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }

        String requestBody() {
            try {
                return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Reply header(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
            return this;
        }

        void json(int status, String body) {
            send(status, "application/json", body);
        }

        void problem(int status, String type) {
            send(status, "application/problem+json", "{\"type\":\"" + type + "\"}");
        }

        void send(int status, String contentType, String body) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.getResponseHeaders().set("Content-Type", contentType);
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            } catch (IOException e) {
                // The check has gone away, as some tests mean it to.
            }
        }
    }
}
