package io.tealdesk.tickets;

import io.tealdesk.shared.Sql;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds the snoozed tickets whose time has come. */
@Component
class SnoozedTickets {

    static final int BATCH = 50;

    private final Tickets tickets;
    private final JdbcClient jdbc;
    private final Clock clock;

    SnoozedTickets(Tickets tickets, JdbcClient jdbc, Clock clock) {
        this.tickets = tickets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Wakes some, the longest overdue first, and returns how many. What another task is just waking, or somebody
     * changing, is passed over; the next round finds whatever is left of it. Also what a release that knows no snoozing
     * let the customer answer, or closed.
     */
    @Transactional
    int wakeSome() {
        var due = jdbc.sql("""
                        select t.number from ticket t
                        where t.snoozed_at is not null
                          and (t.snoozed_until <= :now
                               or (t.last_message_by = 'REQUESTER' and t.last_message_at > t.snoozed_at)
                               or t.status in ('RESOLVED', 'CLOSED', 'CANCELLED'))
                        order by t.snoozed_until, t.number limit :most
                        for update skip locked""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("most", BATCH)
                .query(Long.class)
                .list();
        due.forEach(tickets::wakeIfDue);
        return due.size();
    }
}
