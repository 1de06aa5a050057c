package io.tealdesk.tickets;

import java.util.Arrays;
import java.util.List;

/** How agents see status. */
public enum Lane {
    TO_DO,
    WAITING,
    DONE;

    public List<TicketStatus> statuses() {
        return Arrays.stream(TicketStatus.values())
                .filter(status -> status.lane() == this)
                .toList();
    }
}
