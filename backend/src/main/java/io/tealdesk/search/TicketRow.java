package io.tealdesk.search;

import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketSnooze;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ticket in a list: slim, no texts of messages. */
record TicketRow(
        long number,
        String subject,
        TicketStatus status,
        Lane lane,
        TicketPriority priority,
        NameView requester,
        @Nullable NameView organisation,
        NameView team,
        @Nullable NameView assignee,
        List<String> tags,
        @Nullable Instant dueAt,
        Instant createdAt,
        Instant updatedAt,
        Instant lastMessageAt,
        Speaker lastMessageBy,
        @Nullable TicketSnooze snooze,
        @Nullable TicketSla sla,
        long version) {

    /** Who spoke last. */
    enum Speaker {
        REQUESTER,
        STAFF
    }

    /**
     * What is promised of it and due first.
     *
     * @param dueAt when its time is over; of what is paused only where it was over before
     */
    record TicketSla(
            SlaTarget target, boolean isPaused, @Nullable Instant dueAt) {}

    /** What the SLA clocks tell of. */
    enum SlaTarget {
        FIRST_REPLY,
        NEXT_REPLY,
        RESOLUTION
    }
}
