package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.TicketRow.SlaTarget;
import io.tealdesk.search.TicketRow.TicketSla;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketSnooze;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads lists and counts of tickets within the viewer's scope. */
@Component
class TicketList {

    private static final int TAGS_MAX = 20;
    private static final int TAGGED_MAX = 5_000;

    private final JdbcClient jdbc;
    private final TwoPhases phases;
    private final SearchFill searchFill;
    private final Clock clock;

    TicketList(JdbcClient jdbc, TwoPhases phases, SearchFill searchFill, Clock clock) {
        this.jdbc = jdbc;
        this.phases = phases;
        this.searchFill = searchFill;
        this.clock = clock;
    }

    /** @param cursor the place that the page comes after, or, with {@code before}, the other way round */
    Page<TicketRow> page(
            Viewer viewer,
            TicketFilter filter,
            TicketOrder order,
            @Nullable String cursor,
            @Nullable String before,
            int limit) {
        if (cursor != null && before != null) {
            throw Problem.invalidField("before", "Ambiguous", "cannot be given together with cursor");
        }
        var condition = condition(viewer, filter);
        if (before != null) {
            var rows = phases.rows(condition, order, order.decoded(before), true, limit + 1, (row, index) -> row(row));
            return Page.before(rows, limit, order::cursorOf);
        }
        var place = cursor == null ? null : order.decoded(cursor);
        var rows = phases.rows(condition, order, place, false, limit + 1, (row, index) -> row(row));
        return Page.after(place, rows, limit, order::cursorOf);
    }

    Count count(Viewer viewer, TicketFilter filter) {
        return phases.count(condition(viewer, filter));
    }

    private FilterCondition condition(Viewer viewer, TicketFilter filter) {
        return FilterCompiler.compiled(
                filter.expression(), viewer, filter.instants(clock.instant()), searchFill::isComplete);
    }

    /** Mine, unassigned, each team's and all, each with its count of tickets that are not done; one statement. */
    List<ViewResponse> views(Viewer viewer) {
        var scope = TicketScope.of(viewer);
        var condition = scope.condition() + " and " + FilterCondition.ACTIVE;
        return jdbc.sql("""
                        select 'MINE' as key, null::uuid as team_id, null::text as team_name, 1 as position,
                               (select count(*) from (select from ticket t where %1$s and t.assignee_id = :viewer
                                                      limit :cap) c) as counted
                        union all
                        select 'UNASSIGNED', null, null, 2,
                               (select count(*) from (select from ticket t where %1$s and t.assignee_id is null
                                                      limit :cap) c)
                        union all
                        select 'TEAM', team.id, team.name::text, 3,
                               (select count(*) from (select from ticket t where %1$s and t.team_id = team.id
                                                      limit :cap) c)
                        from team where :administrator or team.id in (
                            select m.team_id from team_member m where m.person_id = :viewer)
                        union all
                        select 'ALL', null, null, 4,
                               (select count(*) from (select from ticket t where %1$s limit :cap) c)
                        order by position, team_name
                        """.formatted(condition))
                .params(scope.parameters())
                .param("viewer", viewer.personId())
                .param("administrator", viewer.isAdministrator())
                .param("cap", Count.CAP + 1)
                .query((row, index) -> new ViewResponse(
                        ViewKey.valueOf(row.getString("key")),
                        nameOrNull(row, "team_id", "team_name"),
                        Count.upTo(row.getInt("counted"))))
                .list();
    }

    /** Tags in use that begin like this, the most used first. */
    List<String> tags(Viewer viewer, String startsWith) {
        return tags(viewer, startsWith, TAGGED_MAX);
    }

    /** @param tickets so many that have tags are looked at, those that changed last */
    List<String> tags(Viewer viewer, String startsWith, int tickets) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("""
                        select tag from (select unnest(recent.tags) as tag
                                         from (select t.tags from ticket t
                                               where %s and cardinality(t.tags) > 0
                                               order by t.updated_at desc limit :tickets) recent) used
                        where tag like :pattern
                        group by tag order by count(*) desc, tag limit :limit
                        """.formatted(scope.condition()))
                .params(scope.parameters())
                .param("tickets", tickets)
                .param("pattern", Sql.escapedForLike(startsWith.strip().toLowerCase(java.util.Locale.ROOT)) + "%")
                .param("limit", TAGS_MAX)
                .query(String.class)
                .list();
    }

    private static TicketRow row(ResultSet row) throws SQLException {
        var status = TicketStatus.valueOf(row.getString("status"));
        var isSnoozed = row.getObject("snoozed_at") != null && !status.isDone();
        return new TicketRow(
                row.getLong("number"),
                row.getString("subject"),
                status,
                Lane.of(status, isSnoozed),
                TicketPriority.valueOf(row.getString("priority")),
                new NameView(Sql.uuid(row, "requester_id"), row.getString("requester_name")),
                nameOrNull(row, "organisation_id", "organisation_name"),
                new NameView(Sql.uuid(row, "team_id"), row.getString("team_name")),
                nameOrNull(row, "assignee_id", "assignee_name"),
                Sql.texts(row, "tags"),
                Sql.instantOrNull(row, "due_at"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                Sql.instant(row, "last_message_at"),
                TicketRow.Speaker.valueOf(row.getString("last_message_by")),
                isSnoozed ? new TicketSnooze(Sql.instantOrNull(row, "snoozed_until")) : null,
                status.isDone() ? null : slaOrNull(row),
                row.getLong("version"));
    }

    private static @Nullable TicketSla slaOrNull(ResultSet row) throws SQLException {
        var target = row.getString("sla_target");
        return target == null
                ? null
                : new TicketSla(
                        SlaTarget.valueOf(target),
                        row.getString("sla_state").equals("PAUSED"),
                        Sql.instantOrNull(row, "sla_due_at"));
    }

    private static @Nullable NameView nameOrNull(ResultSet row, String id, String name) throws SQLException {
        UUID value = Sql.uuidOrNull(row, id);
        return value == null ? null : new NameView(value, row.getString(name));
    }

    enum ViewKey {
        MINE,
        UNASSIGNED,
        TEAM,
        ALL
    }

    record ViewResponse(ViewKey key, @Nullable NameView team, Count count) {}
}
