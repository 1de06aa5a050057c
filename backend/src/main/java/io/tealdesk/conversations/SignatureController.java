package io.tealdesk.conversations;

import io.tealdesk.identity.Viewer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What stands below replies. */
@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class SignatureController {

    private final Signatures signatures;

    SignatureController(Signatures signatures) {
        this.signatures = signatures;
    }

    @GetMapping("/api/v1/me/signature")
    Signature getMySignature(@AuthenticationPrincipal Viewer viewer) {
        return Signature.of(signatures.own(viewer.personId()));
    }

    @PutMapping("/api/v1/me/signature")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeMySignature(@RequestBody @Valid SignatureRequest request, @AuthenticationPrincipal Viewer viewer) {
        signatures.keepOwn(viewer.personId(), request.text);
    }

    @GetMapping("/api/v1/teams/{id}/signature")
    Signature getTeamSignature(@PathVariable UUID id) {
        return Signature.of(signatures.ofTeam(id));
    }

    @PutMapping("/api/v1/teams/{id}/signature")
    @PreAuthorize("hasRole('ADMINISTRATOR')")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changeTeamSignature(@PathVariable UUID id, @RequestBody @Valid SignatureRequest request) {
        signatures.keepOfTeam(id, request.text);
    }

    /** With the variables filled in: the viewer's own, or else that of the ticket's team. */
    @GetMapping("/api/v1/tickets/{number}/signature")
    Signature getTicketSignature(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return signatures.on(number, viewer);
    }

    /** @param text Markdown with the variables of saved replies; empty for none */
    record SignatureRequest(
            @NotNull @Size(max = Signatures.LENGTH_MAX) String text) {}
}
