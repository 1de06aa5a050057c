package io.tealdesk.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpgradeFindingsTests {

    private final SampleUpgrade sample = new SampleUpgrade();

    @Test
    void aReleaseThatNoticesNothingSurvives() {
        assertThat(sample.findings().problems()).isEmpty();
    }

    @Test
    void aLockIsTooLongAboveASecond() {
        sample.lock("ticket", Duration.ofSeconds(1));
        assertThat(sample.findings().problems()).isEmpty();
        sample.lock("ticket", Duration.ofMillis(1_001));
        assertThat(sample.findings().problems())
                .containsExactly("A lock on table ticket of 1.0 s (ShareRowExclusiveLock): nobody can write it, during"
                        + " “create trigger slow after insert on ticket”");
    }

    @Test
    void aLockOfTheNextReleaseCountsLikeOneOfItsMigration() {
        sample.lockWhileFilling("message", Duration.ofSeconds(2));
        assertThat(sample.findings().problems()).singleElement().asString().contains("message of 2.0 s");
    }

    @Test
    void aRequestThatFailsIsTold() {
        sample.request("503 no-database");
        sample.done("reply", 130, Duration.ofMillis(10), "POST /replies: 503 no-database");
        assertThat(sample.findings().problems())
                .containsExactly("1 of 5 requests failed", "Not answered as asked: POST /replies: 503 no-database");
    }

    @Test
    void aRenewalThatFailsFailsAlthoughItIsTriedAgain() {
        sample.request("0 nothing came");
        assertThat(sample.findings().problems()).containsExactly("1 of 5 requests failed");
    }

    @Test
    void aLostReplyAnErrorInTheLogAndAFailedMigrationAreTold() {
        sample.lostReplies = 2;
        sample.logged = List.of("JDBC: relation is gone");
        sample.unmigrated = "migrate of next: canceling statement due to lock timeout";
        assertThat(sample.findings().problems())
                .containsExactly(
                        "The migration failed: migrate of next: canceling statement due to lock timeout",
                        "2 replies were acknowledged and are not there",
                        "The old release logged an error: JDBC: relation is gone");
    }

    @Test
    void whatIsDoneBelongsToTheStageItWasPlannedIn() {
        UpgradeFindings findings = sample.findings();
        Latencies before = findings.latencies(findings.stages().get(0), "");
        Latencies during = findings.latencies(findings.stages().get(1), "list");
        assertThat(before.count()).isEqualTo(2);
        assertThat(before.milliseconds(100)).isEqualTo(70);
        assertThat(during.count()).isEqualTo(1);
        assertThat(during.milliseconds(50)).isEqualTo(40);
        assertThat(findings.latencies(findings.stages().get(1), "reply").count())
                .isZero();
    }
}
