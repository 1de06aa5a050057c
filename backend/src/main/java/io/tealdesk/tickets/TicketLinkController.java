package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.tickets.TicketLinks.TicketLink;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a ticket is to others. */
@RestController
@RequestMapping("/api/v1/tickets/{number}/links")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class TicketLinkController {

    private final TicketLinks links;

    TicketLinkController(TicketLinks links) {
        this.links = links;
    }

    @GetMapping
    List<TicketLink> listTicketLinks(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return links.links(number, viewer);
    }

    /** The link is the same however often it is put. */
    @PutMapping
    TicketLink linkTicket(
            @PathVariable long number,
            @RequestBody @Valid LinkTicketRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return links.link(number, request.relation, request.number, viewer);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlinkTicket(@PathVariable long number, @PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        links.unlink(number, id, viewer);
    }

    /** @param relation what the ticket of the address is to the other */
    record LinkTicketRequest(
            @NotNull TicketRelation relation, @NotNull Long number) {}
}
