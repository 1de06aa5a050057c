package io.tealdesk.sla;

import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a ticket's clocks follow from: the ticket, the changes of its status and of its snooze, its public messages.
 *
 * @param firstStatus before the first change
 * @param changes in order
 * @param messages in order, without the one that opened it
 * @param isMerged another ticket goes on for it
 */
record SlaHistory(
        long number,
        UUID teamId,
        @Nullable UUID organisationId,
        TicketPriority priority,
        TicketStatus status,
        TicketStatus firstStatus,
        Instant createdAt,
        @Nullable Instant firstRepliedAt,
        @Nullable Instant resolvedAt,
        boolean isMerged,
        List<Change> changes,
        List<PublicMessage> messages) {

    boolean isDone() {
        return status.isDone() || isMerged;
    }

    /** A change has one of both. */
    record Change(
            Instant at,
            @Nullable TicketStatus status,
            @Nullable Boolean isSnoozed) {}

    record PublicMessage(long id, Instant at, boolean isByStaff) {}
}
