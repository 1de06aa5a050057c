package io.tealdesk.tickets;

import java.util.Arrays;
import java.util.List;

/** How agents see status, and whether a ticket is snoozed. */
public enum Lane {
    TO_DO,
    WAITING,
    DONE;

    /** The statuses of its tickets that are not snoozed. */
    public List<TicketStatus> statuses() {
        return Arrays.stream(TicketStatus.values())
                .filter(status -> status.lane() == this)
                .toList();
    }

    /** What would be to do is waiting while it is snoozed. */
    public static Lane of(TicketStatus status, boolean isSnoozed) {
        return isSnoozed && status.lane() == TO_DO ? WAITING : status.lane();
    }
}
