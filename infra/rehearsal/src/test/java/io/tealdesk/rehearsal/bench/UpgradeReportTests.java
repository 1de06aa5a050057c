package io.tealdesk.rehearsal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpgradeReportTests {

    private final SampleUpgrade sample = new SampleUpgrade();

    @Test
    void saysHowToRepeatIt() {
        assertThat(report())
                .contains("`infra/rehearse.sh bench-upgrade --from 940dd31`, on two cores")
                .contains("1,000,000 tickets and 6,000,000 messages, loaded in 300 s.")
                .contains("the release 940dd3138b5a")
                .contains("linger at: message, ticket.");
    }

    @Test
    void hasALineForEachStageOperationMigrationAndTable() {
        assertThat(report().lines())
                .contains("| before | 100 s | 0 | 0 | 20 | 70 | 70 | 70 |")
                .contains("| during the migration | 100 s | 4 | 0 | 40 | 40 | 40 | 40 |")
                .contains("| reply | 70, 70 | –, – |")
                .contains("| `V1__search_index.sql` | 12 s |")
                .contains("| message | 20 | ShareRowExclusiveLock: nobody can write it | 35 |"
                        + " `create trigger slow after insert on message` |")
                .contains("- reports are counted 4.20 s after the new release served");
    }

    @Test
    void saysNotWhatALockThatWasSeenOnceWasTakenFor() {
        sample.lock("team", Duration.ZERO);
        assertThat(report().lines())
                .contains("| team | under 20 | ShareRowExclusiveLock: nobody can write it | 0 |  |");
    }

    @Test
    void namesOfATableTheLongestLockAlone() {
        sample.lock("message", Duration.ofMillis(45));
        assertThat(report().lines().filter(line -> line.startsWith("| message |")))
                .singleElement()
                .asString()
                .startsWith("| message | 45 |");
    }

    @Test
    void beginsWithTheVerdict() {
        assertThat(report()).contains("**None of 4 requests failed").doesNotContain("did not survive");
        sample.lostReplies = 1;
        assertThat(report())
                .contains("**The old release did not survive it:**", "- 1 replies were acknowledged and are not there")
                .doesNotContain("**None of");
    }

    private String report() {
        return UpgradeReport.text(
                SampleUpgrade.settings(),
                "infra/rehearse.sh bench-upgrade --from 940dd31",
                SampleUpgrade.BEGIN,
                "two cores",
                sample.findings());
    }
}
