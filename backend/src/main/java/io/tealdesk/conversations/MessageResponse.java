package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import io.tealdesk.identity.Role;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as staff see it.
 *
 * @param signatureHtml what stands below a reply of staff
 * @param fromTicket where it was written, if that ticket has become part of the one that shows it
 */
public record MessageResponse(
        long id,
        MessageKind kind,
        MessageAuthor author,
        String bodyMarkdown,
        String bodyHtml,
        @Nullable String signatureHtml,
        Instant createdAt,
        List<Attachment> attachments,
        @Nullable Long fromTicket) {

    /** Who wrote it. */
    public record MessageAuthor(UUID id, String name, Role role) {}
}
