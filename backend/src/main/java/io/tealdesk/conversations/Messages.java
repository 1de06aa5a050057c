package io.tealdesk.conversations;

import io.tealdesk.conversations.MessageResponse.MessageAuthor;
import io.tealdesk.files.Attachment;
import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketScope;
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
            select m.id, m.kind, m.author_id, p.name as author_name, p.role as author_role,
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
                        List.of()))
                .single();
        if (attachmentIds.isEmpty()) {
            return written;
        }
        attach(written.id(), attachmentIds);
        return get(written.id());
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

    private MessageResponse get(long id) {
        return jdbc.sql(SELECT + "where m.id = :id")
                .param("id", id)
                .query((row, index) -> message(row))
                .single();
    }

    /**
     * The messages of a ticket behind the given one, oldest first; the caller has checked that the viewer may see it.
     *
     * @param after an id, or 0 for all
     */
    List<MessageResponse> listAfter(long ticketNumber, long after, boolean publicOnly) {
        return jdbc.sql(SELECT + """
                        where m.ticket_number = :ticket and m.id > :after
                          and (not :publicOnly or m.kind = 'PUBLIC_REPLY')
                        order by m.id limit :limit""")
                .param("ticket", ticketNumber)
                .param("after", after)
                .param("publicOnly", publicOnly)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row))
                .list();
    }

    /**
     * All messages behind the given one, oldest first.
     *
     * @param after an id, or 0 for all
     * @return nothing where the viewer may not see the ticket
     */
    List<MessageResponse> listAfter(long ticketNumber, long after, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql(SELECT + """
                        where m.ticket_number = :ticket and m.id > :after
                          and exists (select from ticket t where t.number = :ticket and %s)
                        order by m.id limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("ticket", ticketNumber)
                .param("after", after)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row))
                .list();
    }

    /** The public replies of a ticket, oldest first; of a very long conversation the newest. */
    List<MessageResponse> listPublic(long ticketNumber) {
        return jdbc.sql(SELECT + """
                        where m.ticket_number = :ticket and m.kind = 'PUBLIC_REPLY' order by m.id desc limit :limit""")
                .param("ticket", ticketNumber)
                .param("limit", MESSAGES_MAX)
                .query((row, index) -> message(row))
                .list()
                .reversed();
    }

    /** Whether an attachment may be read: through a message that the viewer may see, or as one's own fresh upload. */
    boolean mayRead(UUID attachmentId, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        select exists (
                            select from message_attachment ma
                            join message m on m.id = ma.message_id
                            join ticket t on t.number = m.ticket_number
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

    private MessageResponse message(ResultSet row) throws SQLException {
        var attachments = row.getString("attachments");
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
                attachments == null
                        ? List.of()
                        : json.readValue(attachments, new TypeReference<List<Attachment>>() {}));
    }
}
