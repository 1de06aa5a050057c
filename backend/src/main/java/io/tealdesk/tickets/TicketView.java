package io.tealdesk.tickets;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket as staff see it. Customers get a shape of their own, in {@code conversations}.
 *
 * @param mergedInto the ticket that this one leads to, for one that has become part of another
 */
public record TicketView(
        long number,
        String subject,
        TicketStatus status,
        Lane lane,
        List<TicketStatus> allowedStatuses,
        TicketPriority priority,
        RequesterView requester,
        NameView team,
        @Nullable NameView assignee,
        List<String> tags,
        @Nullable Instant dueAt,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant firstRepliedAt,
        @Nullable Instant resolvedAt,
        @Nullable TicketSnooze snooze,
        @Nullable NameView snoozedBy,
        @Nullable Long mergedInto,
        long version) {

    /** A person, team or organisation by name. */
    public record NameView(UUID id, String name) {}

    /** Who asked. */
    public record RequesterView(
            UUID id, String name, String email, @Nullable NameView organisation) {}
}
