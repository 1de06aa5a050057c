package io.tealdesk.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tealdesk.bulk.BulkAction.BulkMacro;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Viewers;
import io.tealdesk.macros.MacroApplications;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.PropertyChange;
import io.tealdesk.tickets.TicketBatches;
import io.tealdesk.tickets.TicketEdit;
import io.tealdesk.tickets.TicketOutcome;
import io.tealdesk.tickets.TicketProperty;
import io.tealdesk.tickets.TicketView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Works edits off. A batch is one transaction: it takes tickets that wait and that no other task has taken, changes them,
 * and notes what became of each. So whatever dies half-way has done all of a batch or nothing.
 */
@Component
class BulkEditWork {

    /** So few that whoever wants one of these tickets meanwhile hardly waits. */
    static final int BATCH = 50;

    private static final Logger log = LoggerFactory.getLogger(BulkEditWork.class);

    private final TicketBatches tickets;
    private final MacroApplications macros;
    private final Viewers viewers;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BulkEditWork(
            TicketBatches tickets,
            MacroApplications macros,
            Viewers viewers,
            JdbcClient jdbc,
            JsonMapper json,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tickets = tickets;
        this.macros = macros;
        this.viewers = viewers;
        this.jdbc = jdbc;
        this.json = json;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** The edits that are not finished, the oldest first. */
    List<UUID> open() {
        return jdbc.sql("select id from bulk_edit where finished_at is null order by asked_at, id")
                .query(UUID.class)
                .list();
    }

    /**
     * Works off one batch and returns which tickets were in it; none where there is nothing left to take. What fails for
     * a reason that passes is thrown, and nothing of it was done.
     */
    List<Long> workSome(UUID id) {
        var taken = attempt(id, BATCH);
        if (taken.isEmpty()) {
            finish(id);
        }
        return taken;
    }

    /** The tickets that a small edit was made on as they are now, for whoever has just made it. */
    List<TicketView> made(UUID id) {
        return tickets.changed(jdbc.sql("""
                        select ticket_number from bulk_edit_ticket
                        where bulk_edit_id = :id and outcome in ('CHANGED', 'UNCHANGED', 'KEPT')
                        order by ticket_number limit :most""")
                .param("id", id)
                .param("most", BATCH)
                .query(Long.class)
                .list());
    }

    private List<Long> attempt(UUID id, int most) {
        var taken = new ArrayList<Long>();
        try {
            transaction.executeWithoutResult(status -> batch(id, most, taken));
        } catch (RuntimeException e) {
            if (isPassing(e) || taken.isEmpty()) {
                throw e;
            }
            if (taken.size() > 1) {
                // One of them is to blame: it is found by itself, and the others do not wait for it.
                log.warn("A batch of the edit {} failed, so its tickets are taken one by one", id, e);
                return attempt(id, 1);
            }
            refuse(id, taken.getFirst(), e);
        }
        return taken;
    }

    private void batch(UUID id, int most, List<Long> taken) {
        var asked = asked(id);
        if (asked.isEmpty()) {
            return;
        }
        var viewer = viewers.ofPerson(asked.get().askedBy).filter(Viewer::isStaff);
        var step = viewer.isPresent()
                ? step(asked.get(), viewer.get())
                : new Step(most, numbers -> refused(numbers, Problem.forbidden()));
        taken.addAll(take(id, Math.min(most, step.most)));
        if (!taken.isEmpty()) {
            record(asked.get(), step.work.apply(taken));
        }
    }

    private Step step(Asked asked, Viewer viewer) {
        if (asked.undoes != null) {
            return new Step(
                    BATCH, numbers -> tickets.restore(changes(asked.undoes, numbers), viewer, asked.undoneAskedAt()));
        }
        var changes = asked.action.changes();
        if (changes != null) {
            return new Step(BATCH, numbers -> tickets.edit(numbers, viewer, changes.edit()));
        }
        var macro = Objects.requireNonNull(asked.action.macro());
        try {
            return macros.editOfMany(viewer, macro.macroId(), macro.macroVersion(), asked.askedAt)
                    .map(edit -> new Step(BATCH, numbers -> tickets.edit(numbers, viewer, edit)))
                    // Refused after its message was written, a ticket takes its transaction back.
                    .orElseGet(() -> new Step(1, numbers -> applied(asked, macro, viewer, numbers.getFirst())));
        } catch (Problem refusal) {
            return new Step(BATCH, numbers -> refused(numbers, refusal));
        }
    }

    private List<TicketOutcome> applied(Asked asked, BulkMacro macro, Viewer viewer, long number) {
        var changes = tickets.changesBy(
                number,
                viewer,
                () -> macros.applyToOneOfMany(
                        number, viewer, macro.macroId(), macro.macroVersion(), asked.lastMessageId));
        return List.of(new TicketOutcome(number, changes, List.of(), null));
    }

    private Optional<Asked> asked(UUID id) {
        return jdbc.sql("""
                        select b.id, b.asked_by, b.action, b.undoes_id, b.last_message_id, b.asked_at,
                               u.asked_at as undone_asked_at
                        from bulk_edit b left join bulk_edit u on u.id = b.undoes_id
                        where b.id = :id and b.finished_at is null""").param("id", id).query((row, index) -> asked(row)).optional();
    }

    private Asked asked(ResultSet row) throws SQLException {
        return new Asked(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "asked_by"),
                json.readValue(row.getString("action"), BulkAction.class),
                Sql.uuidOrNull(row, "undoes_id"),
                row.getLong("last_message_id"),
                Sql.instant(row, "asked_at"),
                Sql.instantOrNull(row, "undone_asked_at"));
    }

