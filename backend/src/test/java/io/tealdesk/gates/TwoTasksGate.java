package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tealdesk.gates.RunningDesk.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two tasks on one database behave as one: whatever is begun on one goes on at the other. */
@TestInstance(Lifecycle.PER_CLASS)
class TwoTasksGate {

    private static final int LOGIN_TRIES = 10;

    private RunningDesk one;
    private RunningDesk other;
    private Answer signedIn;
    private String accessToken;
    private String requester;

    @BeforeAll
    void start(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path temporary) throws IOException {
        one = RunningDesk.on(temporary.resolve("desk"), RunningDesk.freePort());
        other = RunningDesk.joining(temporary.resolve("desk"), RunningDesk.freePort());
        signedIn = one.logIn();
        accessToken = signedIn.accessToken();
        requester = one.post(accessToken, "/api/v1/people", "{\"name\": \"Ines\", \"email\": \"ines@example.org\"}")
                .json()
                .path("id")
                .asString();
    }

    @AfterAll
    void stop() {
        Stream.of(other, one).filter(Objects::nonNull).forEach(RunningDesk::close);
    }

    @Test
    void aSessionBegunOnOneIsRefreshedOnTheOther() throws IOException {
        var session = one.logIn();

        var refreshed = other.refresh(session.refreshToken());

        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(one.get(refreshed.accessToken(), "/api/v1/me").status()).isEqualTo(200);
    }

    @Test
    void aStolenRefreshTokenIsNoticedWhereverItIsUsed() throws IOException {
        var session = one.logIn();
        var refreshed = one.refresh(session.refreshToken());

        assertThat(other.refresh(session.refreshToken()).status())
                .as("used again")
                .isEqualTo(401);
        assertThat(one.refresh(refreshed.refreshToken()).status())
                .as("the family has ended")
                .isEqualTo(401);
        assertThat(other.get(refreshed.accessToken(), "/api/v1/me").status()).isEqualTo(401);
    }

    @Test
    void repliesOnBothAreOneConversation() throws IOException {
        var number = openTicket(one, UUID.randomUUID().toString(), "Replies on both");
        var first = lastMessage(other, number);

        assertThat(reply(one, number, first, "From one").status()).isEqualTo(201);
        assertThat(reply(other, number, first, "Too late").status())
                .as("there is a newer message on the other task")
                .isEqualTo(409);
        assertThat(reply(other, number, lastMessage(other, number), "From the other")
                        .status())
                .isEqualTo(201);

        assertThat(texts(one, number)).endsWith("From one", "From the other").isEqualTo(texts(other, number));
    }

