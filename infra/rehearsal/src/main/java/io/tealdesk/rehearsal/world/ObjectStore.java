package io.tealdesk.rehearsal.world;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A bucket as S3 has it, for what the desk does with one: put, get, head, delete of whole objects by path-style
 * addresses. Written here because the library there is for it, S3Proxy, brings fifty others for these four requests.
 * Everybody may do everything; checksums are checked, for a cut-off upload has to fail as it does on S3.
 */
public final class ObjectStore implements AutoCloseable {

    private static final String CHECKSUM = "x-amz-checksum-crc32";
    private static final DateTimeFormatter TIME = DateTimeFormatter.RFC_1123_DATE_TIME;

    private final Path directory;
    private final String bucket;
    private final Map<String, Stored> objects = new ConcurrentHashMap<>();
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    ObjectStore(InetAddress address, Path directory, String bucket) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.bucket = bucket;
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(requests);
        server.start();
    }

    public URI endpoint() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    public String bucket() {
        return bucket;
    }

    public int size() {
        return objects.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders()
                    .set("x-amz-request-id", UUID.randomUUID().toString());
            String path = exchange.getRequestURI().getPath();
            String prefix = "/" + bucket + "/";
            if (!path.startsWith(prefix) || path.length() == prefix.length()) {
                refuse(exchange, 404, "NoSuchBucket");
                return;
            }
            String key = path.substring(prefix.length());
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, key);
                case "GET", "HEAD" -> get(exchange, key);
                case "DELETE" -> {
                    Stored stored = objects.remove(key);
                    if (stored != null) {
                        Files.deleteIfExists(stored.file());
                    }
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> refuse(exchange, 501, "NotImplemented");
            }
        }
    }

    private void put(HttpExchange exchange, String key) throws IOException {
        Headers asked = exchange.getRequestHeaders();
        InputStream body = exchange.getRequestBody();
        String announced = asked.getFirst(CHECKSUM);
        byte[] content;
        if (isChunked(asked)) {
            AwsChunks chunks = AwsChunks.read(body);
            content = chunks.content();
            announced = chunks.trailers().getOrDefault(CHECKSUM, announced);
            String length = asked.getFirst("x-amz-decoded-content-length");
            if (length != null && Long.parseLong(length) != content.length) {
                refuse(exchange, 400, "IncompleteBody");
                return;
            }
        } else {
            content = body.readAllBytes();
        }
        String checksum = checksum(content);
        if (announced != null && !announced.equals(checksum)) {
            refuse(exchange, 400, "BadDigest");
            return;
        }
        // Never half an object, whoever reads meanwhile.
        Path unfinished = directory.resolve(UUID.randomUUID() + ".part");
        Path file = directory.resolve(URLEncoder.encode(key, StandardCharsets.UTF_8));
        Files.write(unfinished, content);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        objects.put(key, new Stored(file, checksum, asked.getFirst("Content-Type")));
        exchange.getResponseHeaders().set("ETag", etag(checksum));
        exchange.getResponseHeaders().set(CHECKSUM, checksum);
        exchange.sendResponseHeaders(200, -1);
    }

    private static boolean isChunked(Headers asked) {
        return Objects.requireNonNullElse(asked.getFirst("x-amz-content-sha256"), "")
                .startsWith("STREAMING-");
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        Stored stored = objects.get(key);
        if (stored == null) {
            refuse(exchange, 404, "NoSuchKey");
            return;
        }
        byte[] content = Files.readAllBytes(stored.file());
        Headers headers = exchange.getResponseHeaders();
        headers.set("ETag", etag(stored.checksum()));
        headers.set(CHECKSUM, stored.checksum());
        headers.set("x-amz-checksum-type", "FULL_OBJECT");
        headers.set(
                "Last-Modified",
                TIME.format(ZonedDateTime.ofInstant(
                        Files.getLastModifiedTime(stored.file()).toInstant(), ZoneOffset.UTC)));
        headers.set("Content-Type", Objects.requireNonNullElse(stored.contentType(), "binary/octet-stream"));
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] body = """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>%s</Code><Message>%s</Message></Error>
                """.formatted(code, code).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String etag(String checksum) {
        return '"' + checksum + '"';
    }

    private static String checksum(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        int value = (int) crc.getValue();
        return Base64.getEncoder()
                .encodeToString(
                        new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
    }

    private record Stored(
            Path file, String checksum, @Nullable String contentType) {}
}
