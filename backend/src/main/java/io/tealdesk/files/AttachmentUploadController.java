package io.tealdesk.files;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Throttles;
import io.tealdesk.shared.Throttles.Limit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes one file as the bare request body, so that it is streamed and never held in memory. */
@RestController
@RequestMapping("/api/v1/attachments")
class AttachmentUploadController {

    private static final Limit UPLOADS_PER_PERSON = new Limit("uploads", 200, Duration.ofHours(1));

    private final AttachmentFiles files;
    private final Throttles throttles;

    AttachmentUploadController(AttachmentFiles files, Throttles throttles) {
        this.files = files;
        this.throttles = throttles;
    }

    @PostMapping(consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @PreAuthorize("isAuthenticated()")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<Attachment> uploadAttachment(
            @RequestParam @NotBlank @Size(max = 1000) String fileName,
            @AuthenticationPrincipal Viewer viewer,
            HttpServletRequest request)
            throws IOException {
        if (request.getContentLengthLong() > AttachmentFiles.MAX_SIZE.toBytes()) {
            throw AttachmentProblem.tooLarge(AttachmentFiles.MAX_SIZE);
        }
        throttles.take(UPLOADS_PER_PERSON, viewer.personId().toString());
        var attachment = files.store(viewer.personId(), fileName, request.getInputStream());
        return ResponseEntity.created(URI.create("/api/v1/attachments/" + attachment.id()))
                .body(attachment);
    }
}
