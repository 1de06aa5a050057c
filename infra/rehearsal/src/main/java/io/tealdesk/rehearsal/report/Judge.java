package io.tealdesk.rehearsal.report;

import static io.tealdesk.rehearsal.report.Requirement.Result.FAILED;
import static io.tealdesk.rehearsal.report.Requirement.Result.NOT_JUDGED;
import static io.tealdesk.rehearsal.report.Requirement.Result.PASSED;

import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.report.Requirement.Result;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Holds the figures against the checks. What was not tried at all has not been shown, so that it fails. */
record Judge(Facts facts, Tolerance tolerance, OperationFigures all, Rate rate) {

    /** Below this a p99 is the slowest request and says nothing. */
    private static final int ENOUGH_FOR_P99 = 100;

    List<Requirement> requirements() {
        return Arrays.stream(Check.values()).map(this::judge).toList();
    }

    private Requirement judge(Check check) {
        return switch (check) {
            case NOTHING_FAILED -> nothingFailed();
            case NOTHING_LOST -> nothingLost();
            case EVERY_WRITE_ONCE -> everyWriteOnce();
            case NO_SESSION_LOST -> noSessionLost();
            case NO_ASSET_MISSING -> noAssetMissing();
            case LIVE_HANDED_OVER -> liveHandedOver();
            case LOGS_CLEAN -> logsClean();
            case P99_KEPT -> p99Kept();
            case RATE_KEPT -> rateKept();
            case NOTHING_UNPROVEN -> nothingUnproven();
            case ENDED_AS_EXPECTED -> endedAsExpected();
        };
    }

    private Requirement nothingFailed() {
        Counts counts = all.counts();
        if (counts.sent() == 0) {
            return of(Check.NOTHING_FAILED, FAILED, "No request was sent.");
        }
        return of(
                Check.NOTHING_FAILED,
                counts.failed() == 0,
                "%s of %s failed, %s sent again."
                        .formatted(
                                Words.number(counts.failed()),
                                Words.count(counts.sent(), "request"),
                                Words.wereCount(counts.repeated())));
    }

    private Requirement nothingLost() {
        long givenUp = Math.max(all.counts().givenUp(), facts.ledger().givenUp().size());
        List<String> lost = facts.ledger().lost();
        if (all.counts().sent() == 0) {
            return of(Check.NOTHING_LOST, FAILED, "No request was sent.");
        }
        return of(
                Check.NOTHING_LOST,
                givenUp == 0 && lost.isEmpty(),
                "%s never succeeded; %s missing%s"
                        .formatted(
                                Words.count(givenUp, "operation"),
                                Words.isCount(lost.size(), "acknowledged write"),
                                Words.examples(lost)));
    }

    private Requirement everyWriteOnce() {
        Facts.Ledger ledger = facts.ledger();
        if (ledger.writes() == 0) {
            return of(Check.EVERY_WRITE_ONCE, FAILED, "No write was acknowledged, so that nothing is shown.");
        }
        return of(
                Check.EVERY_WRITE_ONCE,
                ledger.doubled().isEmpty() && ledger.unexpected().isEmpty(),
                "Of %s, %s there more than once%s %s found that nobody made%s"
                        .formatted(
                                Words.count(ledger.writes(), "acknowledged write"),
                                Words.isCount(ledger.doubled().size()),
                                Words.examples(ledger.doubled(), ";"),
                                Words.wasCount(ledger.unexpected().size()),
                                Words.examples(ledger.unexpected())));
    }

    private Requirement noSessionLost() {
        Facts.Ledger ledger = facts.ledger();
        if (ledger.sessions() == 0) {
            return of(Check.NO_SESSION_LOST, FAILED, "Nobody was signed in, so that nothing is shown.");
        }
        return of(
                Check.NO_SESSION_LOST,
                ledger.sessionsLost().isEmpty(),
                "%s of %s had to sign in again%s"
                        .formatted(
                                Words.number(ledger.sessionsLost().size()),
                                Words.count(ledger.sessions(), "person", "people"),
                                Words.examples(ledger.sessionsLost())));
    }

    private Requirement noAssetMissing() {
        Counts counts = all.counts();
        if (counts.assets() == 0) {
            return of(Check.NO_ASSET_MISSING, FAILED, "No asset was asked for, so that nothing is shown.");
        }
        return of(
                Check.NO_ASSET_MISSING,
                counts.assetsMissing() == 0,
                "%s of %s for an asset of either release got a 404."
                        .formatted(Words.number(counts.assetsMissing()), Words.count(counts.assets(), "request")));
    }

