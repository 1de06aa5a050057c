package io.tealdesk.conversations;

import static io.tealdesk.conversations.MessageController.ATTACHMENTS_MAX;
import static io.tealdesk.conversations.MessageController.BODY_MAX;

import io.tealdesk.conversations.PortalTickets.PortalScope;
import io.tealdesk.conversations.PortalTickets.PortalState;
import io.tealdesk.conversations.PortalTickets.PortalTicket;
import io.tealdesk.conversations.PortalTickets.PortalTicketRow;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.IdempotentRequests;
import io.tealdesk.shared.Page;
import io.tealdesk.tickets.NewTicket;
import io.tealdesk.tickets.Tickets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What customers do: ask, follow, reply, close, reopen. */
@RestController
@RequestMapping("/api/v1/portal/tickets")
@PreAuthorize("hasRole('CUSTOMER')")
class PortalTicketController {

    private final Conversations conversations;
    private final PortalTickets portalTickets;
    private final Tickets tickets;
    private final IdempotentRequests idempotentRequests;

    PortalTicketController(
            Conversations conversations,
            PortalTickets portalTickets,
            Tickets tickets,
            IdempotentRequests idempotentRequests) {
        this.conversations = conversations;
        this.portalTickets = portalTickets;
        this.tickets = tickets;
        this.idempotentRequests = idempotentRequests;
    }

    @GetMapping
    Page<PortalTicketRow> listPortalTickets(
            @RequestParam(defaultValue = "MINE") PortalScope scope,
            @RequestParam(defaultValue = "OPEN") PortalState state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") @Min(1) @Max(100) int limit,
            @AuthenticationPrincipal Viewer viewer) {
        return portalTickets.page(viewer, scope, state, cursor, limit);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PortalTicket> askForHelp(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid AskForHelpRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var ticket = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/portal/tickets",
                request,
                PortalTicket.class,
                () -> portalTickets.get(
                        conversations.open(
                                viewer,
                                NewTicket.fromRequester(request.subject, viewer.personId()),
                                request.body,
                                request.attachmentIds),
                        viewer));
        return ResponseEntity.created(URI.create("/api/v1/portal/tickets/" + ticket.number()))
                .body(ticket);
    }

    @GetMapping("/{number}")
    PortalTicket getPortalTicket(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return portalTickets.get(number, viewer);
    }

    @PostMapping("/{number}/replies")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<PortalMessage> replyAsCustomer(
            @PathVariable long number,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid CustomerReplyRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var message = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/portal/tickets/" + number + "/replies",
                request,
                PortalMessage.class,
                () -> conversations.replyAsCustomer(
                        number, viewer, request.body, request.attachmentIds, request.lastSeenMessageId));
        return ResponseEntity.status(HttpStatus.CREATED).body(message);
    }

    @PutMapping("/{number}/closure")
    PortalTicket closePortalTicket(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        tickets.closeAsCustomer(number, viewer);
        return portalTickets.get(number, viewer);
    }

    @DeleteMapping("/{number}/closure")
    PortalTicket reopenPortalTicket(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        tickets.reopenAsCustomer(number, viewer);
        return portalTickets.get(number, viewer);
    }

    record AskForHelpRequest(
            @NotBlank @Size(max = 255) String subject,
            @NotBlank @Size(max = BODY_MAX) String body,
            @NotNull @Size(max = ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds) {}

    record CustomerReplyRequest(
            @NotBlank @Size(max = BODY_MAX) String body,
            @NotNull @Size(max = ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds,
            @PositiveOrZero @Nullable Long lastSeenMessageId) {}
}
