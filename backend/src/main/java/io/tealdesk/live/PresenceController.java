package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who is at which ticket, as each open browser tab says every quarter of a minute. */
@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class PresenceController {

    private final Presences presences;

    PresenceController(Presences presences) {
        this.presences = presences;
    }

    @GetMapping("/api/v1/presence")
    PresenceResponse listPresence(@AuthenticationPrincipal Viewer viewer) {
        return new PresenceResponse(presences.list(viewer));
    }

    /** @param tab an id that the tab makes for itself; it leaves the ticket where it was before */
    @PutMapping("/api/v1/tickets/{number}/presence/{tab}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void showPresence(
            @PathVariable long number,
            @PathVariable UUID tab,
            @RequestBody @Valid ShowPresenceRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        presences.show(viewer, tab, number, request.activity);
    }

    /** Also where the ticket has left the viewer's teams meanwhile, and where there is nothing to end. */
    @DeleteMapping("/api/v1/tickets/{number}/presence/{tab}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endPresence(@PathVariable long number, @PathVariable UUID tab, @AuthenticationPrincipal Viewer viewer) {
        presences.end(viewer, tab, number);
    }

    /** @param tickets only those where somebody is, the viewer among them */
    record PresenceResponse(List<TicketPresence> tickets) {}

    record ShowPresenceRequest(@NotNull PresenceActivity activity) {}
}
