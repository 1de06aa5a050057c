package io.tealdesk.tickets;

import io.tealdesk.shared.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes what tickets say of their changes, in the order in which they were made. */
@Component
class TicketHistory {

    private final JdbcClient jdbc;

    TicketHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of all of them in one statement, so that what follows the history is told once. */
    void write(Collection<Ticket> tickets, @Nullable UUID actorId, Instant now) {
        var numbers = new ArrayList<Long>();
        var kinds = new ArrayList<String>();
        var former = new ArrayList<@Nullable String>();
        var next = new ArrayList<@Nullable String>();
        for (var ticket : tickets) {
            for (var change : ticket.takeChanges()) {
                numbers.add(ticket.number());
                kinds.add(change.kind().name());
                former.add(change.from());
                next.add(change.to());
            }
        }
        if (numbers.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into ticket_event (ticket_number, actor_id, kind, from_value, to_value, occurred_at)
                        select c.number, :actor, c.kind, c.from_value, c.to_value, :now
                        from unnest(cast(:numbers as bigint[]), cast(:kinds as text[]), cast(:from as text[]),
                                    cast(:to as text[]))
                             with ordinality as c(number, kind, from_value, to_value, place)
                        order by c.place""")
                .param("numbers", numbers.toArray(Long[]::new))
                .param("kinds", kinds.toArray(String[]::new))
                .param("from", former.toArray(String[]::new))
                .param("to", next.toArray(String[]::new))
                .param("actor", actorId)
                .param("now", Sql.timestamp(now))
                .update();
    }
}
