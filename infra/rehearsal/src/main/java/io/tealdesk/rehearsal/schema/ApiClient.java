package io.tealdesk.rehearsal.schema;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Asks one task directly, and remembers what was not answered as asked. */
final class ApiClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(35);
    private static final Pattern COOKIE = Pattern.compile("tealdesk_refresh=([^;]+)");
    /** What differs from one walk to the next: a failure is the same one with any id. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+|\\?.*");

    private final URI task;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final List<String> failures = new ArrayList<>();
    private String token = "";
    private String cookie = "";

    ApiClient(URI task) {
        this.task = task;
    }

    /** 0 without an answer. */
    int status(String path) throws InterruptedException {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException unreachable) {
            return 0;
        }
    }

    /** As this person from now on; as nobody when that does not work. */
    void signIn(String email, String password) throws InterruptedException {
        signOut();
        token = post("/api/v1/sessions", Map.of("email", email, "password", password))
                .path("accessToken")
                .asString("");
    }

    /** Forgets the person, without telling the desk. */
    void signOut() {
        token = "";
        cookie = "";
    }

    JsonNode get(String path) throws InterruptedException {
        return send("GET", path, BodyPublishers.noBody(), "", "");
    }

    JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        return send("POST", path, json(body), "application/json", "");
    }

    JsonNode upload(String path, byte[] bytes) throws InterruptedException {
        return send("POST", path, BodyPublishers.ofByteArray(bytes), "application/octet-stream", "");
    }

    JsonNode put(String path, Map<String, ?> body) throws InterruptedException {
        return send("PUT", path, json(body), "application/json", "");
    }

    /** On top of the version of what was answered before. */
    JsonNode put(String path, Map<String, ?> body, JsonNode known) throws InterruptedException {
        return send("PUT", path, json(body), "application/json", version(known));
    }

    JsonNode put(String path) throws InterruptedException {
        return send("PUT", path, BodyPublishers.noBody(), "", "");
    }

    JsonNode putOn(String path, JsonNode known) throws InterruptedException {
        return send("PUT", path, BodyPublishers.noBody(), "", version(known));
    }

    JsonNode delete(String path) throws InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody(), "", "");
    }

    JsonNode delete(String path, JsonNode known) throws InterruptedException {
        return send("DELETE", path, BodyPublishers.noBody(), "", version(known));
    }

    private static String version(JsonNode known) {
        return '"' + known.path("version").asString("0") + '"';
    }

    private static BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    private JsonNode send(String method, String path, BodyPublisher body, String type, String version)
            throws InterruptedException {
        HttpRequest.Builder request = request(path).method(method, body);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (!version.isEmpty()) {
            request.header("If-Match", version);
        }
        if (method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!cookie.isEmpty() && path.startsWith("/api/v1/sessions")) {
            request.header("Cookie", "tealdesk_refresh=" + cookie);
        }
        String what = method + " " + ID.matcher(path).replaceAll("…").replace("/api/v…", "/api/v1");
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            keepCookie(response);
            if (response.statusCode() >= 400) {
                failures.add(what + " answers " + response.statusCode());
                return MissingNode.getInstance();
            }
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            return isJson ? JSON.readTree(response.body()) : MissingNode.getInstance();
        } catch (IOException unanswered) {
            failures.add(what + " is not answered");
            return MissingNode.getInstance();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(task.resolve(path)).timeout(ANSWERS_WITHIN);
    }

    private void keepCookie(HttpResponse<?> response) {
        response.headers().allValues("Set-Cookie").stream()
                .map(COOKIE::matcher)
                .filter(Matcher::find)
                .forEach(found -> cookie = found.group(1));
    }

    /** Since the last call. */
    List<String> failures() {
        List<String> all = List.copyOf(failures);
        failures.clear();
        return all;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