    @Test
    void aStaleVersionIsRefusedWhereverItWasReadAndChanged() throws IOException {
        var number = openTicket(one, UUID.randomUUID().toString(), "Changed on both");
        var path = "/api/v1/tickets/" + number;
        var seen = other.get(accessToken, path).etag();

        assertThat(one.put(accessToken, path + "/priority", seen, "{\"priority\": \"HIGH\"}")
                        .status())
                .isEqualTo(200);
        assertThat(other.put(accessToken, path + "/priority", seen, "{\"priority\": \"LOW\"}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void oneKeyMakesOneTicketThoughBothTasksAreAskedAtOnce() throws Exception {
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 10; round++) {
                var key = UUID.randomUUID().toString();
                var subject = "One key, round " + round;
                List<Callable<Long>> requests = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    var desk = i % 2 == 0 ? one : other;
                    requests.add(() -> openTicket(desk, key, subject));
                }
                var numbers = new HashSet<Long>();
                for (Future<Long> answer : clients.invokeAll(requests)) {
                    numbers.add(answer.get());
                }
                assertThat(numbers).as(subject).hasSize(1);
            }
        }
    }

    @Test
    void triesToSignInAreCountedAcrossBoth() throws IOException {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < LOGIN_TRIES + 4; i++) {
            answers.add((i % 2 == 0 ? one : other)
                    .post(null, "/api/v1/sessions", """
                            {"email": "nobody@example.org", "password": "not this one either"}""")
                    .status());
        }

        assertThat(answers.subList(0, LOGIN_TRIES)).containsOnly(401);
        assertThat(answers.subList(LOGIN_TRIES, answers.size())).containsOnly(429);
    }

    @Test
    void eachMailLeavesOnceThoughBothSend() throws IOException {
        List<String> invited = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var email = "agent" + i + "@example.org";
            var answer = (i % 2 == 0 ? one : other).post(accessToken, "/api/v1/invitations", """
                    {"email": "%s", "name": "Agent", "role": "AGENT", "teamIds": []}""".formatted(email));
            assertThat(answer.status()).isEqualTo(201);
            invited.add(email);
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(caughtRecipients()).containsAll(invited));
        // Long enough for either task's job to come round again.
        await().during(Duration.ofSeconds(7))
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(caughtRecipients())
                        .filteredOn(invited::contains)
                        .containsExactlyInAnyOrderElementsOf(invited));
    }

    @Test
    void whatChangesOnOneIsToldToWhoeverListensOnTheOther() throws IOException {
        try (var listener = LiveListener.on(other, accessToken, "")) {
            await().until(() -> listener.lines().contains("event: hello"));

            var number = openTicket(one, UUID.randomUUID().toString(), "Told on the other");

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> listener.lines().stream().anyMatch(line -> line.contains("\"ticket\":" + number)));
        }
    }

    @Test
    void whoLooksOnOneIsSeenOnTheOtherWithinASecond() throws IOException {
        var number = openTicket(one, UUID.randomUUID().toString(), "Looked at on both");
        try (var listener = LiveListener.on(other, accessToken, "")) {
            await().until(() -> listener.lines().contains("event: hello"));
            for (var activity : List.of("VIEWING", "REPLYING")) {
                var path = "/api/v1/tickets/" + number + "/presence/" + new UUID(0, number);

                assertThat(one.put(accessToken, path, "{\"activity\": \"" + activity + "\"}")
                                .status())
                        .isEqualTo(204);

                await().atMost(Duration.ofSeconds(1))
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> presences(listener).stream()
                                .anyMatch(line -> line.contains("\"ticket\":" + number) && line.contains(activity)));
            }
        }

        var seen = other.get(accessToken, "/api/v1/presence").json().path("tickets");
        assertThat(seen.valueStream())
                .filteredOn(presence -> presence.path("ticket").asLong() == number)
                .singleElement()
                .satisfies(presence ->
                        assertThat(presence.at("/people/0/activity").asString()).isEqualTo("REPLYING"));
    }

    private static List<String> presences(LiveListener listener) {
        return listener.lines().stream()
                .filter(line -> line.contains("\"people\":"))
                .toList();
    }

    private List<String> caughtRecipients() throws IOException {
        return StreamSupport.stream(
                        one.get(accessToken, "/dev/mail.json").json().spliterator(), false)
                .map(mail -> mail.path("to").path(0).asString())
                .toList();
    }

    private long openTicket(RunningDesk desk, String key, String subject) throws IOException {
        var answer = desk.post(accessToken, "/api/v1/tickets", key, """
                {"requesterId": "%s", "subject": "%s", "body": "Asked once.", "attachmentIds": []}""".formatted(requester, subject));
        assertThat(answer.status()).isEqualTo(201);
        return answer.json().path("number").asLong();
    }

    private Answer reply(RunningDesk desk, long number, long lastSeenMessageId, String text) throws IOException {
        return desk.post(accessToken, "/api/v1/tickets/" + number + "/replies", """
                {"body": "%s", "attachmentIds": [], "lastSeenMessageId": %d}""".formatted(text, lastSeenMessageId));
    }

    private long lastMessage(RunningDesk desk, long number) throws IOException {
        var messages = messages(desk, number);
        return messages.get(messages.size() - 1).path("id").asLong();
    }

    private List<String> texts(RunningDesk desk, long number) throws IOException {
        return StreamSupport.stream(messages(desk, number).spliterator(), false)
                .map(message -> message.path("bodyMarkdown").asString())
                .toList();
    }

    private JsonNode messages(RunningDesk desk, long number) throws IOException {
        return desk.get(accessToken, "/api/v1/tickets/" + number + "/messages").json();
    }
}
