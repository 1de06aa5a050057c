package io.tealdesk.infra.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.live.Deployment.Event;
import io.tealdesk.infra.live.Deployment.Waits;
import io.tealdesk.infra.live.LiveService.Listener;
import io.tealdesk.infra.live.LiveService.Rule;
import io.tealdesk.infra.live.LiveService.TargetGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusCommandTests {

    private static final Instant START = Instant.parse("2026-11-22T14:00:00Z");
    private static final Waits WAITS = new Waits(Duration.ofMinutes(5), Duration.ofMinutes(10));

    @Test
    void showsADeploymentInTheMiddleOfItsShift() {
        var deployment = deployment(
                "InProgress",
                null,
                null,
                succeeded("Install", 0, 100),
                succeeded("AfterAllowTestTraffic", 102, 120),
                new Event("AllowTraffic", "InProgress", START.plusSeconds(120), null, null));

        assertThat(StatusCommand.lines(service(), deployment, START.plusSeconds(240)))
                .containsExactly(
                        "Backend: blue is primary, 2 healthy task(s)",
                        "  production listener: 10 × green, 90 × blue",
                        "  deployment d-ABCDEF123 of 2026-11-22 14:00 UTC: InProgress after 4 min 0 s",
                        "    Install                Succeeded, 1 min 40 s",
                        "    AfterAllowTestTraffic  Succeeded, 18 s",
                        "    AllowTraffic           InProgress, 2 min 0 s",
                        "  waits still to come: 13 min 0 s (of 5 min 0 s while traffic shifts and 10 min 0 s before blue"
                                + " stops), so not before 2026-11-22 14:17 UTC");
    }

    @Test
    void countsAllWaitsBeforeTrafficShifts() {
        var deployment = deployment("InProgress", null, null, succeeded("Install", 0, 100));

        assertThat(deployment.remainingWaits(START.plusSeconds(300))).contains(Duration.ofMinutes(15));
    }

    @Test
    void countsTheLastWaitOnceTrafficHasShifted() {
        var deployment = deployment("InProgress", null, null, succeeded("AllowTraffic", 100, 400));

        assertThat(deployment.remainingWaits(START.plusSeconds(460))).contains(Duration.ofMinutes(9));
        assertThat(deployment.remainingWaits(START.plusSeconds(4000))).contains(Duration.ZERO);
    }

    @Test
    void saysWhyADeploymentFailed() {
        var hook = new Event("AfterAllowTestTraffic", "Failed", START, START.plusSeconds(30), "hook said Failed");
        var deployment = deployment("Stopped", START.plusSeconds(90), "HEALTH_CONSTRAINTS: a hook failed", hook);

        assertThat(StatusCommand.lines(service(), deployment, START.plusSeconds(500)))
                .contains(
                        "  deployment d-ABCDEF123 of 2026-11-22 14:00 UTC: Stopped after 1 min 30 s",
                        "  HEALTH_CONSTRAINTS: a hook failed",
                        "    AfterAllowTestTraffic  Failed, 30 s: hook said Failed")
                .noneMatch(line -> line.contains("still to come"));
    }

    @Test
    void saysThatNothingWasEverDeployed() {
        assertThat(StatusCommand.lines(service(), null, START)).endsWith("  never deployed");
    }

    private static LiveService service() {
        return new LiveService(
                "Backend",
                new TargetGroup("blue", "arn:blue"),
                new TargetGroup("green", "arn:green"),
                "arn:blue",
                2,
                2,
                List.of(new Rule(
                        Listener.PRODUCTION, "arn:l", "arn:r", false, Map.of("arn:blue", 90, "arn:green", 10))),
                List.of("blue", "green"),
                List.of("arn:l"),
                List.of());
    }

    private static Deployment deployment(
            String status, @Nullable Instant end, @Nullable String problem, Event... events) {
        return new Deployment("d-ABCDEF123", status, START, end, new ArrayList<>(List.of(events)), WAITS, problem);
    }

    private static Event succeeded(String name, int from, int to) {
        return new Event(name, "Succeeded", START.plusSeconds(from), START.plusSeconds(to), null);
    }
}
