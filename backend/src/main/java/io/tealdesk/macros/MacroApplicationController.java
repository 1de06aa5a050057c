package io.tealdesk.macros;

import io.tealdesk.identity.Viewer;
import io.tealdesk.macros.MacroApplications.Application;
import io.tealdesk.macros.MacroApplications.AppliedMacro;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.IdempotentRequests;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Saved replies and macros as one ticket sees them. */
@RestController
@RequestMapping("/api/v1/tickets/{number}")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class MacroApplicationController {

    private static final int BODY_MAX = 50_000;

    private final MacroApplications applications;
    private final IdempotentRequests idempotentRequests;

    MacroApplicationController(MacroApplications applications, IdempotentRequests idempotentRequests) {
        this.applications = applications;
        this.idempotentRequests = idempotentRequests;
    }

    /** With the variables filled in. */
    @GetMapping("/saved-replies")
    List<SavedReply> listTicketSavedReplies(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return applications.savedReplies(number, viewer);
    }

    /** With the variables filled in. */
    @GetMapping("/macros")
    List<Macro> listTicketMacros(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return applications.macros(number, viewer);
    }

    @PostMapping("/macro-applications")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<AppliedMacro> applyMacro(
            @PathVariable long number,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody @Valid MacroApplicationRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var expectedVersion = EntityVersion.required(ifMatch);
        var applied = idempotentRequests.once(
                viewer.personId(),
                key,
                "POST /api/v1/tickets/" + number + "/macro-applications",
                request,
                AppliedMacro.class,
                () -> applications.apply(
                        number,
                        viewer,
                        expectedVersion,
                        new Application(
                                request.macroId, request.macroVersion, request.lastSeenMessageId, request.body)));
        return ResponseEntity.status(HttpStatus.CREATED)
                .eTag(EntityVersion.etag(applied.ticket().version()))
                .body(applied);
    }

    /**
     * @param macroVersion as it was shown; what was changed since is not applied
     * @param lastSeenMessageId the newest message that its applier had seen, for a macro that replies
     * @param body the message as its applier saw it; absent, it is made of the macro's text
     */
    record MacroApplicationRequest(
            @NotNull UUID macroId,
            @NotNull @PositiveOrZero Long macroVersion,
            @PositiveOrZero @Nullable Long lastSeenMessageId,
            @Size(max = BODY_MAX) @Nullable String body) {}
}