    private Requirement liveHandedOver() {
        Facts.Live live = facts.live();
        if (live.absence() != null) {
            return of(Check.LIVE_HANDED_OVER, NOT_JUDGED, live.absence());
        }
        if (live.held() == 0) {
            return of(Check.LIVE_HANDED_OVER, FAILED, "No live connection was held, so that nothing is shown.");
        }
        return of(
                Check.LIVE_HANDED_OVER,
                live.handedOver() >= live.held() && live.missed() == 0,
                "%s of %s went on with the new release; %s missed, the longest gap was %s."
                        .formatted(
                                Words.number(live.handedOver()),
                                Words.count(live.held(), "live connection"),
                                Words.wereCount(live.missed(), "event"),
                                Words.duration(live.worstGap())));
    }

    private Requirement logsClean() {
        if (facts.logs().isEmpty()) {
            return of(Check.LOGS_CLEAN, FAILED, "No log was read.");
        }
        List<String> errors =
                facts.logs().stream().flatMap(log -> log.errors().stream()).toList();
        String byRelease = facts.logs().stream()
                .map(log -> "%s in %s".formatted(Words.count(log.errors().size(), "error"), log.release()))
                .collect(Collectors.joining(", "));
        return of(Check.LOGS_CLEAN, errors.isEmpty(), byRelease + Words.examples(errors));
    }

    private Requirement p99Kept() {
        Latencies before = all.latencies(Phase.Group.BEFORE);
        Latencies shift = all.latencies(Phase.Group.SHIFT);
        if (before.count() < ENOUGH_FOR_P99 || shift.count() < ENOUGH_FOR_P99) {
            return of(
                    Check.P99_KEPT,
                    FAILED,
                    "Only %s before and %s while traffic shifted: too few for a p99."
                            .formatted(Words.count(before.count(), "request"), Words.number(shift.count())));
        }
        double ratio = all.p99Ratio().orElse(Double.POSITIVE_INFINITY);
        return of(
                Check.P99_KEPT,
                ratio <= tolerance.p99Ratio(),
                "p99 was %s before and %s while traffic shifted and the old release drained: %s times, at most %s allowed."
                        .formatted(
                                Words.duration(before.p99()),
                                Words.duration(shift.p99()),
                                Words.decimal(ratio),
                                Words.decimal(tolerance.p99Ratio())));
    }

    private Requirement rateKept() {
        List<String> faults = facts.ledger().faults();
        if (!faults.isEmpty()) {
            return of(
                    Check.RATE_KEPT,
                    FAILED,
                    "The load itself had %s%s".formatted(Words.count(faults.size(), "fault"), Words.examples(faults)));
        }
        if (rate.length().isZero()) {
            return of(Check.RATE_KEPT, FAILED, "Nothing was measured.");
        }
        return of(
                Check.RATE_KEPT,
                rate.kept(),
                "%s requests per second asked, %s sent on average over %s, never fewer than %s over ten seconds."
                        .formatted(
                                Words.decimal(rate.asked()),
                                Words.decimal(rate.average()),
                                Words.duration(rate.length()),
                                Words.decimal(rate.lowest())));
    }

    private Requirement nothingUnproven() {
        List<String> unproven = facts.unproven();
        return of(
                Check.NOTHING_UNPROVEN,
                unproven.isEmpty(),
                unproven.isEmpty()
                        ? "Nothing was left out."
                        : "%s could not be played%s"
                                .formatted(Words.count(unproven.size(), "thing"), Words.examples(unproven)));
    }

    private Requirement endedAsExpected() {
        if (facts.deployments().isEmpty()) {
            return of(Check.ENDED_AS_EXPECTED, FAILED, "Nothing was deployed.");
        }
        String sentence = facts.deployments().stream().map(Judge::ended).collect(Collectors.joining("; ", "", "."));
        return of(Check.ENDED_AS_EXPECTED, facts.deployments().stream().allMatch(Facts.Outcome::asExpected), sentence);
    }

    private static String ended(Facts.Outcome outcome) {
        return "%s %s after %s%s%s"
                .formatted(
                        outcome.service(),
                        Words.ended(outcome.ended()),
                        Words.duration(outcome.took()),
                        outcome.reason() == null ? "" : " (" + outcome.reason() + ")",
                        outcome.asExpected() ? "" : ", not " + Words.ended(outcome.expected()));
    }

    private Requirement of(Check check, boolean passed, String sentence) {
        return of(check, passed ? PASSED : FAILED, sentence);
    }

    private Requirement of(Check check, Result result, String sentence) {
        return new Requirement(check, result, tolerance.decides(check), sentence);
    }
}
