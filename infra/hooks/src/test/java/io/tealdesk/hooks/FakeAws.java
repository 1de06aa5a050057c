package io.tealdesk.hooks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The endpoints of AWS, as far as the hooks call them, at the HTTP boundary: the real clients speak to it. */
class FakeAws implements AutoCloseable {

    final List<Call> calls = new CopyOnWriteArrayList<>();

    private final Map<String, Function<JsonNode, Answer>> operations = new ConcurrentHashMap<>();
    private final JsonMapper json = JsonMapper.shared();
    private final HttpServer server;

    FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Points a client here. */
    <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    FakeAws on(String operation, Function<JsonNode, Answer> answer) {
        operations.put(operation, answer);
        return this;
    }

    List<JsonNode> requests(String operation) {
        return calls.stream()
                .filter(call -> call.operation.equals(operation))
                .map(Call::request)
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            // EC2 speaks forms and XML, everybody else JSON with the operation in a header.
            var operation = target == null
                    ? body.replaceFirst("(?s).*\\bAction=(\\w+).*", "$1")
                    : target.substring(target.indexOf('.') + 1);
            var request = target == null ? json.createObjectNode().put("form", body) : json.readTree(body);
            calls.add(new Call(operation, request));
            var answer = operations
                    .getOrDefault(operation, ignored -> Answer.error(400, "UnknownOperationException"))
                    .apply(request);
            var bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", target == null ? "text/xml" : "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    record Call(String operation, JsonNode request) {}

    record Answer(int status, String body) {

        static Answer ok(String body) {
            return new Answer(200, body);
        }

        static Answer error(int status, String type) {
            return new Answer(status, "{\"__type\":\"" + type + "\",\"message\":\"as the test wants it\"}");
        }
    }
}
