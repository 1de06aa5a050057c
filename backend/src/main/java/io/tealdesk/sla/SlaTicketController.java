package io.tealdesk.sla;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Tickets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was promised of one ticket. */
@RestController
@RequestMapping("/api/v1/tickets/{number}/sla")
@PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
class SlaTicketController {

    private final Tickets tickets;
    private final JdbcClient jdbc;

    SlaTicketController(Tickets tickets, JdbcClient jdbc) {
        this.tickets = tickets;
        this.jdbc = jdbc;
    }

    /** First reply, next reply (the last one that was waited for), resolution; whichever are promised. */
    @GetMapping
    List<TicketSlaClock> listTicketSlaClocks(@PathVariable long number, @AuthenticationPrincipal Viewer viewer) {
        tickets.requireVisible(number, viewer);
        return jdbc.sql("""
                        select distinct on (array_position(array['FIRST_REPLY', 'NEXT_REPLY', 'RESOLUTION'], c.target))
                               c.target, c.state, c.due_at, c.ended_at, c.promised_micros, c.elapsed_micros,
                               p.name as policy
                        from sla_clock c left join sla_policy p on p.id = c.policy_id
                        where c.ticket_number = :number
                        order by array_position(array['FIRST_REPLY', 'NEXT_REPLY', 'RESOLUTION'], c.target),
                                 c.cycle desc""")
                .param("number", number)
                .query((row, index) -> new TicketSlaClock(
                        SlaTarget.valueOf(row.getString("target")),
                        SlaClockState.valueOf(row.getString("state")),
                        Sql.instantOrNull(row, "due_at"),
                        Sql.instantOrNull(row, "ended_at"),
                        row.getLong("promised_micros") / 1_000_000,
                        row.getLong("elapsed_micros") / 1_000_000,
                        row.getString("policy")))
                .list();
    }

    /**
     * @param dueAt when the time is over; of what is paused or ended only where it was over before
     * @param promisedSeconds in business time
     * @param elapsedSeconds in business time, until it was started for the last time where it runs
     * @param policy by whose name, while it is kept
     */
    record TicketSlaClock(
            SlaTarget target,
            SlaClockState state,
            @Nullable Instant dueAt,
            @Nullable Instant endedAt,
            long promisedSeconds,
            long elapsedSeconds,
            @Nullable String policy) {}
}
