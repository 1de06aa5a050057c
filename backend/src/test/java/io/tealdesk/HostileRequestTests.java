package io.tealdesk;

import static io.tealdesk.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.files.AttachmentFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/**
 * Requests that no well-behaved client can send, byte by byte to a real web server: what it, its firewall and the
 * streaming of bodies refuse never reaches the code that {@link HostileInputTests} asks.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
@Import(DeskTestConfiguration.class)
@ExtendWith(FreshDesk.class)
class HostileRequestTests {

    private static final int ANSWERS_WITHIN_MILLIS = 20_000;
    private static final int MEGABYTE = 1024 * 1024;

    @LocalServerPort
    int port;

    @Autowired
    DeskFixtures fixtures;

    @Autowired
    AttachmentFiles files;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    Environment environment;

    private ApiDesk desk;
    private String untouched;

    @BeforeEach
    void aDesk() {
        desk = new ApiDesk(fixtures, files, jdbc, clock, true);
        untouched = desk.fingerprint();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/../actuator/prometheus",
                "/api/v1/about/../../../actuator/prometheus",
                "/actuator/health/../prometheus",
                "/api/v1/%2e%2e/%2e%2e/actuator/prometheus",
                "/api/v1/..%2factuator/prometheus",
                "/api/v1/..;/actuator/prometheus",
                "/actuator;x/prometheus",
                "/actuator/health;/../prometheus",
                "/actuator/prometheus;jsessionid=1",
                "/api/v1/me;jsessionid=1",
                "/api/v1//me",
                "//api/v1/me",
                "//evil.example:99999999/api/v1/me",
                "/./api/v1/me",
                "/api/v1/me%00",
                "/api/v1/me%0d%0aX-Evil:1",
                "/api/v1/%2fme",
                "/api/v1/%5cme",
                "/api/v1/%252e%252e/me",
                "/api/v1/me%",
                "/api/v1/me%zz",
                "/api/v1/tickets/%ff",
                "/api/v1/tickets/%ed%a0%80",
                "/api/v1/tickets/10001%00",
                "/api\\v1\\me",
                "/api/v1/me/",
                "/api/v1/me.json",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator",
                "/api/v1/tickets?text=%00",
                "/api/v1/tickets?text=%ff",
                "/api/v1/tickets?text=%zz",
                "/api/v1/tickets?text=%",
                "/api/v1/tickets?text=%ed%a0%80",
                "/api/v1/tickets?%00=1"
            })
    void opensNoSideDoor(String target) throws IOException {
        var path = target.substring(0, (target + "?").indexOf('?'));
        for (var token : new String[] {null, token()}) {
            var answer = send(request("GET", target, token, ""));

            // A parameter that the list does not know is none of its business.
            if (!target.endsWith("?%00=1") || token == null) {
                assertThat(answer.status).as(path).isIn(400, 401, 403, 404);
                assertRefused(
                        answer,
                        answer.status,
                        "malformed-request",
                        "not-signed-in",
                        "not-found",
                        "forbidden",
                        "validation-failed");
            }
            assertThat(answer.body).doesNotContain("jvm_", desk.owner.email());
            assertThat(answer.headers).doesNotContainKey("x-evil");
        }
        assertNothingChanged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE",
                "GET",
                "GET /api/v1/me HTTP/9.9",
                "G<T /api/v1/me HTTP/1.1",
                "GET /api/v1/<me> HTTP/1.1",
                "GET /api/v1/me HTTP/1.1\r\nBad Header: x",
                "GET /api/v1/me HTTP/1.1\r\nX: a\0b",
                "POST /api/v1/sessions HTTP/1.1\r\nContent-Length: -1",
                "POST /api/v1/sessions HTTP/1.1\r\nContent-Length: x",
                "POST /api/v1/sessions HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
                "POST /api/v1/sessions HTTP/1.1\r\nTransfer-Encoding: nonsense",
                "TRACE /api/v1/me HTTP/1.1",
                "CONNECT /api/v1/me HTTP/1.1",
                "FOO /api/v1/me HTTP/1.1"
            })
    void answersWhatIsNoHttpWithAProblem(String head) throws IOException {
        var answer = send((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status).isIn(400, 405, 501, 505);
        assertRefused(answer, answer.status, "malformed-request", "internal-error", "method-not-allowed");
        assertNothingChanged();
    }

    @Test
    void refusesHeadersBeyondTheirSize() throws IOException {
        assertRefused(
                send(request("GET", "/api/v1/about?x=" + "y".repeat(20_000), null, "")), 400, "malformed-request");
        assertRefused(
                send(request("GET", "/api/v1/about", null, "X-Long: " + "y".repeat(20_000) + "\r\n")),
                400,
                "malformed-request");
    }

    @Test
    void refusesMoreParametersThanAnybodyNeeds() throws IOException {
        var tags = "tag=a&".repeat(1200);

        assertRefused(
                send(request("GET", "/api/v1/tickets?" + tags, token(), "")),
                400,
                "malformed-request",
                "validation-failed");
    }

    @Test
    void acceptsNoFormForJson() throws IOException {
        var form = "subject=S&body".getBytes(StandardCharsets.UTF_8);
        var broken = "subject=S&body=%zz&%ff".getBytes(StandardCharsets.UTF_8);

        assertRefused(
                send(post("/api/v1/tickets", "application/x-www-form-urlencoded", form)),
                415,
                "unsupported-media-type");
        assertRefused(
                send(post("/api/v1/tickets", "application/x-www-form-urlencoded", broken)), 400, "malformed-request");
        assertNothingChanged();
    }

    @Test
    void refusesAMegabyteOfSubject() throws IOException {
        var json = ("{\"subject\":\"" + "x".repeat(MEGABYTE)
                        + "\",\"body\":\"B\",\"attachmentIds\":[],\"requesterId\":\"" + desk.owner.personId() + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertRefused(send(post("/api/v1/tickets", "application/json", json)), 413, "body-too-large");
        assertRefused(send(chunked("/api/v1/tickets", "application/json", json)), 413, "body-too-large");
        assertNothingChanged();
    }

    @Test
    void refusesAnEndlessBodyOfAStranger() throws IOException {
        var json = ("{\"email\":\"" + "x".repeat(2 * MEGABYTE) + "\",\"password\":\"x\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertRefused(send(chunkedAnonymously("/api/v1/sessions", json)), 413, "body-too-large");
        assertNothingChanged();
    }

    @Test
    void rendersDeepMessagesOnAVirtualThread() throws IOException {
        for (var body : new String[] {
            "*".repeat(24_000) + "x" + "*".repeat(24_000),
            "[".repeat(9_000) + "x" + "](y)".repeat(9_000),
            "![".repeat(9_000) + "x" + "](y)".repeat(7_500),
            "*a _b ".repeat(4_000) + "c_ d*".repeat(4_000),
            "> ".repeat(20_000) + "x"
        }) {
            var json = ("{\"body\":\"" + body + "\",\"attachmentIds\":[]}").getBytes(StandardCharsets.UTF_8);

            var answer = send(post("/api/v1/tickets/" + desk.ticket + "/notes", "application/json", json));

            assertThat(answer.status).as(body.substring(0, 10)).isEqualTo(201);
        }
    }

    @Test
    void refusesTwentySixMegabytes() throws Exception {
        var temporary = temporaryFiles();
        var stored = storedFiles();
        var bytes = new byte[26 * MEGABYTE];

        assertRefused(
                send(post("/api/v1/attachments?fileName=big.bin", "application/octet-stream", bytes)),
                413,
                "attachment-too-large");
        assertRefused(
                send(chunked("/api/v1/attachments?fileName=big.bin", "application/octet-stream", bytes)),
                413,
                "attachment-too-large");

        assertNothingChanged();
        assertNothingLeftBut(temporary);
        assertThat(storedFiles()).isEqualTo(stored);
    }

    @Test
    void keepsTwentyFiveMegabytes() throws IOException {
        var bytes = new byte[25 * MEGABYTE];

        assertThat(send(chunked("/api/v1/attachments?fileName=big.bin", "application/octet-stream", bytes)).status)
                .isEqualTo(201);
    }

    @Test
    void keepsNothingOfAnUploadThatBreaksOff() throws Exception {
        var temporary = temporaryFiles();
        var stored = storedFiles();
        var head = "POST /api/v1/attachments?fileName=a.bin HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + token() + "\r\nContent-Type: application/octet-stream\r\n";

        for (var body : new String[] {
            "Content-Length: 1000000\r\n\r\n" + "x".repeat(500_000),
            "Transfer-Encoding: chunked\r\n\r\n7a120\r\n" + "x".repeat(500_000) + "\r\n"
        }) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
                socket.getInputStream().readAllBytes();
            }
        }

        assertNothingChanged();
        assertNothingLeftBut(temporary);
        assertThat(storedFiles()).isEqualTo(stored);
    }

    @Test
    void readsFileNamesFromTheAddressAsText() throws IOException {
        var target = "/api/v1/attachments?fileName=..%2f..%2f%e2%80%aegnp%0d%0aX-Evil%3a1.svg";
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".getBytes(StandardCharsets.UTF_8);
        var uploaded = send(post(target, "application/octet-stream", svg));
        assertThat(uploaded.status).isEqualTo(201);

        var answer = send(request("GET", "/api/v1/attachments/" + JsonPath.read(uploaded.body, "$.id"), token(), ""));

        assertThat(answer.status).isEqualTo(200);
        assertThat(answer.headers).doesNotContainKey("x-evil");
        assertThat(answer.headers.get("content-disposition"))
                .startsWith("attachment;")
                .doesNotContain("..");
        assertThat(answer.headers).containsEntry("x-content-type-options", "nosniff");
        assertThat(answer.headers).containsEntry("content-type", "application/octet-stream");
        assertRefused(
                send(post("/api/v1/attachments?fileName=a%00b.txt", "application/octet-stream", svg)),
                400,
                "malformed-request");
    }

    /** The id that an operator finds in the log is the one in the answer, also where the answer is written late. */
    @Test
    void keepsTheRequestIdOfARefusedRequest() throws IOException {
        var answer = send(request("GET", "/api/v1//me", null, "X-Request-Id: asked-by-a-test\r\n"));

        assertThat(answer.headers).containsEntry("x-request-id", "asked-by-a-test");
        assertThat(JsonPath.<String>read(answer.body, "$.requestId")).isEqualTo("asked-by-a-test");
    }

    private String token() {
        return new AccessTokenForge(environment, clock).of(desk.agent);
    }

    private void assertRefused(Answer answer, int status, String... slugs) {
        assertThat(answer.status).as(answer.body).isEqualTo(status);
        assertThat(answer.headers.get("content-type")).startsWith("application/problem+json");
        assertProblem(answer.body, status, slugs);
    }

    private void assertNothingChanged() {
        assertThat(desk.fingerprint()).isEqualTo(untouched);
    }

    /** Another build on this machine may just be uploading as well: what it has there goes by itself. */
    private static void assertNothingLeftBut(Set<Path> before) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(before).containsAll(temporaryFiles()));
    }

    private static Set<Path> temporaryFiles() throws IOException {
        try (var entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return entries.filter(path -> path.getFileName().toString().matches("upload-.*\\.part"))
                    .collect(Collectors.toSet());
        }
    }

    private static long storedFiles() throws IOException {
        try (var entries = Files.walk(Path.of("target", "test-files"))) {
            return entries.filter(Files::isRegularFile).count();
        }
    }

    private static byte[] request(String method, String target, @Nullable String token, String headers) {
        return (method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
                        + headers
                        + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] post(String target, String type, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(request("POST", target, token(), headers(type) + "Content-Length: " + body.length + "\r\n"));
        bytes.write(body);
        return bytes.toByteArray();
    }

    private byte[] chunked(String target, String type, byte[] body) throws IOException {
        return chunked(request("POST", target, token(), headers(type) + "Transfer-Encoding: chunked\r\n"), body);
    }

    private static byte[] chunkedAnonymously(String target, byte[] body) throws IOException {
        return chunked(
                request("POST", target, null, headers("application/json") + "Transfer-Encoding: chunked\r\n"), body);
    }

    private static byte[] chunked(byte[] head, byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(head);
        for (int from = 0; from < body.length; from += 100_000) {
            var length = Math.min(100_000, body.length - from);
            bytes.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            bytes.write(body, from, length);
            bytes.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    private static String headers(String type) {
        return "Content-Type: " + type + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
    }

    /** Reads while it writes: a server may answer before it has heard everything. */
    private Answer send(byte[] request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
            var writer = Thread.startVirtualThread(() -> write(socket, request));
            var answer = socket.getInputStream().readAllBytes();
            writer.interrupt();
            return Answer.parsed(answer);
        }
    }

    private static void write(Socket socket, byte[] request) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(request);
            out.flush();
        } catch (SocketException e) {
            // The server has answered and does not want the rest.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Answer(int status, Map<String, String> headers, String body) {

        static Answer parsed(byte[] bytes) {
            var text = new String(bytes, StandardCharsets.UTF_8);
            var end = text.indexOf("\r\n\r\n");
            assertThat(end).as("an answer: %s", text).isPositive();
            var lines = text.substring(0, end).lines().toList();
            var headers = new TreeMap<String, String>();
            lines.stream()
                    .skip(1)
                    .forEach(line -> headers.put(
                            line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                            line.substring(line.indexOf(':') + 1).strip()));
            var body = text.substring(end + 4);
            var status = Integer.parseInt(lines.getFirst().substring(9, 12));
            return new Answer(
                    status, headers, "chunked".equals(headers.get("transfer-encoding")) ? dechunked(body) : body);
        }

        private static String dechunked(String body) {
            return body.lines().filter(line -> !line.matches("[0-9a-f]{1,5}")).collect(Collectors.joining());
        }
    }
}
