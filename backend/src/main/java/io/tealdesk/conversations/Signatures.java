package io.tealdesk.conversations;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.Tickets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps signatures: of each team one, and of whoever wants one of their own in its place. */
@Component
class Signatures {

    static final int LENGTH_MAX = 2_000;

    private final JdbcClient jdbc;
    private final Tickets tickets;

    Signatures(JdbcClient jdbc, Tickets tickets) {
        this.jdbc = jdbc;
        this.tickets = tickets;
    }

    /** Empty where there is none. */
    String own(UUID personId) {
        return jdbc.sql("select body_markdown from person_signature where person_id = :person")
                .param("person", personId)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** @param text empty for the team's */
    @Transactional
    void keepOwn(UUID personId, String text) {
        TextTemplate.check("text", text);
        if (text.isBlank()) {
            jdbc.sql("delete from person_signature where person_id = :person")
                    .param("person", personId)
                    .update();
        } else {
            jdbc.sql("""
                            insert into person_signature (person_id, body_markdown) values (:person, :text)
                            on conflict (person_id) do update set body_markdown = excluded.body_markdown""").param("person", personId).param("text", text.strip()).update();
        }
    }

    /** Empty where there is none. */
    String ofTeam(UUID teamId) {
        return jdbc.sql("""
                        select coalesce(s.body_markdown, '') from team t
                        left join team_signature s on s.team_id = t.id where t.id = :team""")
                .param("team", teamId)
                .query(String.class)
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** @param text empty for none */
    @Transactional
    void keepOfTeam(UUID teamId, String text) {
        TextTemplate.check("text", text);
        ofTeam(teamId);
        if (text.isBlank()) {
            jdbc.sql("delete from team_signature where team_id = :team")
                    .param("team", teamId)
                    .update();
        } else {
            jdbc.sql("""
                            insert into team_signature (team_id, body_markdown) values (:team, :text)
                            on conflict (team_id) do update set body_markdown = excluded.body_markdown""").param("team", teamId).param("text", text.strip()).update();
        }
    }

    /** The viewer's own or else that of the ticket's team, as it reads on the ticket. */
    Signature on(long number, Viewer viewer) {
        var ticket = tickets.get(number, viewer);
        var own = own(viewer.personId());
        var template = own.isEmpty() ? ofTeam(ticket.team().id()) : own;
        return Signature.of(TextTemplate.rendered(template, TextTemplate.Values.of(ticket, viewer.name())));
    }

    /** As {@link #on}, or null where there is none or none is wanted. */
    @Nullable String textFor(long number, Viewer viewer, boolean isWanted) {
        var text = isWanted ? on(number, viewer).text() : "";
        return text.isEmpty() ? null : text;
    }
}
