package io.tealdesk.conversations;

import io.tealdesk.outbox.Outbox;
import io.tealdesk.outbox.OutgoingMail;
import io.tealdesk.shared.DeskProperties;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells people by mail, in their language, what happened on their tickets. Notes are never told of. */
@Component
class ConversationMails {

    /** RFC 3834, and what Exchange understands: nobody's out-of-office answers these. */
    private static final Map<String, String> AUTOMATIC =
            Map.of("Auto-Submitted", "auto-generated", "X-Auto-Response-Suppress", "All");

    private static final Map<String, String> WRITTEN_BY_A_PERSON = Map.of("X-Auto-Response-Suppress", "All");

    private final Outbox outbox;
    private final DeskProperties desk;
    private final JdbcClient jdbc;

    ConversationMails(Outbox outbox, DeskProperties desk, JdbcClient jdbc) {
        this.outbox = outbox;
        this.desk = desk;
        this.jdbc = jdbc;
    }

    void requestReceived(long number) {
        toRequester(number, "request-received", "", "", AUTOMATIC);
    }

    void ticketOpenedForCustomer(long number, String body) {
        toRequester(number, "ticket-opened", "", body, WRITTEN_BY_A_PERSON);
    }

    /** @param author their signature, or else their name */
    void staffReplied(long number, String author, String body) {
        toRequester(number, "staff-replied", author, body, WRITTEN_BY_A_PERSON);
    }

    /** To the assignee; an unassigned ticket waits in its team's view. */
    void customerReplied(long number) {
        var reader = reader(number, "t.assignee_id");
        if (reader != null) {
            send(reader, "customer-replied", "/tickets/" + number, number, "", "", AUTOMATIC);
        }
    }

    private void toRequester(long number, String mail, String author, String body, Map<String, String> headers) {
        var reader = reader(number, "t.requester_id");
        if (reader != null) {
            send(reader, mail, "/portal/tickets/" + number, number, author, body, headers);
        }
    }

    private void send(
            Reader reader,
            String mail,
            String path,
            long number,
            String author,
            String body,
            Map<String, String> headers) {
        var texts = ResourceBundle.getBundle("mail/conversations", Locale.forLanguageTag(reader.locale));
        var subject = "[#" + number + "] " + reader.subject.replaceAll("\\s+", " ");
        // The user's text goes in last, so that nothing in it is taken for a placeholder.
        var text = texts.getString(mail)
                .replace("{number}", Long.toString(number))
                .replace("{link}", desk.link(path))
                .replace("{author}", author)
                .replace("{body}", body);
        outbox.put(new OutgoingMail(reader.email, reader.name, subject, text + "\n", false, headers));
    }

    private @Nullable Reader reader(long number, String column) {
        return jdbc.sql("""
                select p.email, p.name, p.locale, t.subject
                from ticket t join person p on p.id = %s
                where t.number = :number and p.deactivated_at is null""".formatted(column))
                .param("number", number)
                .query((row, index) ->
                        new Reader(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .optional()
                .orElse(null);
    }

    private record Reader(String email, String name, String locale, String subject) {}
}
