package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two tasks, one of them killed as the breaches begin and started again: each warning and each breach is told once. */
class SlaGate {

    private static final int TICKETS = 120;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void eachBreachIsToldOnceThoughATaskDiesMeanwhile() throws Exception {
        var directory = temporary.resolve("desk");
        var one = RunningDesk.on(directory, RunningDesk.freePort());
        RunningDesk other = null;
        try {
            other = RunningDesk.joining(directory, RunningDesk.freePort());
            var accessToken = one.logIn().accessToken();
            var requester = one.post(accessToken, "/api/v1/people", """
                            {"name": "Ines", "email": "ines@example.org"}""")
                    .json()
                    .path("id")
                    .asString();
            assertThat(one.post(accessToken, "/api/v1/sla-policies", """
                            {"name": "A minute", "rules": {"teamIds": [], "organisationIds": [], "priorities": [],
                             "firstReplyMinutes": 1, "resolutionMinutes": 1, "aroundTheClock": true, "pauses": [],
                             "warningPercent": 50,
                             "onWarning": {"notifyAssignee": false, "notifyTeam": false, "personIds": []},
                             "onBreach": {"notifyAssignee": false, "notifyTeam": false, "personIds": [],
                                          "raiseTo": "CRITICAL"}}}""").status())
                    .isEqualTo(201);
            var numbers = new ArrayList<Long>();
            for (int i = 0; i < TICKETS; i++) {
                numbers.add((i % 2 == 0 ? one : other)
                        .post(accessToken, "/api/v1/tickets", UUID.randomUUID().toString(), """
                                {"requesterId": "%s", "subject": "Help", "body": "Now.", "attachmentIds": []}""".formatted(requester))
                        .json()
                        .path("number")
                        .asLong());
            }

            awaiting(() -> breaches(one, accessToken, numbers.getFirst()).contains("SLA_BREACHED FIRST_REPLY"));
            other.kill();
            other = RunningDesk.joining(directory, RunningDesk.freePort());
            // A job whose task died is taken up by another within 80 seconds.
            for (var number : numbers) {
                awaiting(() -> breaches(one, accessToken, number).size() == 4);
            }
            await().during(Duration.ofSeconds(12))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> {
                        for (var number : numbers) {
                            assertThat(breaches(one, accessToken, number))
                                    .containsExactlyInAnyOrder(
                                            "SLA_WARNING FIRST_REPLY",
                                            "SLA_WARNING RESOLUTION",
                                            "SLA_BREACHED FIRST_REPLY",
                                            "SLA_BREACHED RESOLUTION");
                        }
                    });
        } finally {
            if (other != null) {
                other.close();
            }
            one.close();
        }
    }

    private static void awaiting(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(500))
                .until(condition);
    }

    private static List<String> breaches(RunningDesk desk, String accessToken, long number) throws IOException {
        return desk.get(accessToken, "/api/v1/tickets/" + number + "/events")
                .json()
                .valueStream()
                .filter(event -> event.path("kind").asString().startsWith("SLA_"))
                .map(event -> event.path("kind").asString() + " "
                        + event.path("to").path("value").asString())
                .toList();
    }
}
