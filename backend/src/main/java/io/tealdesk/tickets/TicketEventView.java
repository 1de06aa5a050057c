package io.tealdesk.tickets;

import io.tealdesk.tickets.TicketView.NameView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a ticket's history.
 *
 * @param actor absent where Tealdesk itself made the change
 */
record TicketEventView(
        long id,
        TicketEventKind kind,
        @Nullable NameView actor,
        @Nullable TicketEventValue from,
        @Nullable TicketEventValue to,
        Instant occurredAt) {}
