package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads lists and counts of tickets within the viewer's scope, one statement each. */
@Component
class TicketList {

    private static final int TAGS_MAX = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    TicketList(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Page<TicketRow> page(Viewer viewer, TicketFilter filter, TicketOrder order, @Nullable String cursor, int limit) {
        var condition = filter.condition(viewer, clock.instant());
        var after = cursor == null ? null : order.decoded(cursor);
        // The rows are found first and joined to their names afterwards, fifty at a time.
        var rows = jdbc.sql("""
                        select t.*, r.name as requester_name, o.name as organisation_name, tm.name as team_name,
                               a.name as assignee_name
                        from (select t.* from ticket t where %s and %s order by %s limit :limit) t
                        join person r on r.id = t.requester_id
                        join team tm on tm.id = t.team_id
                        left join organisation o on o.id = t.organisation_id
                        left join person a on a.id = t.assignee_id
                        order by %s
                        """.formatted(
                                condition.sql(),
                                after == null ? "true" : order.continuation(),
                                order.orderBy(),
                                order.orderBy()))
                .params(condition.parameters())
                .params(after == null ? Map.of() : order.parameters(after))
                .param("limit", limit + 1)
                .query((row, index) -> row(row))
                .list();
        return Page.of(rows, limit, order::cursorOf);
    }

    Count count(Viewer viewer, TicketFilter filter) {
        var condition = filter.condition(viewer, clock.instant());
        return Count.upTo(jdbc.sql("select count(*) from (select from ticket t where %s limit :cap) counted"
                        .formatted(condition.sql()))
                .params(condition.parameters())
                .param("cap", Count.CAP + 1)
                .query(Integer.class)
                .single());
    }

    /** Mine, unassigned, each team's and all, each with its count of tickets that are not done; one statement. */
    List<ViewResponse> views(Viewer viewer) {
        var active = new ArrayList<TicketStatus>(Lane.TO_DO.statuses());
        active.addAll(Lane.WAITING.statuses());
        var condition = TicketFilter.withStatus(active).condition(viewer, clock.instant());
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
                        """.formatted(condition.sql()))
                .params(condition.parameters())
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
        var scope = TicketFilter.none().condition(viewer, clock.instant());
        return jdbc.sql("""
                        select tag from (select t.tags from ticket t
                                         where %s and cardinality(t.tags) > 0
                                         order by t.updated_at desc limit 5000) recent, unnest(recent.tags) tag
                        where tag like :pattern
                        group by tag order by count(*) desc, tag limit :limit
                        """.formatted(scope.sql()))
                .params(scope.parameters())
                .param("pattern", Sql.escapedForLike(startsWith.strip().toLowerCase(java.util.Locale.ROOT)) + "%")
                .param("limit", TAGS_MAX)
                .query(String.class)
                .list();
    }

    private static TicketRow row(ResultSet row) throws SQLException {
        var status = TicketStatus.valueOf(row.getString("status"));
        return new TicketRow(
                row.getLong("number"),
                row.getString("subject"),
                status,
                status.lane(),
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
                row.getLong("version"));
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
