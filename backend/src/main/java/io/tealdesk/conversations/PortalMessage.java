package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public reply as customers see it.
 *
 * @param fromTicket the request where it was written, if that has become part of the one that shows it
 */
record PortalMessage(
        long id,
        String authorName,
        boolean isYou,
        boolean isStaff,
        String bodyHtml,
        @Nullable String signatureHtml,
        Instant createdAt,
        List<Attachment> attachments,
        @Nullable Long fromTicket) {

    static PortalMessage from(MessageResponse message, UUID viewerId) {
        return new PortalMessage(
                message.id(),
                message.author().name(),
                message.author().id().equals(viewerId),
                message.author().role().isStaff(),
                message.bodyHtml(),
                message.signatureHtml(),
                message.createdAt(),
                message.attachments(),
                message.fromTicket());
    }
}
