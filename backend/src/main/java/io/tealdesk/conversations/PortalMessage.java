package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A public reply as customers see it. */
record PortalMessage(
        long id,
        String authorName,
        boolean isYou,
        boolean isStaff,
        String bodyHtml,
        @Nullable String signatureHtml,
        Instant createdAt,
        List<Attachment> attachments) {

    static PortalMessage from(MessageResponse message, java.util.UUID viewerId) {
        return new PortalMessage(
                message.id(),
                message.author().name(),
                message.author().id().equals(viewerId),
                message.author().role().isStaff(),
                message.bodyHtml(),
                message.signatureHtml(),
                message.createdAt(),
                message.attachments());
    }
}
