package io.tealdesk.bulk;

import io.tealdesk.bulk.BulkEdit.BulkEditTicket;
import io.tealdesk.identity.Viewer;
import io.tealdesk.macros.MacroApplications;
import io.tealdesk.search.MatchingTickets;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketProperty;
import io.tealdesk.tickets.TicketScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Takes edits of many tickets in, tells how far they are, stops and undoes them. Each is its asker's own. */
@Component
class BulkEdits {

    static final int TICKETS_MAX = 20_000;
    private static final int OPEN_MAX = 10;
    private static final int LISTED = 20;
    private static final Duration LISTED_FOR = Duration.ofDays(1);
    private static final Duration KEPT_FOR = Duration.ofDays(30);
    /** Beyond the eight seconds of the notice: whoever sees only later what became of thousands can still take it back. */
    private static final Duration UNDOABLE_FOR = Duration.ofHours(1);

    private static final String SELECT = """
            select b.id, b.action, b.undoes_id, u.id as undone_by, b.total, b.asked_at, b.stopped_at, b.finished_at,
                   count(t.outcome) as done,
                   count(*) filter (where t.outcome = 'CHANGED') as changed,
                   count(*) filter (where t.outcome = 'UNCHANGED') as unchanged,
                   count(*) filter (where t.outcome = 'KEPT') as kept,
                   count(*) filter (where t.outcome = 'REFUSED') as refused,
                   count(*) filter (where t.outcome = 'STOPPED') as stopped
            from bulk_edit b
            left join bulk_edit u on u.undoes_id = b.id
            left join bulk_edit_ticket t on t.bulk_edit_id = b.id
            where b.asked_by = :viewer and %s
            group by b.id, u.id
            order by b.asked_at desc, b.id desc limit :limit""";

    private final MatchingTickets matching;
    private final MacroApplications macros;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    BulkEdits(MatchingTickets matching, MacroApplications macros, JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.matching = matching;
        this.macros = macros;
        this.jdbc = jdbc;
        // Another release may have asked, whose actions hold more. Only who is about to do them has to know them all.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
    }

    /** The tickets are those that pass the filter now; what comes to pass it later is left alone. */
    @Transactional
    UUID ask(Viewer viewer, String filter, @Nullable String zone, BulkAction action) {
        var numbers = matching.numbers(viewer, filter, zone, TICKETS_MAX + 1);
        if (numbers.size() > TICKETS_MAX) {
            throw BulkEditProblem.tooMany(TICKETS_MAX);
        }
        return ask(viewer, numbers, action);
    }

    @Transactional
    UUID ask(Viewer viewer, Collection<Long> numbers, BulkAction action) {
        var checked = action.checked();
        var macro = checked.macro();
        if (macro != null) {
            var name = macros.usedForMany(viewer, macro.macroId(), macro.macroVersion());
            checked = new BulkAction(null, new BulkAction.BulkMacro(macro.macroId(), macro.macroVersion(), name));
        }
        requireRoom(viewer);
        var chosen = new TreeSet<>(numbers);
        var id = add(viewer, checked, null, chosen.size());
        jdbc.sql("""
                        insert into bulk_edit_ticket (bulk_edit_id, ticket_number)
                        select :id, number from unnest(cast(:numbers as bigint[])) as number""")
                .param("id", id)
                .param("numbers", chosen.toArray(Long[]::new))
                .update();
        return id;
    }

    /** How many an edit of all that pass the filter would change now, or one more than can be changed at once. */
    int matching(Viewer viewer, String filter, @Nullable String zone) {
        return matching.numbers(viewer, filter, zone, TICKETS_MAX + 1).size();
    }

