package io.tealdesk.conversations;

import io.tealdesk.conversations.TicketSplits.TicketSplit;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.IdempotentRequests;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Messages that become a ticket of their own. */
@RestController
@RequestMapping("/api/v1/tickets/{number}")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketSplitController {

    private final TicketSplits splits;
    private final IdempotentRequests idempotentRequests;

    TicketSplitController(TicketSplits splits, IdempotentRequests idempotentRequests) {
        this.splits = splits;
        this.idempotentRequests = idempotentRequests;
    }

    @PostMapping("/splits")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TicketSplit> splitTicket(
            @PathVariable long number,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid SplitTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var split = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/tickets/" + number + "/splits",
                request,
                TicketSplit.class,
                () -> splits.split(number, viewer, request.messageIds, request.subject, request.requesterId));
        return ResponseEntity.created(
                        URI.create("/api/v1/tickets/" + split.ticket().number()))
                .body(split);
    }

    /** Of the ticket that was made; said twice, it does nothing more. */
    @DeleteMapping("/split")
    TicketSplit undoSplit(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return splits.undo(number, viewer);
    }

    /** @param requesterId absent for the one who asked on the ticket; who it is sees the public ones of the messages */
    record SplitTicketRequest(
            @NotEmpty @Size(max = Messages.MESSAGES_MAX) List<@NotNull Long> messageIds,
            @NotBlank @Size(max = 255) String subject,
            @Nullable UUID requesterId) {}
}
