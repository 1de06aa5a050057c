package io.tealdesk.bulk;

import io.tealdesk.tickets.TicketProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An edit of many tickets and how far it is.
 *
 * @param undoes the edit that this one undoes
 * @param undoneBy the edit that undoes this one
 * @param undoableUntil absent while it cannot be undone: it is an undo itself, is undone, or its time is over
 * @param done how many are worked off, with whatever outcome
 */
record BulkEdit(
        UUID id,
        BulkAction action,
        @Nullable UUID undoes,
        @Nullable UUID undoneBy,
        int total,
        int done,
        int changed,
        int unchanged,
        int kept,
        int refused,
        int stopped,
        Instant askedAt,
        @Nullable Instant stoppedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant undoableUntil) {

    /**
     * One of its tickets.
     *
     * @param subject absent where its asker may not see the ticket any more
     * @param reason the type of the refusal
     * @param part what of the edit was refused
     * @param kept what stayed, where another edit is undone
     */
    record BulkEditTicket(
            long number,
            @Nullable String subject,
            @Nullable BulkOutcome outcome,
            @Nullable String reason,
            @Nullable String part,
            List<TicketProperty> kept) {}
}
