package io.tealdesk.macros;

import io.tealdesk.conversations.MessageBody;
import io.tealdesk.conversations.TextTemplate;
import io.tealdesk.identity.Viewer;
import io.tealdesk.macros.Macros.Sharing;
import io.tealdesk.shared.EntityVersion;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
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
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/saved-replies")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class SavedReplyController {

    private static final long EXAMPLE_NUMBER = 10_482;

    private final Macros macros;

    SavedReplyController(Macros macros) {
        this.macros = macros;
    }

    @GetMapping
    List<SavedReply> listSavedReplies(@AuthenticationPrincipal Viewer viewer) {
        return macros.savedReplies(viewer);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<SavedReply> addSavedReply(
            @RequestBody @Valid SavedReplyRequest request, @AuthenticationPrincipal Viewer viewer) {
        var reply = macros.add(viewer, request.sharing(), request.text);
        return ResponseEntity.created(URI.create("/api/v1/saved-replies/" + reply.id()))
                .eTag(EntityVersion.etag(reply.version()))
                .body(reply);
    }

    @PutMapping("/{id}")
    ResponseEntity<SavedReply> changeSavedReply(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody @Valid SavedReplyRequest request,
            @AuthenticationPrincipal Viewer viewer) {
        return answer(macros.change(viewer, id, EntityVersion.required(ifMatch), request.sharing(), request.text));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteSavedReply(
            @PathVariable UUID id,
            @RequestHeader(value = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @AuthenticationPrincipal Viewer viewer) {
        macros.delete(MacroKind.SAVED_REPLY, viewer, id, EntityVersion.required(ifMatch));
    }

    /** Brings back what was deleted in the last thirty days. */
    @PutMapping("/{id}/restoration")
    ResponseEntity<SavedReply> restoreSavedReply(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        return answer(macros.restoreSavedReply(viewer, id));
    }

    /** Counts an insertion: what is used most is offered first. */
    @PostMapping("/{id}/uses")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void countSavedReplyUse(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer) {
        macros.used(MacroKind.SAVED_REPLY, id, viewer);
    }

    /** What a text will look like, before it is kept. */
    @PostMapping("/preview")
    TextPreview previewText(@RequestBody @Valid TextPreviewRequest request, @AuthenticationPrincipal Viewer viewer) {
        TextTemplate.check("text", request.text);
        var text = TextTemplate.rendered(
                request.text,
                new TextTemplate.Values(
                        request.requesterName,
                        EXAMPLE_NUMBER,
                        request.subject,
                        request.organisationName,
                        viewer.name()));
        return new TextPreview(text, MessageBody.html(text));
    }

    private static ResponseEntity<SavedReply> answer(SavedReply reply) {
        return ResponseEntity.ok().eTag(EntityVersion.etag(reply.version())).body(reply);
    }

    /** @param teamIds who share it, where some teams do */
    record SavedReplyRequest(
            @NotBlank @Size(max = 80) String name,
            @NotNull MacroVisibility visibility,
            @Size(max = 100) @Nullable List<@NotNull UUID> teamIds,
            @NotBlank @Size(max = TextTemplate.LENGTH_MAX) String text) {

        private Sharing sharing() {
            return new Sharing(name, visibility, teamIds == null ? List.of() : teamIds);
        }
    }

    /** With the names of an example, in the reader's language. */
    record TextPreviewRequest(
            @NotNull @Size(max = TextTemplate.LENGTH_MAX) String text,
            @NotNull @Size(max = 120) String requesterName,
            @NotNull @Size(max = 255) String subject,
            @Size(max = 120) @Nullable String organisationName) {}

    record TextPreview(String text, String html) {}
}
