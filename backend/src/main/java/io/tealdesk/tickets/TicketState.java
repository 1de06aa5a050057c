package io.tealdesk.tickets;

import io.tealdesk.tickets.Ticket.Speaker;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a merge changes on tickets, kept so that undoing it brings each back exactly. */
record TicketState(
        TicketStatus status,
        @Nullable Instant resolvedAt,
        @Nullable Instant snoozedAt,
        @Nullable Instant snoozedUntil,
        @Nullable UUID snoozedBy,
        Instant lastMessageAt,
        Speaker lastMessageBy) {

    Lane lane() {
        return Lane.of(status, snoozedAt != null);
    }

    boolean standsLike(TicketState other) {
        return status == other.status && Objects.equals(snoozedAt, other.snoozedAt);
    }
}