    BulkEdit get(UUID id, Viewer viewer) {
        return jdbc.sql(SELECT.formatted("b.id = :id"))
                .param("viewer", viewer.personId())
                .param("id", id)
                .param("limit", 1)
                .query((row, index) -> edit(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** Of the last day, the newest first. */
    List<BulkEdit> list(Viewer viewer) {
        return jdbc.sql(SELECT.formatted("b.asked_at > :since"))
                .param("viewer", viewer.personId())
                .param("since", Sql.timestamp(clock.instant().minus(LISTED_FOR)))
                .param("limit", LISTED)
                .query((row, index) -> edit(row))
                .list();
    }

    Page<BulkEditTicket> tickets(
            UUID id, Viewer viewer, @Nullable BulkOutcome outcome, @Nullable String cursor, int limit) {
        requireOwn(id, viewer);
        var after = cursor == null ? 0 : Cursor.decoded(cursor, "bulk", 1).number(0);
        var scope = TicketScope.of(viewer);
        var rows = jdbc.sql("""
                        select b.ticket_number, b.outcome, b.reason, b.part, t.subject,
                               array(select jsonb_array_elements_text(b.changes -> 'kept')) as kept
                        from bulk_edit_ticket b left join ticket t on t.number = b.ticket_number and %s
                        where b.bulk_edit_id = :id and b.ticket_number > :after
                          and (cast(:outcome as text) is null or b.outcome = :outcome)
                        order by b.ticket_number limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("id", id)
                .param("after", after)
                .param("outcome", outcome == null ? null : outcome.name())
                .param("limit", limit + 1)
                .query((row, index) -> ticket(row))
                .list();
        return Page.of(rows, limit, row -> Cursor.of("bulk", row.number()));
    }

    /** Stopping what is finished is no error: the wish is already true. What a task is just working on it ends. */
    @Transactional
    void stop(UUID id, Viewer viewer) {
        requireOwn(id, viewer);
        var isOpen = jdbc.sql("select finished_at is null from bulk_edit where id = :id for update")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (!isOpen) {
            return;
        }
        jdbc.sql("update bulk_edit_ticket set outcome = 'STOPPED' where bulk_edit_id = :id and outcome is null")
                .param("id", id)
                .update();
        jdbc.sql("update bulk_edit set stopped_at = :now, finished_at = :now where id = :id")
                .param("id", id)
                .param("now", Sql.timestamp(clock.instant()))
                .update();
    }

    /** Asks for each changed ticket to be as it was, as far as nobody has changed it since. One that runs is stopped. */
    @Transactional
    UUID undo(UUID id, Viewer viewer) {
        stop(id, viewer);
        var undone = get(id, viewer);
        if (undone.undoneBy() != null) {
            return undone.undoneBy();
        }
        if (undone.undoableUntil() == null) {
            throw BulkEditProblem.notUndoable();
        }
        try {
            var undo = add(viewer, BulkAction.UNDO, id, undone.changed());
            jdbc.sql("""
                            insert into bulk_edit_ticket (bulk_edit_id, ticket_number)
                            select :undo, ticket_number from bulk_edit_ticket
                            where bulk_edit_id = :id and outcome = 'CHANGED'""").param("undo", undo).param("id", id).update();
            return undo;
        } catch (DuplicateKeyException e) {
            // Asked for twice at the same moment.
            throw Problem.temporarilyUnavailable();
        }
    }

    @Transactional
    void forgetOld() {
        jdbc.sql("delete from bulk_edit where finished_at < :before")
                .param("before", Sql.timestamp(clock.instant().minus(KEPT_FOR)))
                .update();
    }

    private UUID add(Viewer viewer, BulkAction action, @Nullable UUID undoes, int total) {
        return jdbc.sql("""
                        insert into bulk_edit (asked_by, action, undoes_id, last_message_id, total, asked_at, finished_at)
                        select :viewer, cast(:action as jsonb), :undoes, coalesce(max(id), 0), :total, :now,
                               case when :total = 0 then cast(:now as timestamptz) end
                        from message
                        returning id""")
                .param("viewer", viewer.personId())
                .param("action", json.writeValueAsString(action))
                .param("undoes", undoes)
                .param("total", total)
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .single();
    }

    private void requireRoom(Viewer viewer) {
        var open = jdbc.sql("select count(*) from bulk_edit where asked_by = :viewer and finished_at is null")
                .param("viewer", viewer.personId())
                .query(Integer.class)
                .single();
        if (open >= OPEN_MAX) {
            throw BulkEditProblem.tooManyOpen(OPEN_MAX);
        }
    }

    private void requireOwn(UUID id, Viewer viewer) {
        var isOwn = jdbc.sql("select exists (select from bulk_edit where id = :id and asked_by = :viewer)")
                .param("id", id)
                .param("viewer", viewer.personId())
                .query(Boolean.class)
                .single();
        if (!isOwn) {
            throw Problem.notFound();
        }
    }

    private BulkEdit edit(ResultSet row) throws SQLException {
        var undoes = Sql.uuidOrNull(row, "undoes_id");
        var undoneBy = Sql.uuidOrNull(row, "undone_by");
        var finishedAt = Sql.instantOrNull(row, "finished_at");
        var total = row.getInt("total");
        return new BulkEdit(
                Sql.uuid(row, "id"),
                json.readValue(row.getString("action"), BulkAction.class),
                undoes,
                undoneBy,
                total,
                row.getInt("done"),
                row.getInt("changed"),
                row.getInt("unchanged"),
                row.getInt("kept"),
                row.getInt("refused"),
                row.getInt("stopped"),
                Sql.instant(row, "asked_at"),
                Sql.instantOrNull(row, "stopped_at"),
                finishedAt,
                undoes == null && undoneBy == null ? undoableUntil(finishedAt).orElse(null) : null);
    }

    private Optional<Instant> undoableUntil(@Nullable Instant finishedAt) {
        var now = clock.instant();
        var end = (finishedAt == null ? now : finishedAt).plus(UNDOABLE_FOR);
        return end.isAfter(now) ? Optional.of(end) : Optional.empty();
    }

    private static BulkEditTicket ticket(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        return new BulkEditTicket(
                row.getLong("ticket_number"),
                row.getString("subject"),
                outcome == null ? null : BulkOutcome.valueOf(outcome),
                row.getString("reason"),
                row.getString("part"),
                Sql.texts(row, "kept").stream().map(TicketProperty::valueOf).toList());
    }
}
