package io.tealdesk.tickets;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketView.NameView;
import io.tealdesk.tickets.TicketView.RequesterView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads single tickets and their history, with names instead of ids, one statement each. */
@Component
class TicketViews {

    private static final int EVENTS_MAX = 1000;
    /** The next release may write others while this one still runs: they are passed over. */
    private static final String[] KINDS =
            Arrays.stream(TicketEventKind.values()).map(Enum::name).toArray(String[]::new);

    private static final String SELECT = """
            select t.number, t.subject, t.status, t.priority, t.tags, t.due_at, t.created_at, t.updated_at,
                   t.first_replied_at, t.resolved_at, t.snoozed_at, t.snoozed_until, t.version,
                   t.requester_id, r.name as requester_name, r.email as requester_email,
                   t.organisation_id, o.name as organisation_name,
                   t.team_id, tm.name as team_name, t.assignee_id, a.name as assignee_name,
                   t.snoozed_by, s.name as snoozed_by_name,
                   case when t.merged_into is not null and t.status = 'CLOSED' then ticket_root(t.number) end as merged_into
            from ticket t
            join person r on r.id = t.requester_id
            join team tm on tm.id = t.team_id
            left join organisation o on o.id = t.organisation_id
            left join person a on a.id = t.assignee_id
            left join person s on s.id = t.snoozed_by
            where t.number =\s""";

    private final JdbcClient jdbc;

    TicketViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    TicketView get(long number) {
        return jdbc.sql(SELECT + ":number")
                .param("number", number)
                .query((row, index) -> ticket(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    List<TicketView> get(Collection<Long> numbers) {
        return jdbc.sql(SELECT + "any(:numbers) order by t.number")
                .param("numbers", numbers.toArray(Long[]::new))
                .query((row, index) -> ticket(row))
                .list();
    }

    TicketView get(long number, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql(SELECT + ":number and " + scope.condition())
                .param("number", number)
                .params(scope.parameters())
                .query((row, index) -> ticket(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    /** Refuses who may not see the ticket, as if there were none. */
    void requireVisible(long number, Viewer viewer) {
        if (!isVisible(number, viewer)) {
            throw Problem.notFound();
        }
    }

    /** Where a ticket leads to: itself, unless it was merged. */
    long root(long number) {
        return jdbc.sql("select coalesce(ticket_root(:number), :number)")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    boolean isVisible(long number, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("select exists (select from ticket t where t.number = :number and %s)"
                        .formatted(scope.condition()))
                .param("number", number)
                .params(scope.parameters())
                .query(Boolean.class)
                .single();
    }

    /** Oldest first; of a link to a ticket that the viewer may not see, nothing. */
    List<TicketEventView> events(long number, Viewer viewer) {
        var scope = TicketScope.of(viewer);
        // Ids are compared as ids, or their indexes would be of no use; only of these kinds are the values ids.
        var events = jdbc.sql("""
                select e.id, e.kind, e.actor_id, p.name as actor_name, e.from_value, e.to_value, e.occurred_at,
                       coalesce(fp.name, ft.name::text, e.from_value) as from_label,
                       coalesce(tp.name, tt.name::text, e.to_value) as to_label
                from ticket_event e
                left join person p on p.id = e.actor_id
                left join person fp on fp.id = case e.kind when 'ASSIGNEE' then e.from_value::uuid end
                left join person tp on tp.id = case e.kind when 'ASSIGNEE' then e.to_value::uuid end
                left join team ft on ft.id = case e.kind when 'TEAM' then e.from_value::uuid end
                left join team tt on tt.id = case e.kind when 'TEAM' then e.to_value::uuid end
                where e.ticket_number = :number and e.kind = any(:kinds)
                  and exists (select from ticket t where t.number = :number and %1$s)
                  and case when e.kind in ('LINKED', 'UNLINKED')
                      then exists (select from ticket t
                                   where t.number = split_part(coalesce(e.to_value, e.from_value), ':', 2)::bigint and %1$s)
                      else true end
                order by e.id limit :limit""".formatted(scope.condition()))
                .params(scope.parameters())
                .param("number", number)
                .param("kinds", KINDS)
                .param("limit", EVENTS_MAX)
                .query((row, index) -> {
                    var actorId = Sql.uuidOrNull(row, "actor_id");
                    return new TicketEventView(
                            row.getLong("id"),
                            TicketEventKind.valueOf(row.getString("kind")),
                            actorId == null ? null : new NameView(actorId, row.getString("actor_name")),
                            value(row, "from_value", "from_label"),
                            value(row, "to_value", "to_label"),
                            Sql.instant(row, "occurred_at"));
                })
                .list();
        if (events.isEmpty()) {
            requireVisible(number, viewer);
        }
        return events;
    }

    private static @Nullable TicketEventValue value(ResultSet row, String value, String label) throws SQLException {
        var text = row.getString(value);
        return text == null ? null : new TicketEventValue(text, row.getString(label));
    }

    private static TicketView ticket(ResultSet row) throws SQLException {
        var status = TicketStatus.valueOf(row.getString("status"));
        // One that a release which knows no snoozing closed is snoozed no more, though its row still says so.
        var isSnoozed = row.getObject("snoozed_at") != null && !status.isDone();
        return new TicketView(
                row.getLong("number"),
                row.getString("subject"),
                status,
                Lane.of(status, isSnoozed),
                List.copyOf(status.next()),
                TicketPriority.valueOf(row.getString("priority")),
                new RequesterView(
                        Sql.uuid(row, "requester_id"),
                        row.getString("requester_name"),
                        row.getString("requester_email"),
                        nameOrNull(row, "organisation_id", "organisation_name")),
                new NameView(Sql.uuid(row, "team_id"), row.getString("team_name")),
                nameOrNull(row, "assignee_id", "assignee_name"),
                Sql.texts(row, "tags"),
                Sql.instantOrNull(row, "due_at"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                Sql.instantOrNull(row, "first_replied_at"),
                Sql.instantOrNull(row, "resolved_at"),
                isSnoozed ? new TicketSnooze(Sql.instantOrNull(row, "snoozed_until")) : null,
                isSnoozed ? nameOrNull(row, "snoozed_by", "snoozed_by_name") : null,
                row.getObject("merged_into", Long.class),
                row.getLong("version"));
    }

    private static @Nullable NameView nameOrNull(ResultSet row, String id, String name) throws SQLException {
        var value = Sql.uuidOrNull(row, id);
        return value == null ? null : new NameView(value, row.getString(name));
    }
}
