package io.tealdesk.rehearsal.world;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Answers as AWS Secrets Manager does to those who read: every secret has one version, the current one. */
public final class SecretsManager implements AutoCloseable {

    static final String REGION = "eu-central-1";

    private static final String CURRENT = "AWSCURRENT";
    private static final String ARN = "arn:aws:secretsmanager:" + REGION + ":000000000000:secret:";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Secret> secrets = new ConcurrentHashMap<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    SecretsManager(InetAddress address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(requests);
        server.start();
    }

    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /**
     * Makes a secret, or gives it a new value.
     *
     * @return its ARN
     */
    public String put(String name, Map<String, ?> content) {
        String arn = ARN + name + "-AbCdEf";
        secrets.put(name, new Secret(arn, name, UUID.randomUUID().toString(), JSON.writeValueAsString(content)));
        return arn;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Answer answer = answer(String.valueOf(target), asked);
            byte[] body = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.getResponseHeaders()
                    .set("x-amzn-RequestId", UUID.randomUUID().toString());
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(String target, JsonNode asked) {
        String id = asked.path("SecretId").asString("");
        Secret secret = secrets.values().stream()
                .filter(each -> each.name().equals(id) || each.arn().equals(id))
                .findFirst()
                .orElse(null);
        String stage = asked.path("VersionStage").asString(CURRENT);
        if (secret == null || !stage.equals(CURRENT)) {
            return error(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret"
                            + (secret == null ? "." : " value for staging label: " + stage));
        }
        ObjectNode known = JSON.createObjectNode().put("ARN", secret.arn()).put("Name", secret.name());
        return switch (target) {
            case "secretsmanager.GetSecretValue" -> {
                known.put("VersionId", secret.version())
                        .put("SecretString", secret.content())
                        .put("CreatedDate", secret.created().getEpochSecond());
                known.putArray("VersionStages").add(CURRENT);
                yield new Answer(200, known);
            }
            case "secretsmanager.DescribeSecret" -> {
                known.putObject("VersionIdsToStages").putArray(secret.version()).add(CURRENT);
                yield new Answer(200, known);
            }
            default -> error("InvalidRequestException", "The rehearsal's Secrets Manager does not know " + target);
        };
    }

    private static Answer error(String type, String message) {
        return new Answer(400, JSON.createObjectNode().put("__type", type).put("Message", message));
    }

    List<String> names() {
        return secrets.keySet().stream().sorted().toList();
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private record Answer(int status, JsonNode body) {}

    private record Secret(String arn, String name, String version, String content, Instant created) {

        Secret(String arn, String name, String version, String content) {
            this(arn, name, version, content, Instant.now());
        }
    }
}
