package io.tealdesk.tickets;

import java.util.EnumSet;
import java.util.Set;

/** Where a ticket stands. What is done becomes active again only by reopening, which leads to OPEN. */
public enum TicketStatus {
    OPEN,
    IN_PROGRESS,
    WAITING_ON_CUSTOMER,
    WAITING_ON_THIRD_PARTY,
    RESOLVED,
    CLOSED,
    CANCELLED;

    public Lane lane() {
        return switch (this) {
            case OPEN, IN_PROGRESS -> Lane.TO_DO;
            case WAITING_ON_CUSTOMER, WAITING_ON_THIRD_PARTY -> Lane.WAITING;
            case RESOLVED, CLOSED, CANCELLED -> Lane.DONE;
        };
    }

    /** The statuses that this one may change to. */
    public Set<TicketStatus> next() {
        return switch (this) {
            case OPEN, IN_PROGRESS, WAITING_ON_CUSTOMER, WAITING_ON_THIRD_PARTY -> {
                var others = EnumSet.allOf(TicketStatus.class);
                others.remove(this);
                yield others;
            }
            case RESOLVED -> EnumSet.of(OPEN, CLOSED);
            case CLOSED, CANCELLED -> EnumSet.of(OPEN);
        };
    }

    public boolean canTransitionTo(TicketStatus other) {
        return next().contains(other);
    }

    public boolean isDone() {
        return lane() == Lane.DONE;
    }
}
