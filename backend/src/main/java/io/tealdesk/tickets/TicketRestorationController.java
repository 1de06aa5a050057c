package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes a change of one ticket back. No version is asked for: whatever somebody has changed since stays. */
@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketRestorationController {

    private final TicketBatches batches;
    private final Tickets tickets;

    TicketRestorationController(TicketBatches batches, Tickets tickets) {
        this.batches = batches;
        this.tickets = tickets;
    }

    @PutMapping("/api/v1/tickets/{number}/restoration")
    ResponseEntity<RestoredTicket> restoreTicket(
            @PathVariable long number,
            @RequestBody @Valid RestoreTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var changes = request.changes.stream().map(RestoredChange::checked).toList();
        var outcome = batches.restore(number, changes, viewer, request.changedAt);
        var ticket = tickets.opened(number);
        return ResponseEntity.ok()
                .eTag(EntityVersion.etag(ticket.version()))
                .body(new RestoredTicket(
                        ticket, outcome.kept().stream().distinct().collect(Collectors.toList())));
    }

    /**
     * @param changes as they were made, each property once
     * @param changedAt when they were made
     */
    record RestoreTicketRequest(
            @NotEmpty @Size(max = 8) List<@Valid @NotNull RestoredChange> changes,
            @NotNull Instant changedAt) {}

    /**
     * Values as the history writes them: names of statuses and priorities, ids, instants, tags joined by commas;
     * {@code ANSWER} for a snooze that an answer ends.
     *
     * @param from what is restored; absent for none
     * @param to what the change left
     */
    record RestoredChange(
            @NotNull TicketProperty property,
            @Size(max = 2000) @Nullable String from,
            @Size(max = 2000) @Nullable String to) {

        private PropertyChange checked() {
            return new PropertyChange(property, property.checked(from), property.checked(to));
        }
    }

    /** @param kept what stays, because somebody has changed it since or it cannot be as it was */
    record RestoredTicket(TicketView ticket, List<TicketProperty> kept) {}
}
