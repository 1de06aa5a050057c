package io.tealdesk.conversations;

import io.tealdesk.conversations.ScheduledReply.ReplyContent;
import io.tealdesk.conversations.ScheduledReply.ReplyState;
import io.tealdesk.conversations.ScheduledReply.ReplyTiming;
import io.tealdesk.conversations.ScheduledReply.ReturnReason;
import io.tealdesk.files.Attachment;
import io.tealdesk.files.AttachmentFiles;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Writings;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import io.tealdesk.tickets.Tickets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes public replies that go out later: in a moment, in which they can be taken back, or at a time that was chosen.
 * {@link ScheduledReplySender} sends them. Whoever locks a reply and its ticket locks the reply first.
 */
@Component
class ScheduledReplies {

    static final Duration AHEAD_MAX = Duration.ofDays(366);
    static final int WAITING_MAX = 20;
    static final int LISTED_MAX = 200;
    static final Duration KEPT_FOR = Duration.ofDays(7);

    private static final int FORGOTTEN_AT_ONCE_MAX = 1_000;
    private static final String SELECT = """
            select s.id, s.ticket_number, t.subject, %s as is_visible, s.author_id, p.name as author_name, s.kind,
                   s.state, s.returned_because, s.send_at, s.body_markdown, s.then_status, s.remind_at,
                   s.last_seen_message_id, s.send_anyway, s.signature_markdown is not null as with_signature,
                   (select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name,
                                     'mediaType', a.media_type, 'sizeBytes', a.size_bytes) order by sa.position)
                    from scheduled_reply_attachment sa join attachment a on a.id = sa.attachment_id
                    where sa.reply_id = s.id) as attachments
            from scheduled_reply s
            join ticket t on t.number = s.ticket_number
            join person p on p.id = s.author_id
            """;
    private final JdbcClient jdbc;
    private final Tickets tickets;
    private final Messages messages;
    private final AttachmentFiles files;
    private final Drafts drafts;
    private final Signatures signatures;
    private final Writings writings;
    private final ScheduledReplyDispatch dispatch;
    private final JsonMapper json;
    private final Clock clock;

