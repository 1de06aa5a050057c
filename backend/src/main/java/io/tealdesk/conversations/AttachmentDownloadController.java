package io.tealdesk.conversations;

import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Gives attachments out, always as a download and never as something a browser would run. */
@RestController
class AttachmentDownloadController {

    /** Types that may do something when a browser opens them go out as plain bytes. */
    private static final Pattern ACTIVE =
            Pattern.compile("html|svg|xml|script|flash|multipart|rfc822", Pattern.CASE_INSENSITIVE);

    private final Messages messages;
    private final AttachmentFiles files;

    AttachmentDownloadController(Messages messages, AttachmentFiles files) {
        this.messages = messages;
        this.files = files;
    }

    @GetMapping(path = "/api/v1/attachments/{id}", produces = MediaType.ALL_VALUE)
    @PreAuthorize("isAuthenticated()")
    ResponseEntity<Resource> downloadAttachment(@PathVariable UUID id, @AuthenticationPrincipal Viewer viewer)
            throws IOException {
        if (!messages.mayRead(id, viewer)) {
            throw Problem.notFound();
        }
        var file = files.open(id);
        var attachment = file.attachment();
        var isActive = ACTIVE.matcher(attachment.mediaType()).find();
        return ResponseEntity.ok()
                .contentType(
                        isActive
                                ? MediaType.APPLICATION_OCTET_STREAM
                                : MediaType.parseMediaType(attachment.mediaType()))
                .contentLength(attachment.sizeBytes())
                .cacheControl(CacheControl.noStore().cachePrivate())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(attachment.fileName(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .body(new InputStreamResource(file.content()));
    }
}