    private List<Long> take(UUID id, int most) {
        return jdbc.sql("""
                        select ticket_number from bulk_edit_ticket
                        where bulk_edit_id = :id and outcome is null
                        order by ticket_number limit :most
                        for update skip locked""")
                .param("id", id)
                .param("most", most)
                .query(Long.class)
                .list();
    }

    private Map<Long, List<PropertyChange>> changes(UUID undone, List<Long> numbers) {
        var changes = new HashMap<Long, List<PropertyChange>>();
        jdbc.sql("""
                        select ticket_number, changes from bulk_edit_ticket
                        where bulk_edit_id = :id and ticket_number = any(:numbers)""")
                .param("id", undone)
                .param("numbers", numbers.toArray(Long[]::new))
                .query(row -> {
                    var told = json.readValue(row.getString("changes"), Told.class);
                    changes.put(row.getLong("ticket_number"), told.changes);
                });
        return changes;
    }

    private void record(Asked asked, List<TicketOutcome> outcomes) {
        var rows = outcomes.stream().map(outcome -> Row.of(outcome)).toList();
        jdbc.sql("""
                        update bulk_edit_ticket b
                        set outcome = o.outcome, reason = o.reason, part = o.part, changes = o.told
                        from jsonb_to_recordset(cast(:outcomes as jsonb))
                             as o(number bigint, outcome text, reason text, part text, told jsonb)
                        where b.bulk_edit_id = :id and b.ticket_number = o.number""")
                .param("id", asked.id)
                .param("outcomes", json.writeValueAsString(rows))
                .update();
    }

    /** Of a ticket whose transaction was taken back; unless another task has done it meanwhile. */
    private void refuse(UUID id, long number, RuntimeException cause) {
        if (!(cause instanceof Problem)) {
            log.error("The edit {} cannot be made on ticket {}", id, number, cause);
        }
        var row = Row.of(
                refused(List.of(number), cause instanceof Problem problem ? problem : Problem.temporarilyUnavailable())
                        .getFirst());
        jdbc.sql("""
                        update bulk_edit_ticket set outcome = :outcome, reason = :reason, part = :part
                        where bulk_edit_id = :id and ticket_number = :number and outcome is null""")
                .param("id", id)
                .param("number", number)
                .param("outcome", row.outcome.name())
                .param("reason", row.reason)
                .param("part", row.part)
                .update();
    }

    /** What another task is just working on still waits, as long as it is not done. */
    private void finish(UUID id) {
        jdbc.sql("""
                        update bulk_edit set finished_at = :now
                        where id = :id and finished_at is null
                          and not exists (select from bulk_edit_ticket t where t.bulk_edit_id = :id and t.outcome is null)""")
                .param("id", id)
                .param("now", Sql.timestamp(clock.instant()))
                .update();
    }

    private static List<TicketOutcome> refused(List<Long> numbers, Problem refusal) {
        return numbers.stream()
                .map(number -> new TicketOutcome(number, List.of(), List.of(), refusal))
                .toList();
    }

    /** Whether trying again can help. */
    private static boolean isPassing(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException;
    }

    /** @param most so many tickets at once */
    private record Step(int most, Function<List<Long>, List<TicketOutcome>> work) {}

    private record Asked(
            UUID id,
            UUID askedBy,
            BulkAction action,
            @Nullable UUID undoes,
            long lastMessageId,
            Instant askedAt,
            @Nullable Instant undoneAt) {

        Instant undoneAskedAt() {
            return Objects.requireNonNull(undoneAt, "undoes nothing");
        }
    }

    /** What is kept of a ticket's outcome. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Told(List<PropertyChange> changes, List<TicketProperty> kept) {}

    private record Row(
            long number,
            BulkOutcome outcome,
            @Nullable String reason,
            @Nullable String part,
            @Nullable Told told) {

        static Row of(TicketOutcome outcome) {
            var refusal = outcome.refusal();
            if (refusal != null) {
                var part = refusal.property(TicketEdit.REFUSED_PART);
                return new Row(
                        outcome.number(),
                        BulkOutcome.REFUSED,
                        refusal.slug(),
                        part == null ? null : part.toString(),
                        null);
            }
            var changed = outcome.changes().isEmpty() ? BulkOutcome.UNCHANGED : BulkOutcome.CHANGED;
            return new Row(
                    outcome.number(),
                    outcome.kept().isEmpty() ? changed : BulkOutcome.KEPT,
                    null,
                    null,
                    new Told(outcome.changes(), outcome.kept()));
        }
    }
}