    ScheduledReplies(
            JdbcClient jdbc,
            Tickets tickets,
            Messages messages,
            AttachmentFiles files,
            Drafts drafts,
            Signatures signatures,
            Writings writings,
            ScheduledReplyDispatch dispatch,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.tickets = tickets;
        this.messages = messages;
        this.files = files;
        this.drafts = drafts;
        this.signatures = signatures;
        this.writings = writings;
        this.dispatch = dispatch;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Takes a reply that goes out later.
     *
     * @param sendAt null for in a moment, as long as its author wants to be able to take it back
     * @param draft the version of the draft that has become this reply
     */
    @Transactional
    ScheduledReply add(long number, Viewer viewer, Written written, @Nullable Instant sendAt, @Nullable Long draft) {
        tickets.lock(number, viewer);
        requireNothingNewer(number, written.lastSeenMessageId);
        var ticket = tickets.get(number, viewer);
        var thenStatus = written.thenStatus;
        if (thenStatus != null
                && thenStatus != ticket.status()
                && !ticket.status().canTransitionTo(thenStatus)) {
            throw Problem.invalidField("thenStatus", "Impossible", "cannot follow " + ticket.status());
        }
        var ids = written.attachmentIds;
        if (new HashSet<>(ids).size() != ids.size()) {
            throw Problem.invalidField("attachmentIds", "Repeated", "names a file twice");
        }
        files.requireUploadedBy(viewer.personId(), ids);
        requireRoom(number, viewer);
        var now = clock.instant();
        var at = sendAt == null
                ? now.plus(writings.of(viewer.personId()).undoWindow())
                : checkedTime("sendAt", sendAt, now);
        var remindAt = written.remindAt == null ? null : checkedTime("remindAt", written.remindAt, now);
        var id = jdbc.sql("""
                        insert into scheduled_reply (ticket_number, author_id, kind, body_markdown, then_status,
                            remind_at, last_seen_message_id, send_anyway, was_done, signature_markdown, send_at, try_at,
                            created_at, changed_at)
                        values (:ticket, :author, :kind, :text, :thenStatus, :remindAt, :lastSeen, :sendAnyway,
                            :wasDone, :signature, :sendAt, :sendAt, :now, :now)
                        returning id""")
                .param("ticket", number)
                .param("author", viewer.personId())
                .param("kind", (sendAt == null ? ReplyTiming.HELD : ReplyTiming.SCHEDULED).name())
                .param("text", written.text)
                .param("thenStatus", thenStatus == null ? null : thenStatus.name())
                .param("remindAt", Sql.timestampOrNull(remindAt))
                .param("lastSeen", written.lastSeenMessageId)
                .param("sendAnyway", written.sendAnyway)
                .param("wasDone", ticket.status().isDone())
                .param("signature", signatures.textFor(number, viewer, written.withSignature))
                .param("sendAt", Sql.timestamp(at))
                .param("now", Sql.timestamp(now))
                .query(UUID.class)
                .single();
        attach(id, ids);
        if (draft != null) {
            drafts.sent(number, DraftKind.REPLY, viewer, draft);
        }
        dispatch.afterCommit(at);
        return get(id, viewer);
    }

    /** Those of a ticket that wait, the next first, and what came back to the viewer or whose author has left. */
    List<ScheduledReply> listOf(long number, Viewer viewer) {
        tickets.requireVisible(number, viewer);
        return jdbc.sql(SELECT.formatted("true") + """
                        where s.ticket_number = :number
                          and (s.state = 'WAITING' or s.state = 'RETURNED'
                               and (s.author_id = :viewer or s.returned_because = 'AUTHOR_LEFT'))
                        order by s.send_at, s.id limit :limit""")
                .param("number", number)
                .param("viewer", viewer.personId())
                .param("limit", LISTED_MAX)
                .query((row, index) -> reply(row, viewer))
                .list();
    }

    /** The viewer's own that wait or came back, the next first; also on tickets that they may not see any more. */
    List<ScheduledReply> listOwn(Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql(SELECT.formatted(scope.condition()) + """
                        where s.author_id = :viewer and s.state in ('WAITING', 'RETURNED')
                        order by s.state, s.send_at, s.id limit :limit""")
                .params(scope.parameters())
                .param("viewer", viewer.personId())
                .param("limit", LISTED_MAX)
                .query((row, index) -> reply(row, viewer))
                .list();
    }

    /** Takes a reply back, with what it says. To ask again does no harm: an answer may have been lost. */
    @Transactional
    ScheduledReply withdraw(UUID id, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        var author = jdbc.sql("""
                        update scheduled_reply s
                        set state = 'WITHDRAWN', returned_because = null, changed_at = :now
                        from ticket t
                        where s.id = :id and t.number = s.ticket_number and s.state <> 'SENT'
                          and (s.author_id = :viewer or (s.returned_because = 'AUTHOR_LEFT' and %s))
                        returning s.author_id""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("viewer", viewer.personId())
                .param("id", id)
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .optional();
        if (author.isEmpty()) {
            throw whyNot(id, viewer);
        }
        return get(id, viewer);
    }

    /** Lets a reply that was taken back wait again; one whose time has come goes out at once. */
    @Transactional
    ScheduledReply restore(UUID id, Viewer viewer) {
        var sendAt = jdbc.sql("""
                        update scheduled_reply s
                        set state = 'WAITING', try_at = send_at, attempts = 0, changed_at = :now
                        where s.id = :id and s.author_id = :viewer and s.state in ('WITHDRAWN', 'WAITING')
                        returning send_at""")
                .param("id", id)
                .param("viewer", viewer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> Sql.instant(row, "send_at"))
                .optional()
                .orElseThrow(() -> whyNot(id, viewer));
        dispatch.afterCommit(sendAt);
        return get(id, viewer);
    }

    /**
     * Gives a reply that waits or came back another time.
     *
     * @param sendAt null for now
     */
    @Transactional
    ScheduledReply changeTime(
            UUID id, Viewer viewer, @Nullable Instant sendAt, long lastSeenMessageId, boolean sendAnyway) {
        var number = jdbc.sql("""
                        select ticket_number from scheduled_reply
                        where id = :id and author_id = :viewer and state in ('WAITING', 'RETURNED') for update""")
                .param("id", id)
                .param("viewer", viewer.personId())
                .query(Long.class)
                .optional()
                .orElseThrow(() -> whyNot(id, viewer));
        tickets.lock(number, viewer);
        requireNothingNewer(number, lastSeenMessageId);
        var now = clock.instant();
        var at = sendAt == null ? now : checkedTime("sendAt", sendAt, now);
        jdbc.sql("""
                        update scheduled_reply
                        set kind = 'SCHEDULED', state = 'WAITING', returned_because = null, send_at = :at, try_at = :at,
                            attempts = 0, last_seen_message_id = :lastSeen, send_anyway = :sendAnyway,
                            was_done = :wasDone, changed_at = :now
                        where id = :id""")
                .param("at", Sql.timestamp(at))
                .param("lastSeen", lastSeenMessageId)
                .param("sendAnyway", sendAnyway)
                .param("wasDone", tickets.get(number, viewer).status().isDone())
                .param("now", Sql.timestamp(now))
                .param("id", id)
                .update();
        dispatch.afterCommit(at);
        return get(id, viewer);
    }

    /** What went out or was taken back is kept for a while, for whoever has not had an answer; the messages stay. */
    void forgetOld() {
        int forgotten;
        do {
            forgotten = jdbc.sql("""
                    delete from scheduled_reply where id in (
                        select id from scheduled_reply where state in ('SENT', 'WITHDRAWN') and changed_at < :before
                        limit :limit for update skip locked)""")
                    .param("before", Sql.timestamp(clock.instant().minus(KEPT_FOR)))
                    .param("limit", FORGOTTEN_AT_ONCE_MAX)
                    .update();
        } while (forgotten == FORGOTTEN_AT_ONCE_MAX);
    }

    private void requireNothingNewer(long number, long lastSeenMessageId) {
        var newer = messages.listAfter(number, lastSeenMessageId);
        if (!newer.isEmpty()) {
            throw ConversationProblem.newerMessages(newer);
        }
    }

    private void requireRoom(long number, Viewer viewer) {
        var waiting = jdbc.sql("""
                        select count(*) from scheduled_reply
                        where ticket_number = :number and author_id = :author and state in ('WAITING', 'RETURNED')""")
                .param("number", number)
                .param("author", viewer.personId())
                .query(Integer.class)
                .single();
        if (waiting >= WAITING_MAX) {
            throw Problem.invalidField(
                    "sendAt", "TooMany", "would be more than " + WAITING_MAX + " replies that wait on one ticket");
        }
    }

    private void attach(UUID id, List<UUID> attachmentIds) {
        if (!attachmentIds.isEmpty()) {
            jdbc.sql("""
                            insert into scheduled_reply_attachment (reply_id, attachment_id, position)
                            select :reply, file.id, file.position
                            from unnest(cast(:ids as uuid[])) with ordinality as file (id, position)""")
                    .param("reply", id)
                    .param("ids", Sql.texts(attachmentIds))
                    .update();
        }
    }

    private ScheduledReply get(UUID id, Viewer viewer) {
        return jdbc.sql(SELECT.formatted("true") + "where s.id = :id")
                .param("id", id)
                .query((row, index) -> reply(row, viewer))
                .single();
    }

    /** Of one's own it is told that it has gone out; of others nothing. */
    private Problem whyNot(UUID id, Viewer viewer) {
        return jdbc.sql("select state from scheduled_reply where id = :id and author_id = :viewer")
                .param("id", id)
                .param("viewer", viewer.personId())
                .query(String.class)
                .optional()
                .filter(state -> ReplyState.valueOf(state) == ReplyState.SENT)
                .map(sent -> ConversationProblem.alreadySent())
                .orElseGet(Problem::notFound);
    }

    private static Instant checkedTime(String field, Instant at, Instant now) {
        // Refused before it is cut: beyond these years there is nothing to cut.
        if (at.isAfter(now.plus(AHEAD_MAX))
                || !at.truncatedTo(ChronoUnit.MILLIS).isAfter(now)) {
            throw Problem.invalidField(field, "Range", "must lie ahead, within a year");
        }
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    private ScheduledReply reply(ResultSet row, Viewer viewer) throws SQLException {
        var authorId = Sql.uuid(row, "author_id");
        var reason = Optional.ofNullable(row.getString("returned_because")).map(ReturnReason::valueOf);
        var isReadable = authorId.equals(viewer.personId())
                || reason.filter(ReturnReason.AUTHOR_LEFT::equals).isPresent()
                || ReplyState.valueOf(row.getString("state")) == ReplyState.WITHDRAWN;
        return new ScheduledReply(
                Sql.uuid(row, "id"),
                row.getLong("ticket_number"),
                row.getBoolean("is_visible") ? row.getString("subject") : null,
                new NameView(authorId, row.getString("author_name")),
                ReplyTiming.valueOf(row.getString("kind")),
                ReplyState.valueOf(row.getString("state")),
                reason.orElse(null),
                Sql.instant(row, "send_at"),
                isReadable ? content(row) : null);
    }

    private ReplyContent content(ResultSet row) throws SQLException {
        var attachments = row.getString("attachments");
        var thenStatus = row.getString("then_status");
        return new ReplyContent(
                row.getString("body_markdown"),
                attachments == null ? List.of() : json.readValue(attachments, new TypeReference<List<Attachment>>() {}),
                thenStatus == null ? null : TicketStatus.valueOf(thenStatus),
                Sql.instantOrNull(row, "remind_at"),
                row.getLong("last_seen_message_id"),
                row.getBoolean("send_anyway"),
                row.getBoolean("with_signature"));
    }

    /** What its author asks for; see {@link ReplyContent}. */
    record Written(
            String text,
            List<UUID> attachmentIds,
            long lastSeenMessageId,
            @Nullable TicketStatus thenStatus,
            @Nullable Instant remindAt,
            boolean sendAnyway,
            boolean withSignature) {}
}
