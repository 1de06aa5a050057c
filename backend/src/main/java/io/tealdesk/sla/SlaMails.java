package io.tealdesk.sla;

import io.tealdesk.outbox.Outbox;
import io.tealdesk.outbox.OutgoingMail;
import io.tealdesk.shared.DeskProperties;
import io.tealdesk.shared.Sql;
import io.tealdesk.sla.SlaRules.SlaEscalation;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells staff of warnings and breaches by mail, each in their language and nobody twice. */
@Component
class SlaMails {

    private static final Map<String, String> AUTOMATIC =
            Map.of("Auto-Submitted", "auto-generated", "X-Auto-Response-Suppress", "All");

    private final Outbox outbox;
    private final DeskProperties desk;
    private final JdbcClient jdbc;

    SlaMails(Outbox outbox, DeskProperties desk, JdbcClient jdbc) {
        this.outbox = outbox;
        this.desk = desk;
        this.jdbc = jdbc;
    }

    /** @param dueAt null while a clock stands still */
    void tell(long number, SlaTarget target, SlaStage stage, @Nullable Instant dueAt, SlaEscalation escalation) {
        jdbc.sql("""
                        select p.email, p.name, p.locale, t.subject, tm.name as team
                        from ticket t join team tm on tm.id = t.team_id
                        join person p on p.id = any(cast(:persons as uuid[]))
                            or :assignee and p.id = t.assignee_id
                            or :team and p.id in (select m.person_id from team_member m where m.team_id = t.team_id)
                        where t.number = :number and p.deactivated_at is null
                          and p.role in ('AGENT', 'ADMINISTRATOR')
                        order by p.id""")
                .param("number", number)
                .param("persons", Sql.texts(escalation.personIds()))
                .param("assignee", escalation.notifyAssignee())
                .param("team", escalation.notifyTeam())
                .query((row, index) -> new Reader(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)))
                .list()
                .forEach(reader -> send(reader, number, target, stage, dueAt));
    }

    private void send(Reader reader, long number, SlaTarget target, SlaStage stage, @Nullable Instant dueAt) {
        var locale = Locale.forLanguageTag(reader.locale);
        var texts = ResourceBundle.getBundle("mail/sla", locale);
        var ticket = reader.subject.replaceAll("\\s+", " ");
        var text = texts.getString(stage.name())
                .replace("{target}", texts.getString(target.name()))
                .replace("{due}", dueAt == null ? texts.getString("paused") : written(dueAt, locale))
                .replace("{number}", Long.toString(number))
                .replace("{link}", desk.link("/tickets/" + number))
                // People's texts last, so that nothing in them is taken for a placeholder.
                .replace("{team}", reader.team)
                .replace("{subject}", ticket);
        outbox.put(new OutgoingMail(
                reader.email,
                reader.name,
                "[#" + number + "] " + texts.getString(stage.name() + ".subject") + ": " + ticket,
                text + "\n",
                false,
                AUTOMATIC));
    }

    private static String written(Instant instant, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .format(instant.atOffset(ZoneOffset.UTC))
                + " UTC";
    }

    private record Reader(String email, String name, String locale, String subject, String team) {}
}
