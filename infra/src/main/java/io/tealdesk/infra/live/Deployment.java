package io.tealdesk.infra.live;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of one service, as CodeDeploy tells it.
 *
 * @param waits how long it waits by design: while traffic is shifted, and before blue is stopped
 * @param problem why it failed; null unless it did
 */
record Deployment(
        String id,
        String status,
        Instant start,
        @Nullable Instant end,
        List<Event> events,
        Waits waits,
        @Nullable String problem) {

    boolean isRunning() {
        return end == null;
    }

    Duration elapsed(Instant now) {
        return Duration.between(start, end == null ? now : end);
    }

    /**
     * What is still to be waited through by design; empty once it is over. Work (green's start, the smoke test) comes on
     * top as long as traffic has not begun to shift.
     */
    Optional<Duration> remainingWaits(Instant now) {
        if (!isRunning()) {
            return Optional.empty();
        }
        var shift = event("AllowTraffic");
        if (shift.isEmpty() || shift.get().start() == null) {
            return Optional.of(waits.shift.plus(waits.termination));
        }
        if (shift.get().end() == null) {
            return Optional.of(left(waits.shift, shift.get().start(), now).plus(waits.termination));
        }
        return Optional.of(left(waits.termination, shift.get().end(), now));
    }

    private static Duration left(Duration whole, Instant since, Instant now) {
        var left = whole.minus(Duration.between(since, now));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Optional<Event> event(String name) {
        return events.stream().filter(event -> event.name.equals(name)).findFirst();
    }

    record Event(
            String name,
            String status,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String problem) {}

    record Waits(Duration shift, Duration termination) {}
}
