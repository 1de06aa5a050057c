package io.tealdesk.tickets;

/** In rising order. */
public enum TicketPriority {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The most urgent has rank 0; PostgreSQL sorts by the same rank. */
    public int urgencyRank() {
        return switch (this) {
            case CRITICAL -> 0;
            case HIGH -> 1;
            case MEDIUM -> 2;
            case LOW -> 3;
        };
    }
}
