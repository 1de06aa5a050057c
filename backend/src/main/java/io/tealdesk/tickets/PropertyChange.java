package io.tealdesk.tickets;

import org.jspecify.annotations.Nullable;

/** A property that went from one value to another, both as {@link TicketProperty} writes them. */
public record PropertyChange(
        TicketProperty property,
        @Nullable String from,
        @Nullable String to) {}
