package io.tealdesk.sla;

import io.tealdesk.shared.Sql;
import io.tealdesk.sla.SlaHistory.Change;
import io.tealdesk.sla.SlaHistory.PublicMessage;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings the clocks of tickets to what their histories say. Any number of times, in any order: nothing depends on each
 * change being seen once. Only one transaction at a time does so, or an older reading could be written over a newer one.
 */
@Component
class SlaReckoning {

    private static final long LOCK = 0x7EA10025L;
    private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

    private final SlaRuleBook ruleBook;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    SlaReckoning(SlaRuleBook ruleBook, JdbcClient jdbc, JdbcTemplate batches) {
        this.ruleBook = ruleBook;
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Waits until nobody else reckons, and lets nobody do so until the transaction ends. */
    @Transactional(propagation = Propagation.MANDATORY)
    void begin() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, index) -> true)
                .single();
    }

    /**
     * Reckons the clocks of these tickets; what they are reckoned for was committed before. A ticket that ended before the
     * rules changed keeps what it had.
     *
     * @return the tickets whose clocks have changed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Set<Long> reckon(Collection<Long> numbers) {
        var changed = new HashSet<Long>();
        if (numbers.isEmpty()) {
            return changed;
        }
        var rules = ruleBook.read();
        var wanted = numbers.toArray(Long[]::new);
        var rows = rows(wanted);
        var events = events(wanted);
        var histories = histories(rules, wanted);
        var kept = kept(rules, wanted);
        var written = new ArrayList<Row>();
        var gone = new ArrayList<Key>();
        var silenced = new ArrayList<Event>();
        for (var number : new HashSet<>(numbers)) {
            if (kept.contains(number)) {
                continue;
            }
            var history = histories.get(number);
            var former = rows.getOrDefault(number, Map.of());
            var clocks = history == null ? List.<SlaClock>of() : rules.clocks(history);
            var doneAt = history != null && history.isDone() ? history.resolvedAt() : null;
            var present = new HashSet<Key>();
            for (var clock : clocks) {
                var key = new Key(number, clock.target(), clock.cycle());
                present.add(key);
                var before = former.get(key);
                silenced.addAll(silenced(key, clock, before, rules.since(), events));
                var row = new Row(key, clock, doneAt, nextAt(key, clock, events));
                if (!row.equals(before)) {
                    written.add(row);
                    changed.add(number);
                }
            }
            former.keySet().stream().filter(key -> !present.contains(key)).forEach(key -> {
                gone.add(key);
                changed.add(number);
            });
        }
        write(written, gone, silenced);
        return changed;
    }

    /** What came to pass before the rules were made by which it did is nobody's news. */
    private static List<Event> silenced(
            Key key, SlaClock clock, @Nullable Row before, Instant rulesSince, Set<Event> events) {
        var silenced = new ArrayList<Event>();
        if (isOfThePast(clock.warnAt(), before == null ? null : before.clock.warnAt(), rulesSince)) {
            silenced.add(new Event(key, SlaStage.WARNING));
        }
        if (isOfThePast(clock.dueAt(), before == null ? null : before.clock.dueAt(), rulesSince)) {
            silenced.add(new Event(key, SlaStage.BREACH));
        }
        silenced.removeAll(events);
        events.addAll(silenced);
        return silenced;
    }

    private static boolean isOfThePast(@Nullable Instant moment, @Nullable Instant before, Instant rulesSince) {
        return moment != null && moment.isBefore(rulesSince) && !moment.equals(before);
    }

    private static @Nullable Instant nextAt(Key key, SlaClock clock, Set<Event> events) {
        if ((clock.dueAt() == null && clock.warnAt() == null) || events.contains(new Event(key, SlaStage.BREACH))) {
            return null;
        }
        var warns = clock.state().isOpen() && !events.contains(new Event(key, SlaStage.WARNING));
        return warns && clock.warnAt() != null ? clock.warnAt() : clock.dueAt();
    }

    private void write(List<Row> written, List<Key> gone, List<Event> silenced) {
        batches.batchUpdate(
                "delete from sla_clock where ticket_number = ? and target = ? and cycle = ?", gone, 100, (row, key) -> {
                    row.setLong(1, key.number);
                    row.setString(2, key.target.name());
                    row.setLong(3, key.cycle);
                });
        batches.batchUpdate("""
                insert into sla_clock (ticket_number, target, cycle, policy_id, state, started_at, promised_micros,
                                       elapsed_micros, warn_at, due_at, ended_at, done_at, next_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (ticket_number, target, cycle) do update
                set policy_id = excluded.policy_id, state = excluded.state, started_at = excluded.started_at,
                    promised_micros = excluded.promised_micros, elapsed_micros = excluded.elapsed_micros,
                    warn_at = excluded.warn_at, due_at = excluded.due_at, ended_at = excluded.ended_at,
                    done_at = excluded.done_at, next_at = excluded.next_at""", written, 100, (row, clock) -> {
            row.setLong(1, clock.key.number);
            row.setString(2, clock.key.target.name());
            row.setLong(3, clock.key.cycle);
            row.setObject(4, clock.clock.policyId());
            row.setString(5, clock.clock.state().name());
            row.setObject(6, Sql.timestamp(clock.clock.startedAt()));
            row.setLong(7, clock.clock.promised().dividedBy(MICROSECOND));
            row.setLong(8, clock.clock.elapsed().dividedBy(MICROSECOND));
            row.setObject(9, Sql.timestampOrNull(clock.clock.warnAt()));
            row.setObject(10, Sql.timestampOrNull(clock.clock.dueAt()));
            row.setObject(11, Sql.timestampOrNull(clock.clock.endedAt()));
            row.setObject(12, Sql.timestampOrNull(clock.doneAt));
            row.setObject(13, Sql.timestampOrNull(clock.nextAt));
        });
        batches.batchUpdate("""
                insert into sla_event (ticket_number, target, cycle, stage, occurred_at, is_announced)
                values (?, ?, ?, ?, now(), false) on conflict do nothing""", silenced, 100, (row, event) -> {
            row.setLong(1, event.key.number);
            row.setString(2, event.key.target.name());
            row.setLong(3, event.key.cycle);
            row.setString(4, event.stage.name());
        });
    }

    /** Whose clocks stay as they are: they ended by the rules of that time, and nothing has happened to them since. */
    private Set<Long> kept(SlaRuleSet rules, Long[] numbers) {
        return new HashSet<>(jdbc.sql("""
                        select t.number from ticket t
                        where t.number = any(:numbers) and t.status in ('RESOLVED', 'CLOSED', 'CANCELLED')
                          and t.resolved_at < :since
                          and not exists (select from sla_clock c where c.ticket_number = t.number
                                          and (c.state in ('RUNNING', 'PAUSED') or c.done_at <> t.resolved_at))""")
                .param("numbers", numbers)
                .param("since", Sql.timestamp(rules.since()))
                .query(Long.class)
                .list());
    }

    private Map<Long, SlaHistory> histories(SlaRuleSet rules, Long[] numbers) {
        if (rules.policies().isEmpty()) {
            return Map.of();
        }
        var changes = new HashMap<Long, List<Change>>();
        var first = new HashMap<Long, TicketStatus>();
        jdbc.sql("""
                        select e.ticket_number, e.kind, e.from_value, e.to_value, e.occurred_at from ticket_event e
                        where e.ticket_number = any(:numbers) and e.kind in ('STATUS', 'SNOOZED', 'WOKEN')
                        order by e.ticket_number, e.id""").param("numbers", numbers).query(row -> {
            var number = row.getLong("ticket_number");
            var isStatus = row.getString("kind").equals("STATUS");
            if (isStatus) {
                first.putIfAbsent(number, TicketStatus.valueOf(row.getString("from_value")));
            }
            changes.computeIfAbsent(number, none -> new ArrayList<>())
                    .add(new Change(
                            Sql.instant(row, "occurred_at"),
                            isStatus ? TicketStatus.valueOf(row.getString("to_value")) : null,
                            isStatus ? null : row.getString("kind").equals("SNOOZED")));
        });
        var messages = new HashMap<Long, List<PublicMessage>>();
        jdbc.sql("""
                        select m.ticket_number, m.id, m.created_at, p.role <> 'CUSTOMER' as is_by_staff
                        from message m join person p on p.id = m.author_id
                        where m.ticket_number = any(:numbers) and m.kind = 'PUBLIC_REPLY'
                        order by m.ticket_number, m.id""").param("numbers", numbers).query(row -> {
            messages.computeIfAbsent(row.getLong("ticket_number"), none -> new ArrayList<>())
                    .add(new PublicMessage(
                            row.getLong("id"), Sql.instant(row, "created_at"), row.getBoolean("is_by_staff")));
        });
        // A column that only a later release writes is none of this one's, so it is asked for by its name.
        return jdbc
                .sql("""
                        select t.*, to_jsonb(t) ->> 'merged_into' is not null and t.status = 'CLOSED' as is_merged
                        from ticket t where t.number = any(:numbers)""")
                .param("numbers", numbers)
                .query((row, index) -> {
                    var number = row.getLong("number");
                    var status = TicketStatus.valueOf(row.getString("status"));
                    var written = messages.getOrDefault(number, List.of());
                    return new SlaHistory(
                            number,
                            Sql.uuid(row, "team_id"),
                            Sql.uuidOrNull(row, "organisation_id"),
                            TicketPriority.valueOf(row.getString("priority")),
                            status,
                            first.getOrDefault(number, status),
                            Sql.instant(row, "created_at"),
                            Sql.instantOrNull(row, "first_replied_at"),
                            Sql.instantOrNull(row, "resolved_at"),
                            row.getBoolean("is_merged"),
                            changes.getOrDefault(number, List.of()),
                            written.isEmpty() ? written : written.subList(1, written.size()));
                })
                .list()
                .stream()
                .collect(java.util.stream.Collectors.toMap(SlaHistory::number, history -> history));
    }

    private Map<Long, Map<Key, Row>> rows(Long[] numbers) {
        var rows = new HashMap<Long, Map<Key, Row>>();
        jdbc.sql("select * from sla_clock where ticket_number = any(:numbers)")
                .param("numbers", numbers)
                .query(result -> {
                    var row = row(result);
                    rows.computeIfAbsent(row.key.number, none -> new HashMap<>())
                            .put(row.key, row);
                });
        return rows;
    }

    private static Row row(ResultSet row) throws SQLException {
        var key =
                new Key(row.getLong("ticket_number"), SlaTarget.valueOf(row.getString("target")), row.getLong("cycle"));
        return new Row(
                key,
                new SlaClock(
                        key.target,
                        key.cycle,
                        Sql.uuid(row, "policy_id"),
                        SlaClockState.valueOf(row.getString("state")),
                        Sql.instant(row, "started_at"),
                        MICROSECOND.multipliedBy(row.getLong("promised_micros")),
                        MICROSECOND.multipliedBy(row.getLong("elapsed_micros")),
                        Sql.instantOrNull(row, "warn_at"),
                        Sql.instantOrNull(row, "due_at"),
                        Sql.instantOrNull(row, "ended_at")),
                Sql.instantOrNull(row, "done_at"),
                Sql.instantOrNull(row, "next_at"));
    }

    private Set<Event> events(Long[] numbers) {
        return new HashSet<>(jdbc.sql("""
                        select ticket_number, target, cycle, stage from sla_event
                        where ticket_number = any(:numbers)""")
                .param("numbers", numbers)
                .query((row, index) -> new Event(
                        new Key(
                                row.getLong("ticket_number"),
                                SlaTarget.valueOf(row.getString("target")),
                                row.getLong("cycle")),
                        SlaStage.valueOf(row.getString("stage"))))
                .list());
    }

    private record Key(long number, SlaTarget target, long cycle) {}

    private record Event(Key key, SlaStage stage) {}

    private record Row(
            Key key,
            SlaClock clock,
            @Nullable Instant doneAt,
            @Nullable Instant nextAt) {}
}
