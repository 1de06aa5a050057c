package io.tealdesk.conversations;

import io.tealdesk.conversations.ScheduledReply.ReplyTiming;
import io.tealdesk.conversations.ScheduledReply.ReturnReason;
import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Viewers;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView;
import io.tealdesk.tickets.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends the replies whose time has come. Each is a transaction of its own: its message, its mail in the outbox, the
 * ticket's change and that it has gone out are stored together or not at all, so it goes out once, whoever sends.
 */
@Component
class ScheduledReplySender {

    private static final int SENT_AT_ONCE_MAX = 500;
    private static final int ATTEMPTS_MAX = 10;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);
    private static final Logger log = LoggerFactory.getLogger(ScheduledReplySender.class);

    private final JdbcClient jdbc;
    private final Viewers viewers;
    private final Tickets tickets;
    private final Messages messages;
    private final Conversations conversations;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ScheduledReplySender(
            JdbcClient jdbc,
            Viewers viewers,
            Tickets tickets,
            Messages messages,
            Conversations conversations,
            TransactionTemplate transaction,
            Clock clock) {
        this.jdbc = jdbc;
        this.viewers = viewers;
        this.tickets = tickets;
        this.messages = messages;
        this.conversations = conversations;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Sends what is due now; what comes up meanwhile beyond a bound is left to the next run. */
    void sendDue() {
        for (int i = 0; i < SENT_AT_ONCE_MAX && !Thread.currentThread().isInterrupted(); i++) {
            if (!handleNext()) {
                return;
            }
        }
    }

    /** @return false where nothing is due that no other task is just sending */
    private boolean handleNext() {
        var taken = new AtomicReference<@Nullable UUID>();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                var next = takeNext();
                next.ifPresent(id -> {
                    taken.set(id);
                    handle(due(id));
                });
                return next.isPresent();
            }));
        } catch (Problem refused) {
            var id = taken.get();
            if (id == null) {
                throw refused;
            }
            log.info("A scheduled reply goes back to its author: {}", refused.slug());
            bringBack(id, refused.slug().equals("not-found") ? ReturnReason.NOT_ALLOWED : ReturnReason.REFUSED);
            return true;
        } catch (RuntimeException failure) {
            var id = taken.get();
            if (id == null) {
                throw failure;
            }
            log.warn("A scheduled reply was not sent; it is tried again", failure);
            postpone(id);
            return true;
        }
    }

    private Optional<UUID> takeNext() {
        return jdbc.sql("""
                        select id from scheduled_reply where state = 'WAITING' and try_at <= :now
                        order by try_at, id limit 1 for update skip locked""")
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .optional();
    }

    private Due due(UUID id) {
        return jdbc.sql("""
                        select id, ticket_number, author_id, kind, body_markdown, then_status, remind_at,
                               last_seen_message_id, send_anyway, was_done, signature_markdown
                        from scheduled_reply where id = :id""").param("id", id).query((row, index) -> Due.of(row)).single();
    }

    private void handle(Due due) {
        var author = viewers.ofPerson(due.authorId).filter(Viewer::isStaff).orElse(null);
        if (author == null) {
            bringBack(due.id, ReturnReason.AUTHOR_LEFT);
            return;
        }
        tickets.lock(due.ticketNumber, author);
        var ticket = tickets.get(due.ticketNumber, author);
        var newer = messages.listAfter(due.ticketNumber, due.lastSeenMessageId).stream()
                .filter(message -> message.kind() == MessageKind.PUBLIC_REPLY)
                .filter(message -> !message.author().id().equals(due.authorId))
                .toList();
        var reason = due.reasonNotToSend(ticket, newer);
        if (reason != null) {
            bringBack(due.id, reason);
        } else {
            send(due, author, due.statusAfter(ticket, newer));
        }
    }

    private void send(Due due, Viewer author, @Nullable TicketStatus thenStatus) {
        var message =
                conversations.send(due.ticketNumber, author, due.text, due.signature, attachments(due.id), thenStatus);
        if (due.remindAt != null) {
            tickets.remind(due.ticketNumber, author, due.remindAt);
        }
        jdbc.sql("""
                        update scheduled_reply set state = 'SENT', message_id = :message, changed_at = :now
                        where id = :id""")
                .param("message", message.id())
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", due.id)
                .update();
    }

    private List<UUID> attachments(UUID id) {
        return jdbc.sql("select attachment_id from scheduled_reply_attachment where reply_id = :id order by position")
                .param("id", id)
                .query(UUID.class)
                .list();
    }

    private void bringBack(UUID id, ReturnReason reason) {
        jdbc.sql("""
                        update scheduled_reply set state = 'RETURNED', returned_because = :reason, changed_at = :now
                        where id = :id and state = 'WAITING'""")
                .param("reason", reason.name())
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", id)
                .update();
    }

    private void postpone(UUID id) {
        var now = clock.instant();
        jdbc.sql("""
                        update scheduled_reply
                        set attempts = attempts + 1, try_at = :next, changed_at = :now,
                            state = case when attempts + 1 < :most then state else 'RETURNED' end,
                            returned_because = case when attempts + 1 < :most then null else 'REFUSED' end
                        where id = :id and state = 'WAITING'""")
                .param("next", Sql.timestamp(now.plus(RETRY_AFTER)))
                .param("now", Sql.timestamp(now))
                .param("most", ATTEMPTS_MAX)
                .param("id", id)
                .update();
    }

    private record Due(
            UUID id,
            long ticketNumber,
            UUID authorId,
            ReplyTiming timing,
            String text,
            @Nullable String signature,
            @Nullable TicketStatus thenStatus,
            @Nullable Instant remindAt,
            long lastSeenMessageId,
            boolean sendAnyway,
            boolean wasDone) {

        static Due of(ResultSet row) throws SQLException {
            var thenStatus = row.getString("then_status");
            return new Due(
                    Sql.uuid(row, "id"),
                    row.getLong("ticket_number"),
                    Sql.uuid(row, "author_id"),
                    ReplyTiming.valueOf(row.getString("kind")),
                    row.getString("body_markdown"),
                    row.getString("signature_markdown"),
                    thenStatus == null ? null : TicketStatus.valueOf(thenStatus),
                    Sql.instantOrNull(row, "remind_at"),
                    row.getLong("last_seen_message_id"),
                    row.getBoolean("send_anyway"),
                    row.getBoolean("was_done"));
        }

        /**
         * A moment's delay is none of the author's concern: what the customer writes in it crosses the reply, as it would
         * without. A colleague's answer stops it all the same, as it stops a reply that comes too late.
         *
         * @param newer what others wrote to each other and the author had not seen
         */
        @Nullable ReturnReason reasonNotToSend(TicketView ticket, List<MessageResponse> newer) {
            if (sendAnyway) {
                return null;
            }
            return switch (timing) {
                case HELD ->
                    newer.stream().anyMatch(message -> message.author().role() != Role.CUSTOMER)
                            ? ReturnReason.NEWER_MESSAGES
                            : null;
                case SCHEDULED ->
                    !newer.isEmpty()
                            ? ReturnReason.NEWER_MESSAGES
                            : ticket.status().isDone() && !wasDone ? ReturnReason.TICKET_DONE : null;
            };
        }

        /** A customer's message that its author has not seen is left to do; and what cannot follow by now is let be. */
        @Nullable TicketStatus statusAfter(TicketView ticket, List<MessageResponse> newer) {
            if (thenStatus == null || !ticket.status().canTransitionTo(thenStatus)) {
                return null;
            }
            var isUnseen = newer.stream().anyMatch(message -> message.author().role() == Role.CUSTOMER);
            return isUnseen && thenStatus.lane() != Lane.TO_DO ? null : thenStatus;
        }
    }
}
