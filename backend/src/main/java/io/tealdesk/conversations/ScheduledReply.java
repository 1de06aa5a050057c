package io.tealdesk.conversations;

import io.tealdesk.files.Attachment;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A public reply that its author has sent and that has not gone out. Staff see that there is one; what it says is its
 * author's until then.
 *
 * @param subject absent where its author may not see the ticket any more
 * @param returnedBecause why it did not go out
 * @param content for its author, and for colleagues once its author has left
 */
record ScheduledReply(
        UUID id,
        long ticketNumber,
        @Nullable String subject,
        NameView author,
        ReplyTiming timing,
        ReplyState state,
        @Nullable ReturnReason returnedBecause,
        Instant sendAt,
        @Nullable ReplyContent content) {

    enum ReplyTiming {
        /** For a moment, in which it can be taken back. */
        HELD,
        /** Until a time that its author chose. */
        SCHEDULED
    }

    enum ReplyState {
        WAITING,
        /** It did not go out; its author decides. */
        RETURNED,
        /** Its author has taken it back. */
        WITHDRAWN,
        SENT
    }

    /** Why a reply did not go out. */
    enum ReturnReason {
        /** Somebody wrote to the customer, or the customer wrote, and its author had not seen it. */
        NEWER_MESSAGES,
        /** The ticket was resolved or closed meanwhile. */
        TICKET_DONE,
        /** Its author may not see the ticket any more. */
        NOT_ALLOWED,
        /** Its author was deactivated. */
        AUTHOR_LEFT,
        /** A file went with another message, or it failed again and again. */
        REFUSED
    }

    /**
     * What it says.
     *
     * @param remindAt when the ticket comes back where the customer has not answered
     * @param lastSeenMessageId the newest message that its author had seen
     * @param withSignature whether there is one below it
     * @param sendAnyway also where somebody wrote meanwhile, or the ticket is done
     */
    record ReplyContent(
            String text,
            List<Attachment> attachments,
            @Nullable TicketStatus thenStatus,
            @Nullable Instant remindAt,
            long lastSeenMessageId,
            boolean sendAnyway,
            boolean withSignature) {}
}
