package io.tealdesk.demo;

import io.tealdesk.tickets.TicketEventKind;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All rows of the demo, in the order in which they came about; tickets by the time they were opened. */
record DemoDesk(
        List<TeamRow> teams, List<OrganisationRow> organisations, List<PersonRow> people, List<DemoTicket> tickets) {

    record TeamRow(UUID id, String name, String description, boolean isDefault) {}

    record OrganisationRow(UUID id, String name, boolean sharesTickets) {}

    record PersonRow(
            UUID id,
            String name,
            String email,
            String role,
            String locale,
            @Nullable UUID organisationId,
            List<UUID> teamIds) {}

    record DemoTicket(
            UUID requesterId,
            UUID organisationId,
            String scenario,
            String subject,
            TicketStatus status,
            TicketPriority priority,
            UUID teamId,
            @Nullable UUID assigneeId,
            List<String> tags,
            @Nullable Instant dueAt,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant firstRepliedAt,
            @Nullable Instant resolvedAt,
            List<DemoMessage> messages,
            List<DemoEvent> events) {

        /** The newest one that the customer sees, too. */
        DemoMessage lastReply() {
            return messages.reversed().stream()
                    .filter(message -> !message.isInternal())
                    .findFirst()
                    .orElseThrow();
        }
    }

    record DemoMessage(
            UUID authorId,
            boolean isFromRequester,
            boolean isInternal,
            String markdown,
            Instant createdAt,
            List<DemoAttachment> attachments) {}

    /** What the file is about; it is drawn when it is stored. */
    record DemoAttachment(String kind, String fileName, Map<String, String> facts) {}

    record DemoEvent(
            @Nullable UUID actorId,
            TicketEventKind kind,
            @Nullable String from,
            @Nullable String to,
            Instant occurredAt) {}
}
