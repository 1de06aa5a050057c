package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.world.Task;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** When a task of the backend begins to serve. */
final class Readiness {

    private static final int OK = 200;
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(300);

    private Readiness() {}

    static void await(Task task, URI desk) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(STARTS_WITHIN);
        HttpRequest request = HttpRequest.newBuilder(desk.resolve("/actuator/health/readiness"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (!isReady(http, request)) {
                if (!task.isRunning() || Instant.now().isAfter(latest)) {
                    throw new IOException("the backend does not become ready, see " + task.log());
                }
                Thread.sleep(LOOKS_EVERY);
            }
        }
    }

    private static boolean isReady(HttpClient http, HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notYet) {
            return false;
        }
    }
}
