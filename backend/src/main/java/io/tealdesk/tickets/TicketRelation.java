package io.tealdesk.tickets;

/** What a ticket is to another, as seen from its end. */
public enum TicketRelation {
    RELATED,
    DUPLICATE_OF,
    DUPLICATED_BY,
    BLOCKS,
    BLOCKED_BY;

    /** The same link, seen from the other end. */
    TicketRelation inverse() {
        return switch (this) {
            case RELATED -> RELATED;
            case DUPLICATE_OF -> DUPLICATED_BY;
            case DUPLICATED_BY -> DUPLICATE_OF;
            case BLOCKS -> BLOCKED_BY;
            case BLOCKED_BY -> BLOCKS;
        };
    }

    /** Links are kept from the end whose word comes first. */
    boolean isKept() {
        return this == RELATED || this == DUPLICATE_OF || this == BLOCKS;
    }
}
