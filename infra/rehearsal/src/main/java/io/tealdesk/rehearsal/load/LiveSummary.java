package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The agents' live connections.
 *
 * @param held how many are open
 * @param handovers each time that one went on elsewhere
 * @param missed events that a connection should have brought and did not
 * @param absence why there can be none; null where there can
 */
public record LiveSummary(
        int held,
        List<Handover> handovers,
        long missed,
        @Nullable String absence) {

    /**
     * @param from the release that said goodbye or broke off
     * @param to the release that went on
     * @param gap how long there was no connection
     * @param announced whether it was said before
     */
    public record Handover(
            String person,
            Instant at,
            @Nullable String from,
            @Nullable String to,
            Duration gap,
            boolean announced) {}

    /** How many people's connections went from one release on to another. */
    public long handedOver() {
        return handovers.stream()
                .filter(handover -> !Objects.equals(handover.from, handover.to))
                .map(Handover::person)
                .distinct()
                .count();
    }

    public Duration worstGap() {
        return handovers.stream().map(Handover::gap).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
