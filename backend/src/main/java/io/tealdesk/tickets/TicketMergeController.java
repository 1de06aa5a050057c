package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.IdempotentRequests;
import io.tealdesk.tickets.TicketMerges.MergedTicket;
import io.tealdesk.tickets.TicketMerges.SeenTicket;
import io.tealdesk.tickets.TicketMerges.TicketMerge;
import io.tealdesk.tickets.TicketMerges.UndoneMerge;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
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
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tickets that become part of another. */
@RestController
@RequestMapping("/api/v1")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketMergeController {

    private final TicketMerges merges;
    private final IdempotentRequests idempotentRequests;

    TicketMergeController(TicketMerges merges, IdempotentRequests idempotentRequests) {
        this.merges = merges;
        this.idempotentRequests = idempotentRequests;
    }

    /** All of them or none; each as it was seen. */
    @PostMapping("/ticket-merges")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<TicketMerge> mergeTickets(
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid MergeTicketsRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var merge = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/ticket-merges",
                request,
                TicketMerge.class,
                () -> merges.merge(
                        viewer,
                        request.target.seen(),
                        request.tickets.stream().map(TicketToMerge::seen).toList(),
                        Boolean.TRUE.equals(request.withOtherRequesters)));
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(EntityVersion.etag(merge.target().version()))
                .body(merge);
    }

    /** Brings the merged tickets back; said twice, it does nothing more. */
    @DeleteMapping("/ticket-merges/{id}")
    UndoneMerge undoMerge(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return merges.undo(id, viewer);
    }

    /** What has become part of the ticket. */
    @GetMapping("/tickets/{number}/merged")
    List<MergedTicket> listMergedTickets(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return merges.merged(number, viewer);
    }

    /** @param withOtherRequesters also tickets of other people, who go on seeing their own messages alone */
    record MergeTicketsRequest(
            @NotNull @Valid TicketToMerge target,
            @NotEmpty @Size(max = TicketMerges.TICKETS_MAX) List<@NotNull @Valid TicketToMerge> tickets,
            @Nullable Boolean withOtherRequesters) {}

    /** @param version as it was seen; a ticket that was changed since is not merged */
    record TicketToMerge(
            @NotNull Long number, @NotNull @PositiveOrZero Long version) {

        SeenTicket seen() {
            return new SeenTicket(number, version);
        }
    }
}
