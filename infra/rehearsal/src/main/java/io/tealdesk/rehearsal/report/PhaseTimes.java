package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which phase a moment lies in. */
final class PhaseTimes {

    private final TreeMap<Instant, Phase> byBegin = new TreeMap<>();

    PhaseTimes(List<Phase> phases) {
        phases.forEach(phase -> byBegin.put(phase.begin(), phase));
    }

    @Nullable Phase at(Instant moment) {
        var entry = byBegin.floorEntry(moment);
        if (entry == null) {
            return null;
        }
        Instant end = entry.getValue().end();
        return end == null || moment.isBefore(end) ? entry.getValue() : null;
    }

    Phase.Group groupAt(Instant moment) {
        Phase phase = at(moment);
        return phase == null ? Phase.Group.OTHER : phase.group();
    }

    /** From the first phase that is measured to the end of the last; null when none is. */
    @Nullable Measured measured() {
        Instant begin = null;
        Instant end = null;
        for (Phase phase : byBegin.values()) {
            if (phase.group() != Phase.Group.OTHER) {
                begin = begin == null ? phase.begin() : begin;
                end = phase.end();
            }
        }
        return begin == null || end == null ? null : new Measured(begin, end);
    }

    record Measured(Instant begin, Instant end) {

        Duration length() {
            return Duration.between(begin, end);
        }

        boolean contains(Instant moment) {
            return !moment.isBefore(begin) && moment.isBefore(end);
        }
    }
}
