package io.tealdesk.conversations;

import io.tealdesk.conversations.MessageResponse.MessageAuthor;
import io.tealdesk.files.Attachment;
import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketSpeech;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads messages with their attachments, one statement a reading. */
@Component
class Messages {

    static final int MESSAGES_MAX = 500;
    private static final String SELECT = """
            select m.id, m.ticket_number, m.kind, m.author_id, p.name as author_name, p.role as author_role,
                   m.body_markdown, m.body_html, m.signature_html, m.created_at,
                   (select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name,
                                     'mediaType', a.media_type, 'sizeBytes', a.size_bytes) order by ma.position)
                    from message_attachment ma join attachment a on a.id = ma.attachment_id
                    where ma.message_id = m.id) as attachments
            from message m join person p on p.id = m.author_id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Messages(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    MessageResponse write(
            long ticketNumber,
            Viewer author,
            MessageKind kind,
            String body,
            @Nullable String signature,
            List<UUID> attachmentIds,
            Instant now) {
        var html = MessageBody.html(body);
        var signatureHtml = signature == null ? null : MessageBody.html(signature);
        // As PostgreSQL keeps it: the moment has fewer digits there.
        var written = jdbc.sql("""
                insert into message (ticket_number, author_id, kind, body_markdown, body_html,
                                     signature_markdown, signature_html, created_at)
                values (:ticket, :author, :kind, :markdown, :html, :signature, :signatureHtml, :now) returning id, created_at""")
                .param("ticket", ticketNumber)
                .param("author", author.personId())
                .param("kind", kind.name())
                .param("markdown", body)
                .param("html", html)
                .param("signature", signature)
                .param("signatureHtml", signatureHtml)
                .param("now", Sql.timestamp(now))
                .query((row, index) -> new MessageResponse(
                        row.getLong("id"),
                        kind,
                        new MessageAuthor(author.personId(), author.name(), author.role()),
                        body,
                        html,
                        signatureHtml,
                        Sql.instant(row, "created_at"),
                        List.of(),
                        null))
                .single();
        if (attachmentIds.isEmpty()) {
            return written;
        }
        attach(written.id(), attachmentIds);
        return get(written.id(), ticketNumber);
    }

    private void attach(long id, List<UUID> attachmentIds) {
        for (int position = 0; position < attachmentIds.size(); position++) {
            try {
                jdbc.sql("""
                        insert into message_attachment (message_id, attachment_id, position)
                        values (:message, :attachment, :position)""")
                        .param("message", id)
                        .param("attachment", attachmentIds.get(position))
                        .param("position", position)
                        .update();
            } catch (DuplicateKeyException e) {
                throw Problem.invalidField("attachmentIds", "Taken", "names a file that is attached already");
            }
        }
    }

    private MessageResponse get(long id, long ticketNumber) {
        return jdbc.sql(SELECT + "where m.id = :id")
                .param("id", id)
                .query((row, index) -> message(row, ticketNumber))
                .single();
    }

    /**
     * The messages of a ticket behind the given one, oldest first, with those of tickets that have become part of it; the
     * caller has checked that the viewer, who is staff, may see it.
     *
     * @param after an id, or 0 for all
     */
    List<MessageResponse> listAfter(long ticketNumber, long after) {
        return jdbc.sql(SELECT + """
                        where m.ticket_number = any(array(select ticket_parts(:ticket))) and m.id > :after
                        order by m.id limit :limit""")
                .param("ticket", ticketNumber)
                .param("after", after)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row, ticketNumber))
                .list();
    }

    /**
     * All messages behind the given one, oldest first.
     *
     * @param after an id, or 0 for all
     * @param viewer somebody of the staff
     * @return nothing where the viewer may not see the ticket
     */
    List<MessageResponse> listAfter(long ticketNumber, long after, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql(SELECT + """
                        where m.ticket_number = any(array(select ticket_parts(:ticket))) and m.id > :after
                          and exists (select from ticket t where t.number = :ticket and %s)
                        order by m.id limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("ticket", ticketNumber)
                .param("after", after)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row, ticketNumber))
                .list();
    }

    /**
     * The public replies of a ticket behind the given one, oldest first; of a very long conversation the newest. Of tickets
     * that have become part of it only those that the customer may see by themselves: a merge shows nobody's words to
     * somebody else.
     *
     * @param after an id, or 0 for all
     */
    List<MessageResponse> listPublicAfter(long ticketNumber, long after, Viewer customer) {
        var scope = TicketScope.of(customer);
        return jdbc.sql(SELECT + """
                        where m.ticket_number = any(array(
                                select t.number from ticket_parts(:ticket) as part join ticket t on t.number = part
                                where %s))
                          and m.kind = 'PUBLIC_REPLY' and m.id > :after
                        order by m.id desc limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("ticket", ticketNumber)
                .param("after", after)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row, ticketNumber))
                .list()
                .reversed();
    }

    /**
     * Whether an attachment may be read: through a message that the viewer may see, or as one's own fresh upload. Staff
     * see the messages of a merged ticket through the one that it has become part of.
     */
    boolean mayRead(UUID attachmentId, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        select exists (
                            select from message_attachment ma
                            join message m on m.id = ma.message_id
                            join ticket t on t.number = any(array[m.ticket_number,
                                    case when :staff then ticket_root(m.ticket_number) end])
                            where ma.attachment_id = :attachment
                              and (:staff or m.kind = 'PUBLIC_REPLY') and %s)
                        or exists (
                            select from attachment a
                            where a.id = :attachment and a.uploaded_by = :viewer
                              and not exists (select from message_attachment x where x.attachment_id = a.id))
                        """.formatted(scope.condition()))
                .param("attachment", attachmentId)
                .param("staff", viewer.isStaff())
                .param("viewer", viewer.personId())
                .params(scope.parameters())
                .query(Boolean.class)
                .single();
    }

    /** Moves those of the messages that are on one ticket to another, and returns how many. */
    int move(long from, long to, List<Long> ids) {
        return jdbc.sql("update message set ticket_number = :to where id = any(:ids) and ticket_number = :from")
                .param("to", to)
                .param("ids", ids.toArray(Long[]::new))
                .param("from", from)
                .update();
    }

    /** What the public messages on a ticket say of it; the first message asks, whoever wrote it. */
    TicketSpeech speech(long ticketNumber) {
        return jdbc.sql("""
                        select min(m.created_at) filter (where p.role <> 'CUSTOMER' and m.id > (
                                   select min(id) from message where ticket_number = :ticket)) as first_replied_at,
                               max(m.created_at) as last_message_at,
                               coalesce((array_agg(p.role order by m.id desc))[1] <> 'CUSTOMER', false) as is_last_by_staff
                        from message m join person p on p.id = m.author_id
                        where m.ticket_number = :ticket and m.kind = 'PUBLIC_REPLY'""")
                .param("ticket", ticketNumber)
                .query((row, index) -> new TicketSpeech(
                        Sql.instantOrNull(row, "first_replied_at"),
                        Sql.instantOrNull(row, "last_message_at"),
                        row.getBoolean("is_last_by_staff")))
                .single();
    }

    /** When the first message on a ticket was written. */
    Instant begunAt(long ticketNumber) {
        return jdbc.sql("select min(created_at) as begun_at from message where ticket_number = :ticket")
                .param("ticket", ticketNumber)
                .query((row, index) -> Sql.instant(row, "begun_at"))
                .single();
    }

    boolean isAnyOn(long ticketNumber) {
        return jdbc.sql("select exists (select from message where ticket_number = :ticket)")
                .param("ticket", ticketNumber)
                .query(Boolean.class)
                .single();
    }

    private MessageResponse message(ResultSet row, long shownOn) throws SQLException {
        var attachments = row.getString("attachments");
        var writtenOn = row.getLong("ticket_number");
        return new MessageResponse(
                row.getLong("id"),
                MessageKind.valueOf(row.getString("kind")),
                new MessageAuthor(
                        Sql.uuid(row, "author_id"),
                        row.getString("author_name"),
                        Role.valueOf(row.getString("author_role"))),
                row.getString("body_markdown"),
                row.getString("body_html"),
                row.getString("signature_html"),
                Sql.instant(row, "created_at"),
                attachments == null ? List.of() : json.readValue(attachments, new TypeReference<List<Attachment>>() {}),
                writtenOn == shownOn ? null : writtenOn);
    }
}
