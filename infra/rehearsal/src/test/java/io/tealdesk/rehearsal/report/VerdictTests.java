package io.tealdesk.rehearsal.report;

import static io.tealdesk.rehearsal.report.Scenes.NEW;
import static io.tealdesk.rehearsal.report.Scenes.OLD;
import static io.tealdesk.rehearsal.report.Scenes.answered;
import static io.tealdesk.rehearsal.report.Scenes.failed;
import static io.tealdesk.rehearsal.report.Scenes.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import io.tealdesk.rehearsal.report.Scenes.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTests {

    private final HandClock clock = new HandClock();
    private final Facts facts = Scenes.facts();

    @Test
    void passesWhenNothingIsLost() {
        Verdict verdict = Verdict.of(Scenes.calm(clock), facts);

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.all().counts()).isEqualTo(new Counts(3000, 0, 0, 0, 30, 0));
        assertThat(verdict.requestsByRelease()).containsEntry(OLD, 1000L).containsEntry(NEW, 2000L);
        assertThat(verdict.lost()).isZero();
    }

    @Test
    void percentilesAreExact() {
        Verdict verdict = Verdict.of(Scenes.calm(clock), facts);

        assertThat(verdict.all().latencies(Phase.Group.BEFORE))
                .isEqualTo(new Latencies(
                        1000,
                        Duration.ofMillis(50),
                        Duration.ofMillis(95),
                        Duration.ofMillis(99),
                        Duration.ofMillis(100)));
        assertThat(verdict.all().p99Ratio()).hasValue(1.0);
    }

    @Test
    void aShiftThatIsSlowerThanTwiceIsTooSlow() {
        assertThat(brokenBy(shiftSlowerBy(2))).isEmpty();
        assertThat(brokenBy(shiftSlowerBy(3))).containsExactly(Check.P99_KEPT);
    }

    /** A desk that stands still for a second delays what was due meanwhile, and that is its latency. */
    @Test
    void waitingToBeSentCountsAsLatency() {
        Recording recording = new Recording(clock);
        recording.phase(null, "Before", Phase.Group.BEFORE);
        Instant due = clock.instant();
        Instant sent = due.plusSeconds(1);
        recording.request(new RequestRecord("list", 1, due, sent, Duration.ofMillis(1010), 200, OLD, null));
        clock.pass(Duration.ofMillis(500));
        recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
        clock.pass(Duration.ofSeconds(1));
        recording.end();

        Verdict verdict = Verdict.of(recording, facts);

        assertThat(verdict.all().latencies(Phase.Group.BEFORE).p99()).isEqualTo(Duration.ofMillis(1010));
        assertThat(verdict.all().latencies(Phase.Group.SHIFT).count()).isZero();
    }

    @Test
    void anEmptyRecordingDoesNotPass() {
        Recording recording = new Recording(clock);

        Verdict verdict = Verdict.of(recording, facts);

        assertThat(verdict.passed()).isFalse();
        assertThat(brokenBy(verdict))
                .containsExactly(
                        Check.NOTHING_FAILED,
                        Check.NOTHING_LOST,
                        Check.NO_ASSET_MISSING,
                        Check.P99_KEPT,
                        Check.RATE_KEPT);
    }

    @Test
    void whatWasNotTriedIsNotShown() {
        Facts nothing = new Facts(
                facts.setup(),
                new Facts.Ledger(0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                new Facts.Live(0, 0, Duration.ZERO, 0, null),
                List.of(),
                List.of(),
                List.of());

        assertThat(brokenBy(Verdict.of(Scenes.calm(clock), nothing)))
                .containsExactly(
                        Check.EVERY_WRITE_ONCE,
                        Check.NO_SESSION_LOST,
                        Check.LIVE_HANDED_OVER,
                        Check.LOGS_CLEAN,
                        Check.ENDED_AS_EXPECTED);
    }

    @Test
    void aFailedAttemptThatWasRepeatedIsFailedAndNotLost() {
        Recording recording = Scenes.calm(clock);
        recording.request(failed(clock.instant(), "reply", 1, 502));
        recording.request(
                new RequestRecord("reply", 2, clock.instant(), clock.instant(), Duration.ofMillis(9), 201, NEW, null));

        Verdict verdict = Verdict.of(recording, facts);

        assertThat(brokenBy(verdict)).containsExactly(Check.NOTHING_FAILED);
        assertThat(verdict.all().counts()).isEqualTo(new Counts(3002, 1, 1, 0, 30, 0));
    }

    @Test
    void anOperationWhoseLastAttemptFailedIsLost() {
        Recording recording = Scenes.calm(clock);
        recording.request(failed(clock.instant(), "reply", 1, 502));
        recording.request(failed(clock.instant(), "reply", 2, 503));
        recording.request(failed(clock.instant(), "list", 1, 503));

        Verdict verdict = Verdict.of(recording, facts);

        assertThat(brokenBy(verdict)).containsExactly(Check.NOTHING_FAILED, Check.NOTHING_LOST);
        assertThat(verdict.lost()).isEqualTo(2);
    }

    @Test
    void failuresOfAKindAreCountedTogether() {
        Recording recording = Scenes.calm(clock);
        Instant inShift = Scenes.BEGIN.plusSeconds(15);
        recording.request(failed(inShift.plusSeconds(1), "reply", 1, 502));
        recording.request(failed(inShift, "reply", 1, 502));

        assertThat(Verdict.of(recording, facts).failures())
                .containsExactly(new FailureGroup("reply", "answered 502", "backend AllowTraffic", null, 2, inShift));
    }

    @Test
    void aMissingAssetBreaksItsRequirement() {
        Recording recording = Scenes.calm(clock);
        Instant at = clock.instant();
        recording.request(new RequestRecord("asset", 1, at, at, Duration.ofMillis(3), 404, NEW, null));

        assertThat(brokenBy(Verdict.of(recording, facts))).containsExactly(Check.NO_ASSET_MISSING);
    }

    @Test
    void eachFindingOfTheLedgerBreaksItsOwnRequirement() {
        assertThat(brokenBy(ledger(List.of("reply r-1"), List.of(), List.of(), List.of())))
                .containsExactly(Check.NOTHING_LOST);
        assertThat(brokenBy(ledger(List.of(), List.of("reply r-1"), List.of(), List.of())))
                .containsExactly(Check.EVERY_WRITE_ONCE);
        assertThat(brokenBy(ledger(List.of(), List.of(), List.of("reply r-1"), List.of())))
                .containsExactly(Check.EVERY_WRITE_ONCE);
        assertThat(brokenBy(ledger(List.of(), List.of(), List.of(), List.of("dana"))))
                .containsExactly(Check.NO_SESSION_LOST);
    }

    @Test
    void aLiveConnectionThatIsDroppedOrMissesAnEventBreaksItsRequirement() {
        assertThat(brokenBy(live(4, 3, 0))).containsExactly(Check.LIVE_HANDED_OVER);
        assertThat(brokenBy(live(4, 4, 1))).containsExactly(Check.LIVE_HANDED_OVER);
    }

    @Test
    void releasesWithoutLiveConnectionsAreNotJudgedForThem() {
        Facts without = with(facts, new Facts.Live(0, 0, Duration.ZERO, 0, "The old release has none."));

        Verdict verdict = Verdict.of(Scenes.calm(clock), without);

        assertThat(verdict.requirement(Check.LIVE_HANDED_OVER).result()).isEqualTo(Requirement.Result.NOT_JUDGED);
        assertThat(verdict.passed()).isTrue();
    }

    @Test
    void logsUnprovenLinesAndOutcomesBreakTheirRequirements() {
        Facts bad = new Facts(
                facts.setup(),
                facts.ledger(),
                facts.live(),
                List.of(new Facts.ReleaseLog(OLD, List.of("backend-blue-1: out of memory"))),
                List.of(Scenes.outcome("backend", "ROLLED_BACK")),
                List.of("service.yaml:12: stickiness"));

        assertThat(brokenBy(Verdict.of(Scenes.calm(clock), bad)))
                .containsExactly(Check.LOGS_CLEAN, Check.NOTHING_UNPROVEN, Check.ENDED_AS_EXPECTED);
    }

    @Test
    void aGapInTheLoadBreaksTheRate() {
        Recording recording = new Recording(clock);
        recording.phase(null, "Before", Phase.Group.BEFORE);
        Scenes.second(recording, clock, 200, OLD, 1);
        clock.pass(Duration.ofSeconds(3));
        recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
        Scenes.second(recording, clock, 200, NEW, 1);
        recording.end();

        Verdict verdict = Verdict.of(recording, facts);

        assertThat(brokenBy(verdict)).containsExactly(Check.RATE_KEPT);
        assertThat(verdict.rate().lowestSecond()).isZero();
        assertThat(verdict.rate().lowest()).isEqualTo(70);
        assertThat(verdict.rate().average()).isGreaterThan(99);
    }

    @Test
    void aDrillUnderTrafficBearsFailuresAndNoLoss() {
        Recording recording = Scenes.calm(clock);
        recording.request(failed(clock.instant(), "reply", 1, 502));
        recording.request(answered(clock.instant(), Duration.ofMillis(9), NEW));

        assertThat(Verdict.of(recording, facts, Tolerance.faultUnderTraffic()).passed())
                .isFalse();
        recording.request(
                new RequestRecord("reply", 2, clock.instant(), clock.instant(), Duration.ofMillis(9), 201, NEW, null));
        Verdict verdict = Verdict.of(recording, facts, Tolerance.faultUnderTraffic());
        assertThat(verdict.passed()).isTrue();
        assertThat(verdict.requirement(Check.NOTHING_FAILED).result()).isEqualTo(Requirement.Result.FAILED);
    }

    private Verdict shiftSlowerBy(int factor) {
        Recording recording = new Recording(clock);
        recording.phase(null, "Before", Phase.Group.BEFORE);
        Scenes.second(recording, clock, 10, OLD, 1);
        recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
        Scenes.second(recording, clock, 10, NEW, factor);
        recording.end();
        return Verdict.of(recording, facts);
    }

    private Verdict ledger(List<String> lost, List<String> doubled, List<String> unexpected, List<String> sessions) {
        Facts.Ledger ledger = new Facts.Ledger(40, 12, lost, doubled, unexpected, sessions, List.of(), List.of());
        return Verdict.of(Scenes.calm(clock), with(facts, ledger));
    }

    private Verdict live(long held, long handedOver, long missed) {
        Facts.Live live = new Facts.Live(held, handedOver, Duration.ofMillis(80), missed, null);
        return Verdict.of(Scenes.calm(clock), with(facts, live));
    }

    private static List<Check> brokenBy(Verdict verdict) {
        return verdict.broken().stream().map(Requirement::check).toList();
    }
}
