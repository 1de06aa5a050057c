package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tealdesk.gates.RunningDesk.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} in the middle of writing, twice: what was acknowledged is there, once, and the desk starts again. */
class KilledDeskGate {

    private static final int WRITERS = 6;
    private static final int WRITES_BEFORE_KILL = 80;
    private static final int KILLS = 2;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    /** Every write that was begun, by its Idempotency-Key. */
    private final Map<String, Write> begun = new ConcurrentHashMap<>();

    private final int port = RunningDesk.freePort();

    @Test
    void everyAcknowledgedWriteIsThereOnce() throws Exception {
        var directory = temporary.resolve("desk");
        var desk = RunningDesk.on(directory, port);
        try {
            var signedIn = desk.logIn();
            var requester = requester(desk, signedIn.accessToken());
            for (int kill = 1; kill <= KILLS; kill++) {
                writeUntilKilled(desk, desk.logIn().accessToken(), requester, kill);
                desk = RunningDesk.on(directory, port);
                assertThat(desk.refresh(signedIn.refreshToken()).status())
                        .as("a session outlives the kill")
                        .isEqualTo(kill == 1 ? 200 : 401);
            }
            var accessToken = desk.logIn().accessToken();
            assertAcknowledgedWritesAreThere(desk, accessToken);
            repeatUnacknowledgedWrites(desk, accessToken, requester);
            assertEachWriteIsThereOnce(desk, accessToken);
            System.out.printf(
                    "%d kills, %d writes, %d of them unanswered at first: none lost, none doubled%n",
                    KILLS,
                    begun.size(),
                    begun.values().stream().filter(write -> write.isRepeated).count());
        } finally {
            desk.close();
        }
    }

    private void writeUntilKilled(RunningDesk desk, String accessToken, String requester, int kill) throws Exception {
        var acknowledgedBefore = acknowledged();
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        IntStream.range(0, WRITERS)
                .forEach(writer -> writers.execute(() -> {
                    for (int i = 0; desk.isRunning(); i++) {
                        var write = new Write("kill %d writer %d number %d".formatted(kill, writer, i));
                        begun.put(write.key, write);
                        if (!write.send(desk, accessToken, requester)) {
                            return;
                        }
                    }
                }));
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> acknowledged() - acknowledgedBefore >= WRITES_BEFORE_KILL);
        desk.kill();
        writers.shutdown();
        assertThat(writers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    private void assertAcknowledgedWritesAreThere(RunningDesk desk, String accessToken) throws IOException {
        for (var write : begun.values()) {
            if (write.number != 0) {
                assertThat(desk.get(accessToken, "/api/v1/tickets/" + write.number)
                                .json()
                                .path("subject")
                                .asString())
                        .isEqualTo(write.subject);
            }
        }
    }

    /** As a client does that never got its answer. */
    private void repeatUnacknowledgedWrites(RunningDesk desk, String accessToken, String requester) {
        for (var write : begun.values()) {
            if (write.number == 0) {
                write.isRepeated = true;
                assertThat(write.send(desk, accessToken, requester))
                        .as(write.subject)
                        .isTrue();
            }
        }
    }

    private void assertEachWriteIsThereOnce(RunningDesk desk, String accessToken) throws IOException {
        var found = new HashMap<Long, String>();
        List<String> subjects = new ArrayList<>();
        var cursor = "";
        do {
            var page = desk.get(
                            accessToken, "/api/v1/tickets?limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.path("items").forEach(ticket -> {
                found.put(ticket.path("number").asLong(), ticket.path("subject").asString());
                subjects.add(ticket.path("subject").asString());
            });
            cursor = page.path("nextCursor").asString("");
        } while (!cursor.isEmpty());

        assertThat(subjects)
                .containsExactlyInAnyOrderElementsOf(
                        begun.values().stream().map(write -> write.subject).toList());
        begun.values().forEach(write -> assertThat(found).containsEntry(write.number, write.subject));
    }

    private long acknowledged() {
        return begun.values().stream().filter(write -> write.number != 0).count();
    }

    private static String requester(RunningDesk desk, String accessToken) throws IOException {
        Answer added =
                desk.post(accessToken, "/api/v1/people", "{\"name\": \"Ines\", \"email\": \"ines@example.org\"}");
        assertThat(added.status()).isEqualTo(201);
        return added.json().path("id").asString();
    }

    private static class Write {

        final String key = UUID.randomUUID().toString();
        final String subject;
        volatile long number;
        volatile boolean isRepeated;

        Write(String subject) {
            this.subject = subject;
        }

        /** Whether it was acknowledged. */
        boolean send(RunningDesk desk, String accessToken, String requester) {
            try {
                var answer = desk.post(accessToken, "/api/v1/tickets", key, """
                        {"requesterId": "%s", "subject": "%s", "body": "Written while the desk is killed.",
                         "attachmentIds": []}""".formatted(requester, subject));
                if (answer.status() != 201) {
                    return false;
                }
                number = answer.json().path("number").asLong();
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
