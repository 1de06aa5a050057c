package io.tealdesk.tickets;

import org.jspecify.annotations.Nullable;

/** One change that a verb of {@link Ticket} made, on its way into the history. */
record TicketChange(
        TicketEventKind kind,
        @Nullable String from,
        @Nullable String to) {}
