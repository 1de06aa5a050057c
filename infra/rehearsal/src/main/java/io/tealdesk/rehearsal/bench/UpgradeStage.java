package io.tealdesk.rehearsal.bench;

import java.time.Duration;
import java.time.Instant;

/** A part of the whole time, which agents notice or not. */
record UpgradeStage(String name, Instant from, Instant to) {

    boolean has(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    Duration length() {
        return Duration.between(from, to);
    }
}
