package io.tealdesk.tickets;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a ticket is opened with.
 *
 * @param teamId null for the default team
 * @param priority null for MEDIUM
 */
public record NewTicket(
        String subject,
        UUID requesterId,
        @Nullable UUID teamId,
        @Nullable UUID assigneeId,
        @Nullable TicketPriority priority,
        List<String> tags,
        @Nullable Instant dueAt) {

    public static NewTicket fromRequester(String subject, UUID requesterId) {
        return new NewTicket(subject, requesterId, null, null, null, List.of(), null);
    }
}
