package io.tealdesk.conversations;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.IdempotentRequests;
import io.tealdesk.tickets.NewTicket;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView;
import io.tealdesk.tickets.Tickets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages for staff. */
@RestController
@RequestMapping("/api/v1/tickets")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class MessageController {

    static final int BODY_MAX = 50_000;
    static final int ATTACHMENTS_MAX = 10;

    private final Conversations conversations;
    private final Messages messages;
    private final Tickets tickets;
    private final IdempotentRequests idempotentRequests;

    MessageController(
            Conversations conversations, Messages messages, Tickets tickets, IdempotentRequests idempotentRequests) {
        this.conversations = conversations;
        this.messages = messages;
        this.tickets = tickets;
        this.idempotentRequests = idempotentRequests;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TicketView> openTicket(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid OpenTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var ticket = idempotentRequests.once(
                viewer.personId(), key, "POST /api/v1/tickets", request, TicketView.class, () -> {
                    var number = conversations.open(
                            viewer,
                            new NewTicket(
                                    request.subject,
                                    request.requesterId,
                                    request.teamId,
                                    request.assigneeId,
                                    request.priority,
                                    request.tags == null ? List.of() : request.tags,
                                    request.dueAt),
                            request.body,
                            request.attachmentIds);
                    return tickets.opened(number);
                });
        return ResponseEntity.created(URI.create("/api/v1/tickets/" + ticket.number()))
                .eTag(EntityVersion.etag(ticket.version()))
                .body(ticket);
    }

    /** @param after only what is newer than this message */
    @GetMapping("/{number}/messages")
    List<MessageResponse> listMessages(
            @PathVariable long number,
            @RequestParam(defaultValue = "0") @PositiveOrZero long after,
            @AuthenticationPrincipal Viewer viewer) {
        var seen = messages.listAfter(number, after, viewer);
        if (seen.isEmpty()) {
            tickets.requireVisible(number, viewer);
        }
        return seen;
    }

    /**
     * @param draft the version of the draft that this was written as, which ends with it
     * @param signature whether the author's signature stands below it, where there is one
     */
    @PostMapping("/{number}/replies")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<MessageResponse> replyToTicket(
            @PathVariable long number,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(required = false) @PositiveOrZero @Nullable Long draft,
            @RequestParam(defaultValue = "false") boolean signature,
            @RequestBody @Valid ReplyRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return created(idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/tickets/" + number + "/replies",
                request,
                MessageResponse.class,
                () -> conversations.reply(
                        number,
                        viewer,
                        request.body,
                        request.attachmentIds,
                        request.lastSeenMessageId,
                        request.thenStatus,
                        signature,
                        draft)));
    }

    /** @param draft as for a reply */
    @PostMapping("/{number}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<MessageResponse> addNote(
            @PathVariable long number,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestParam(required = false) @PositiveOrZero @Nullable Long draft,
            @RequestBody @Valid NoteRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return created(idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/tickets/" + number + "/notes",
                request,
                MessageResponse.class,
                () -> conversations.addNote(number, viewer, request.body, request.attachmentIds, draft)));
    }

    private static ResponseEntity<MessageResponse> created(MessageResponse message) {
        return ResponseEntity.status(org.springframework.http.HttpStatus.CREATED)
                .body(message);
    }

    record OpenTicketRequest(
            @NotBlank @Size(max = 255) String subject,
            @NotBlank @Size(max = BODY_MAX) String body,
            @NotNull @Size(max = ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds,
            @NotNull UUID requesterId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable TicketPriority priority,
            @Size(max = 20) @Nullable List<@NotNull String> tags,
            @Nullable Instant dueAt) {}

    record ReplyRequest(
            @NotBlank @Size(max = BODY_MAX) String body,
            @NotNull @Size(max = ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds,
            @NotNull @PositiveOrZero Long lastSeenMessageId,
            @Nullable TicketStatus thenStatus) {}

    record NoteRequest(
            @NotBlank @Size(max = BODY_MAX) String body,
            @NotNull @Size(max = ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds) {}
}
