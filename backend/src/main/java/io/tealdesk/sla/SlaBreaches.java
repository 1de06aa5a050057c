package io.tealdesk.sla;

import io.tealdesk.shared.Sql;
import io.tealdesk.sla.SlaRules.SlaEscalation;
import io.tealdesk.tickets.TicketEventKind;
import io.tealdesk.tickets.Tickets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Announces warnings and breaches, and does what their policy says. Each once: the database keeps which have been, in the
 * transaction that writes the line of history and the mails.
 */
@Component
class SlaBreaches {

    static final int BATCH = 20;

    private final SlaReckoning reckoning;
    private final SlaRuleBook ruleBook;
    private final SlaMails mails;
    private final Tickets tickets;
    private final JdbcClient jdbc;
    private final Clock clock;

    SlaBreaches(
            SlaReckoning reckoning,
            SlaRuleBook ruleBook,
            SlaMails mails,
            Tickets tickets,
            JdbcClient jdbc,
            Clock clock) {
        this.reckoning = reckoning;
        this.ruleBook = ruleBook;
        this.mails = mails;
        this.tickets = tickets;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Takes some tickets of which something is due, the longest overdue first, and returns how many. The tickets stay
     * locked and are reckoned once more before: what somebody has just done in time is no breach. What somebody is just
     * changing is passed over until the next round.
     */
    @Transactional
    int announceSome() {
        reckoning.begin();
        var now = clock.instant();
        var due = jdbc.sql("""
                        select t.number from sla_clock c join ticket t on t.number = c.ticket_number
                        where c.next_at < :now order by c.next_at, t.number limit :most
                        for update of t skip locked""")
                .param("now", Sql.timestamp(now))
                .param("most", BATCH)
                .query(Long.class)
                .list();
        if (due.isEmpty()) {
            return 0;
        }
        var numbers = new TreeSet<>(due);
        reckoning.reckon(numbers);
        var rules = ruleBook.read();
        dueClocks(numbers, now).forEach(clock -> announce(clock, rules, now));
        // What is next of these clocks.
        reckoning.reckon(numbers);
        return due.size();
    }

    private void announce(DueClock clock, SlaRuleSet rules, Instant now) {
        var stage = clock.dueAt != null && clock.dueAt.isBefore(now) ? SlaStage.BREACH : SlaStage.WARNING;
        var isNew = jdbc.sql("""
                        insert into sla_event (ticket_number, target, cycle, stage, occurred_at, is_announced)
                        values (:number, :target, :cycle, :stage, :now, true) on conflict do nothing""")
                        .param("number", clock.number)
                        .param("target", clock.target.name())
                        .param("cycle", clock.cycle)
                        .param("stage", stage.name())
                        .param("now", Sql.timestamp(now))
                        .update()
                == 1;
        if (!isNew) {
            return;
        }
        tickets.tell(
                clock.number,
                stage == SlaStage.BREACH ? TicketEventKind.SLA_BREACHED : TicketEventKind.SLA_WARNING,
                clock.target.name());
        // Of what is over, somebody may want to know; there is nothing left to hurry.
        if (clock.isOpen) {
            rules.policy(clock.policyId)
                    .ifPresent(policy -> escalate(
                            clock,
                            stage,
                            stage == SlaStage.BREACH
                                    ? policy.rules().onBreach()
                                    : policy.rules().onWarning()));
        }
    }

    /** The mails first: whoever had the ticket is told, too, that it goes to another team. */
    private void escalate(DueClock clock, SlaStage stage, SlaEscalation escalation) {
        mails.tell(clock.number, clock.target, stage, clock.dueAt, escalation);
        var raiseTo = escalation.raiseTo();
        if (raiseTo != null) {
            tickets.raisePriority(clock.number, raiseTo);
        }
        var teamId = escalation.teamId();
        if (teamId != null && isTeam(teamId)) {
            tickets.handOver(clock.number, teamId);
        }
    }

    private boolean isTeam(UUID id) {
        return jdbc.sql("select exists (select from team where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    private List<DueClock> dueClocks(Set<Long> numbers, Instant now) {
        return jdbc.sql("""
                        select ticket_number, target, cycle, policy_id, due_at, state in ('RUNNING', 'PAUSED') as is_open
                        from sla_clock where ticket_number = any(:numbers) and next_at < :now
                        order by ticket_number, next_at, target, cycle""")
                .param("numbers", numbers.toArray(Long[]::new))
                .param("now", Sql.timestamp(now))
                .query((row, index) -> new DueClock(
                        row.getLong("ticket_number"),
                        SlaTarget.valueOf(row.getString("target")),
                        row.getLong("cycle"),
                        Sql.uuid(row, "policy_id"),
                        Sql.instantOrNull(row, "due_at"),
                        row.getBoolean("is_open")))
                .list();
    }

    private record DueClock(
            long number,
            SlaTarget target,
            long cycle,
            UUID policyId,
            @Nullable Instant dueAt,
            boolean isOpen) {}
}
