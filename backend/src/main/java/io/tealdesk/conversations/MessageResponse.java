package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import io.tealdesk.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A message as staff see it. */
public record MessageResponse(
        long id,
        MessageKind kind,
        MessageAuthor author,
        String bodyMarkdown,
        String bodyHtml,
        Instant createdAt,
        List<Attachment> attachments) {

    /** Who wrote it. */
    public record MessageAuthor(UUID id, String name, Role role) {}
}
