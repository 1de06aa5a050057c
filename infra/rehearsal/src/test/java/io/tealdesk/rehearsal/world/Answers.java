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
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Asks tasks that may still be starting. */
final class Answers implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    HttpResponse<String> get(Task task, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(task, path))
                        .timeout(Duration.ofSeconds(2))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> signIn(Task task, Login login) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri(task, "/api/v1/sessions"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(login.name(), login.password())))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Waits until the task answers so. */
    HttpResponse<String> await(Task task, String path, Integer... statuses) throws InterruptedException, IOException {
        Instant latest = Instant.now().plus(STARTS_WITHIN);
        while (true) {
            try {
                HttpResponse<String> answer = get(task, path);
                if (Set.of(statuses).contains(answer.statusCode())) {
                    return answer;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
            if (!task.isRunning() || Instant.now().isAfter(latest)) {
                throw new AssertionError(task + " does not answer: " + Files.readString(task.log()));
            }
        }
    }

    private static URI uri(Task task, String path) {
        return URI.create("http://" + task.address().getHostString() + ":"
                + task.address().getPort() + path);
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
