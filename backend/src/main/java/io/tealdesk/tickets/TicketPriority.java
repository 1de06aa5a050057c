package io.tealdesk.tickets;

/** In rising order. */
public enum TicketPriority {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
