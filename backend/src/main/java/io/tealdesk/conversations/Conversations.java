package io.tealdesk.conversations;

import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.NewTicket;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.Tickets;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Opens tickets with their first message and writes replies and notes, for a viewer who may. */
@Component
public class Conversations {

    private final Tickets tickets;
    private final Messages messages;
    private final AttachmentFiles files;
    private final Drafts drafts;
    private final Signatures signatures;
    private final ConversationMails mails;
    private final Clock clock;

    Conversations(
            Tickets tickets,
            Messages messages,
            AttachmentFiles files,
            Drafts drafts,
            Signatures signatures,
            ConversationMails mails,
            Clock clock) {
        this.tickets = tickets;
        this.messages = messages;
        this.files = files;
        this.drafts = drafts;
        this.signatures = signatures;
        this.mails = mails;
        this.clock = clock;
    }

    /** Opens a ticket whose first message the viewer wrote, and returns its number. */
    @Transactional
    long open(Viewer viewer, NewTicket ticket, String body, List<UUID> attachmentIds) {
        var number = tickets.open(viewer, ticket);
        write(number, viewer, MessageKind.PUBLIC_REPLY, body, attachmentIds);
        if (viewer.isStaff()) {
            mails.ticketOpenedForCustomer(number, body);
        } else {
            mails.requestReceived(number);
        }
        return number;
    }

    /**
     * A public reply of staff.
     *
     * @param lastSeenMessageId the newest message that its author had seen; a newer one refuses the reply
     * @param withSignature whether the author's signature stands below it, where there is one
     * @param draft the version of the draft that has become this reply
     */
    @Transactional
    public MessageResponse reply(
            long number,
            Viewer viewer,
            String body,
            List<UUID> attachmentIds,
            long lastSeenMessageId,
            @Nullable TicketStatus thenStatus,
            boolean withSignature,
            @Nullable Long draft) {
        tickets.lock(number, viewer);
        var newer = messages.listAfter(number, lastSeenMessageId);
        if (!newer.isEmpty()) {
            throw ConversationProblem.newerMessages(newer);
        }
        var signature = signatures.textFor(number, viewer, withSignature);
        var message = send(number, viewer, body, signature, attachmentIds, thenStatus);
        if (draft != null) {
            drafts.sent(number, DraftKind.REPLY, viewer, draft);
        }
        return message;
    }

    /** A public reply of staff on a ticket that the transaction has locked, whatever was written meanwhile. */
    @Transactional(propagation = Propagation.MANDATORY)
    MessageResponse send(
            long number,
            Viewer viewer,
            String body,
            @Nullable String signature,
            List<UUID> attachmentIds,
            @Nullable TicketStatus thenStatus) {
        var message = write(number, viewer, MessageKind.PUBLIC_REPLY, body, signature, attachmentIds);
        tickets.repliedByStaff(number, viewer, thenStatus);
        mails.staffReplied(number, signature == null ? viewer.name() : signature, body);
        return message;
    }

    @Transactional
    public MessageResponse addNote(
            long number, Viewer viewer, String body, List<UUID> attachmentIds, @Nullable Long draft) {
        tickets.lock(number, viewer);
        var message = write(number, viewer, MessageKind.INTERNAL_NOTE, body, attachmentIds);
        tickets.noted(number, viewer);
        if (draft != null) {
            drafts.sent(number, DraftKind.NOTE, viewer, draft);
        }
        return message;
    }

    /**
     * What is written on a merged ticket lands on the one that it has become part of; where the customer may not see that
     * one, staff read it there all the same.
     *
     * @param lastSeenMessageId as for staff, but optional and about public replies only
     */
    @Transactional
    PortalMessage replyAsCustomer(
            long number, Viewer viewer, String body, List<UUID> attachmentIds, @Nullable Long lastSeenMessageId) {
        var landing = tickets.landing(number, viewer);
        var root = tickets.root(landing);
        if (root == landing) {
            tickets.lock(landing, viewer);
            requireSeen(landing, viewer, lastSeenMessageId);
            tickets.repliedByCustomer(landing, viewer);
        } else {
            tickets.repliedByCustomerOfMerged(landing, root, viewer);
            requireSeen(landing, viewer, lastSeenMessageId);
        }
        var message = write(landing, viewer, MessageKind.PUBLIC_REPLY, body, attachmentIds);
        mails.customerReplied(root);
        return PortalMessage.from(message, viewer.personId());
    }

    private void requireSeen(long number, Viewer customer, @Nullable Long lastSeenMessageId) {
        if (lastSeenMessageId == null) {
            return;
        }
        var newer = messages.listPublicAfter(number, lastSeenMessageId, customer);
        if (!newer.isEmpty()) {
            throw ConversationProblem.newerMessages(newer.stream()
                    .map(message -> PortalMessage.from(message, customer.personId()))
                    .toList());
        }
    }

    private MessageResponse write(long number, Viewer viewer, MessageKind kind, String body, List<UUID> attachmentIds) {
        return write(number, viewer, kind, body, null, attachmentIds);
    }

    private MessageResponse write(
            long number,
            Viewer viewer,
            MessageKind kind,
            String body,
            @Nullable String signature,
            List<UUID> attachmentIds) {
        if (new HashSet<>(attachmentIds).size() != attachmentIds.size()) {
            throw Problem.invalidField("attachmentIds", "Repeated", "names a file twice");
        }
        files.requireUploadedBy(viewer.personId(), attachmentIds);
        return messages.write(number, viewer, kind, body, signature, attachmentIds, clock.instant());
    }
}
