package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Uses the desk a little, as infra/images/train-backend.sh does, so that the JVM learns how. */
final class TrainingRun {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(4);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final int ROUNDS = 3;
    private static final List<String> PATHS =
            List.of("about", "me", "home", "views", "teams", "tags", "organisations", "people", "tickets");

    private final URI desk;
    private final Login login;
    private final JsonMapper json = JsonMapper.shared();

    TrainingRun(URI desk, Login login) {
        this.desk = desk;
        this.login = login;
    }

    void run(Task task) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            awaitReady(task, http);
            HttpResponse<String> session = http.send(
                    request("/api/v1/sessions")
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json.writeValueAsString(
                                    Map.of("email", login.name(), "password", login.password()))))
                            .build(),
                    BodyHandlers.ofString());
            String token = json.readTree(session.body()).path("accessToken").asString("");
            for (int round = 0; round < ROUNDS; round++) {
                for (String path : PATHS) {
                    http.send(
                            request("/api/v1/" + path)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            BodyHandlers.discarding());
                }
            }
        }
    }

    private void awaitReady(Task task, HttpClient http) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(STARTS_WITHIN);
        while (!isReady(http)) {
            if (!task.isRunning() || Instant.now().isAfter(latest)) {
                throw new IOException("the backend does not become ready: " + Files.readString(task.log()));
            }
            Thread.sleep(LOOKS_EVERY);
        }
    }

    private boolean isReady(HttpClient http) throws InterruptedException {
        try {
            return http.send(request("/actuator/health/readiness").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(desk.resolve(path)).timeout(Duration.ofSeconds(30));
    }
}
