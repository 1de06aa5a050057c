package io.tealdesk.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The real client against a small S3: what it sends over the wire, and that it runs with the few jars it is given. */
class S3FileStoreTests {

    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private HttpServer server;
    private S3FileStore store;

    @TempDir
    Path directory;

    @BeforeEach
    void anEmptyBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        var properties = new FilesProperties(
                directory,
                "attachments",
                "eu-central-1",
                "http://127.0.0.1:" + server.getAddress().getPort());
        store = new S3FileStore(
                FilesConfiguration.s3(properties)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                        .build(),
                "attachments");
    }

    @AfterEach
    void noServer() {
        server.stop(0);
    }

    @Test
    void givesBackTheVeryBytes() throws IOException {
        var content = new byte[3_000_000];
        new Random(7).nextBytes(content);
        var file = Files.write(directory.resolve("upload"), content);

        store.put("a-key", file);

        assertThat(objects).containsOnlyKeys("/attachments/a-key");
        try (var stored = store.open("a-key")) {
            assertThat(stored.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void forgetsWhatIsDeletedAndMindsNothingThatIsNotThere() throws IOException {
        store.put("a-key", Files.writeString(directory.resolve("upload"), "x"));

        store.delete("a-key");
        store.delete("a-key");

        assertThat(objects).isEmpty();
        assertThatThrownBy(() -> store.open("a-key")).isInstanceOf(RuntimeException.class);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = bodyOf(exchange);
            switch (exchange.getRequestMethod()) {
                case "PUT" -> {
                    objects.put(path, body);
                    exchange.getResponseHeaders().set("ETag", "\"1\"");
                    exchange.sendResponseHeaders(200, -1);
                }
                case "GET" -> {
                    var object = objects.get(path);
                    if (object == null) {
                        exchange.sendResponseHeaders(404, -1);
                    } else {
                        exchange.sendResponseHeaders(200, object.length);
                        exchange.getResponseBody().write(object);
                    }
                }
                case "DELETE" -> {
                    objects.remove(path);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private static byte[] bodyOf(HttpExchange exchange) throws IOException {
        var encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        var body = exchange.getRequestBody();
        return encoding != null && encoding.contains("aws-chunked") ? unchunked(body) : body.readAllBytes();
    }

    /** Chunks of {@code size[;signature]CRLF bytes CRLF}, the last of size 0 and followed by checksums. */
    private static byte[] unchunked(InputStream body) throws IOException {
        var content = new ByteArrayOutputStream();
        for (int size; (size = Integer.parseInt(line(body).split(";", 2)[0], 16)) > 0; line(body)) {
            content.write(body.readNBytes(size));
        }
        body.readAllBytes();
        return content.toByteArray();
    }

    private static String line(InputStream body) throws IOException {
        var line = new StringBuilder();
        for (int next; (next = body.read()) >= 0 && next != '\n'; ) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
