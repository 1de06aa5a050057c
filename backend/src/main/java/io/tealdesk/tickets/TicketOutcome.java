package io.tealdesk.tickets;

import io.tealdesk.shared.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one ticket of several.
 *
 * @param changes what is different now, all of it or, where it was refused, nothing
 * @param kept what was not restored, because somebody has changed it since, or cannot be
 */
public record TicketOutcome(
        long number,
        List<PropertyChange> changes,
        List<TicketProperty> kept,
        @Nullable Problem refusal) {

    static TicketOutcome refused(long number, Problem refusal) {
        return new TicketOutcome(number, List.of(), List.of(), refusal);
    }
}
