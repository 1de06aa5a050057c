package io.tealdesk.conversations;

import io.tealdesk.conversations.Drafts.Content;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own drafts, which nobody else can ask for. */
@RestController
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class DraftController {

    private final Drafts drafts;

    DraftController(Drafts drafts) {
        this.drafts = drafts;
    }

    @GetMapping("/api/v1/drafts")
    DraftsResponse listDrafts(@AuthenticationPrincipal Viewer viewer) {
        var listed = drafts.list(viewer);
        return new DraftsResponse(listed.drafts(), listed.isComplete());
    }

    @GetMapping("/api/v1/tickets/{number}/drafts")
    DraftsResponse listTicketDrafts(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        return new DraftsResponse(drafts.listOf(number, viewer), true);
    }

    /** @param ifMatch the version that is replaced; "0" for the first one, which replaces none */
    @PutMapping("/api/v1/tickets/{number}/drafts/{kind}")
    ResponseEntity<SavedDraftResponse> saveDraft(
            @PathVariable long number,
            @PathVariable DraftKind kind,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid SaveDraftRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        var saved = drafts.save(
                number,
                kind,
                viewer,
                EntityVersion.required(ifMatch),
                new Content(request.text, request.attachmentIds, request.begunAfter));
        return ResponseEntity.ok()
                .eTag(EntityVersion.etag(saved.version()))
                .body(new SavedDraftResponse(saved.version(), saved.updatedAt()));
    }

    @DeleteMapping("/api/v1/tickets/{number}/drafts/{kind}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void discardDraft(
            @PathVariable long number,
            @PathVariable DraftKind kind,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        drafts.discard(number, kind, viewer, EntityVersion.required(ifMatch));
    }

    /** @param isComplete false where there are more or longer ones than are listed */
    record DraftsResponse(List<Draft> drafts, boolean isComplete) {}

    record SavedDraftResponse(long version, Instant updatedAt) {}

    /**
     * @param text may be empty where there are files
     * @param begunAfter the newest message when writing began
     */
    record SaveDraftRequest(
            @NotNull @Size(max = MessageController.BODY_MAX) String text,

            @NotNull @Size(max = MessageController.ATTACHMENTS_MAX) List<@NotNull UUID> attachmentIds,

            @Nullable @PositiveOrZero Long begunAfter) {}
}
