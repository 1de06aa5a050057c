package io.tealdesk.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.json.JsonMapper;

/** Answers GetSecretValue as Secrets Manager does, and can be out of order. */
public class SmallSecretsManager implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean isOutOfOrder;

    public SmallSecretsManager() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        var request = JsonMapper.shared().readTree(exchange.getRequestBody());
        var key = request.path("SecretId").asString()
                + ' '
                + request.path("VersionStage").asString("AWSCURRENT");
        var text = texts.get(key);
        if (isOutOfOrder) {
            respond(exchange, 500, Map.of("__type", "InternalServiceError", "message", "Out of order"));
        } else if (text == null) {
            respond(exchange, 400, Map.of("__type", "ResourceNotFoundException", "message", "There is none"));
        } else if (text.equals(FORBIDDEN)) {
            respond(exchange, 400, Map.of("__type", "AccessDeniedException", "message", "Not for you"));
        } else {
            respond(
                    exchange,
                    200,
                    Map.of("SecretString", text, "VersionId", "version-" + key.hashCode() + "-" + versions.get(key)));
        }
    }

    static final String FORBIDDEN = "forbidden";

    private static void respond(HttpExchange exchange, int status, Map<String, String> json) throws IOException {
        var body = JsonMapper.shared().writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public void put(String id, String json) {
        put(id, SecretStage.AWSCURRENT, json);
    }

    public void put(String id, SecretStage stage, String json) {
        texts.put(id + ' ' + stage, json);
        versions.merge(id + ' ' + stage, 1, Integer::sum);
    }

    public void isOutOfOrder(boolean now) {
        isOutOfOrder = now;
    }

    int requests() {
        return requests.get();
    }

    SecretsManagerClient client() {
        return SecretsManagerClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(configuration -> configuration.retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }

    /** Secrets as the application has them; they are read again when a test says so. */
    public Secrets secrets() {
        return new Secrets(SecretsTests.settings(false), this::client, java.util.Set.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
