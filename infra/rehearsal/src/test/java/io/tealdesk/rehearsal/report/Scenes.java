package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recordings made by hand, whose figures are known. */
final class Scenes {

    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    static final String OLD = "2d0de47";
    static final String NEW = "7b7c462";

    private Scenes() {}

    /** Ten seconds before, ten while traffic shifts, ten after; a hundred requests in each second. */
    static Recording calm(HandClock clock) {
        Recording recording = new Recording(clock);
        recording.phase(null, "Before", Phase.Group.BEFORE);
        second(recording, clock, 10, OLD, 1);
        recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
        second(recording, clock, 10, NEW, 1);
        recording.phase(null, "After", Phase.Group.AFTER);
        second(recording, clock, 10, NEW, 1);
        recording.end();
        return recording;
    }

    /** In each second latencies of 1 to 100 milliseconds, times a factor. */
    static void second(Recording recording, HandClock clock, int seconds, String release, int factor) {
        for (int second = 0; second < seconds; second++) {
            for (int request = 1; request <= 100; request++) {
                recording.request(answered(clock.instant(), Duration.ofMillis((long) request * factor), release));
                clock.pass(Duration.ofMillis(10));
            }
        }
    }

    static RequestRecord answered(Instant at, Duration latency, String release) {
        return new RequestRecord(
                at.toEpochMilli() % 1000 == 0 ? "asset" : "list", 1, at, at, latency, 200, release, null);
    }

    static RequestRecord failed(Instant at, String operation, int attempt, int status) {
        return new RequestRecord(operation, attempt, at, at, Duration.ofMillis(5), status, null, "answered " + status);
    }

    static Facts facts() {
        return new Facts(
                new Facts.Setup(
                        "rehearsal",
                        "processes",
                        20,
                        new Facts.Version(OLD, "main"),
                        new Facts.Version(NEW, "working tree"),
                        100,
                        "infra/rehearse.sh",
                        List.of("HTTP only: the certificate is not played.")),
                new Facts.Ledger(40, 12, List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                new Facts.Live(4, 4, Duration.ofMillis(80), 0, null),
                List.of(new Facts.ReleaseLog(OLD, List.of()), new Facts.ReleaseLog(NEW, List.of())),
                List.of(outcome("backend", "SUCCEEDED"), outcome("frontend", "SUCCEEDED")),
                List.of());
    }

    static Facts.Outcome outcome(String service, String ended) {
        return new Facts.Outcome(service, "SUCCEEDED", ended, null, Duration.ofSeconds(70));
    }

    static Facts with(Facts facts, Facts.Ledger ledger) {
        return new Facts(facts.setup(), ledger, facts.live(), facts.logs(), facts.deployments(), facts.unproven());
    }

    static Facts with(Facts facts, Facts.Live live) {
        return new Facts(facts.setup(), facts.ledger(), live, facts.logs(), facts.deployments(), facts.unproven());
    }

    /** A clock that is moved by hand. */
    static final class HandClock extends Clock {

        private Instant now = BEGIN;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(@Nullable ZoneId zone) {
            return this;
        }
    }
}
