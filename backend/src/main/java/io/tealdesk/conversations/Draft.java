package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What its reader has written on a ticket and not sent.
 *
 * @param begunAfter the newest message when writing began
 * @param attachments what was uploaded for it; without what another message has taken meanwhile
 * @param version never that of another draft, be it on the same place
 */
record Draft(
        long ticketNumber,
        String subject,
        DraftKind kind,
        String text,
        List<Attachment> attachments,
        @Nullable Long begunAfter,
        long version,
        Instant updatedAt) {}
