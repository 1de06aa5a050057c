package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SavedView.Visibility;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketView.NameView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps views: private ones, those of a team for its members, those of everyone in the hands of administrators. */
@Component
class SavedViews {

    private static final int VIEWS_MAX = 200;
    private static final int OWN_VIEWS_MAX = 100;
    private static final Duration COUNTING_TIME_MAX = Duration.ofSeconds(3);
    private static final UUID NOBODY = new UUID(0, 0);
    private static final String SELECT = """
            select v.id, v.name, v.visibility, v.owner_id, p.name as owner_name, v.team_id, team.name as team_name,
                   v.filter::text as filter, v.sort, v.columns, v.version
            from saved_view v join person p on p.id = v.owner_id left join team on team.id = v.team_id
            """;
    private static final String VISIBLE = """
            (v.visibility = 'EVERYONE'
             or v.visibility = 'PRIVATE' and v.owner_id = :viewer
             or v.visibility = 'TEAM' and (:administrator or v.team_id in (:teams)))""";

    private final JdbcClient jdbc;
    private final TwoPhases phases;
    private final SearchFill searchFill;
    private final Clock clock;

    SavedViews(JdbcClient jdbc, TwoPhases phases, SearchFill searchFill, Clock clock) {
        this.jdbc = jdbc;
        this.phases = phases;
        this.searchFill = searchFill;
        this.clock = clock;
    }

    List<SavedView> list(Viewer viewer) {
        return visible(viewer, SELECT + "where " + VISIBLE + " order by v.created_at, v.id limit " + VIEWS_MAX)
                .query((row, index) -> view(row, viewer))
                .list();
    }

    /** Those that a sum of seconds is enough for; the others stay without a count. */
    List<SavedView> counted(List<SavedView> views, Viewer viewer, FilterInstants instants) {
        var end = System.nanoTime() + COUNTING_TIME_MAX.toNanos();
        return views.stream()
                .map(view -> System.nanoTime() - end > 0 ? view : view.withCount(count(view, viewer, instants)))
                .toList();
    }

    List<String> order(Viewer viewer) {
        return jdbc.sql("select keys from view_order where person_id = :viewer")
                .param("viewer", viewer.personId())
                .query((row, index) -> Sql.texts(row, "keys"))
                .optional()
                .orElse(List.of());
    }

    @Transactional
    void reorder(Viewer viewer, List<String> keys) {
        jdbc.sql("""
                        insert into view_order (person_id, keys) values (:viewer, :keys)
                        on conflict (person_id) do update set keys = excluded.keys""")
                .param("viewer", viewer.personId())
                .param("keys", keys.toArray(String[]::new))
                .update();
    }

    @Transactional
    SavedView add(Viewer viewer, Content content) {
        var own = jdbc.sql("select count(*) from saved_view where owner_id = :viewer")
                .param("viewer", viewer.personId())
                .query(Integer.class)
                .single();
        if (own >= OWN_VIEWS_MAX) {
            throw Problem.invalidField("name", "TooMany", "nobody keeps more than " + OWN_VIEWS_MAX + " views");
        }
        var filter = checked(content, viewer);
        var id = jdbc.sql("""
                        insert into saved_view (owner_id, visibility, team_id, name, filter, sort, columns, created_at)
                        values (:owner, :visibility, :team, :name, cast(:filter as jsonb), :sort, :columns, :now)
                        returning id""")
                .param("owner", viewer.personId())
                .param("visibility", content.visibility.name())
                .param("team", content.teamId)
                .param("name", OneLine.of("name", content.name))
                .param("filter", filter)
                .param("sort", content.order.name())
                .param("columns", content.columns.toArray(String[]::new))
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .single();
        return get(viewer, id);
    }

    /** @param change makes the new content of the present one */
    @Transactional
    SavedView change(Viewer viewer, UUID id, long expectedVersion, UnaryOperator<Content> change) {
        var present = changeable(viewer, id, expectedVersion);
        var content = change.apply(Content.of(present));
        var filter = checked(content, viewer);
        var changed = jdbc.sql("""
                        update saved_view
                        set visibility = :visibility, team_id = :team, name = :name, filter = cast(:filter as jsonb),
                            sort = :sort, columns = :columns, version = version + 1
                        where id = :id and version = :version""")
                .param("visibility", content.visibility.name())
                .param("team", content.teamId)
                .param("name", OneLine.of("name", content.name))
                .param("filter", filter)
                .param("sort", content.order.name())
                .param("columns", content.columns.toArray(String[]::new))
                .param("id", id)
                .param("version", expectedVersion)
                .update();
        if (changed == 0) {
            throw EntityVersion.stale();
        }
        return get(viewer, id);
    }

    @Transactional
    void delete(Viewer viewer, UUID id, long expectedVersion) {
        changeable(viewer, id, expectedVersion);
        var deleted = jdbc.sql("delete from saved_view where id = :id and version = :version")
                .param("id", id)
                .param("version", expectedVersion)
                .update();
        if (deleted == 0) {
            throw EntityVersion.stale();
        }
    }

    private @Nullable Count count(SavedView view, Viewer viewer, FilterInstants instants) {
        try {
            return phases.count(FilterCompiler.compiled(
                    FilterJson.of(view.filter(), "filter"), viewer, instants, searchFill::isComplete));
        } catch (ListProblem tooBroad) {
            return null;
        }
    }

    private SavedView get(Viewer viewer, UUID id) {
        return found(viewer, id).orElseThrow(Problem::notFound);
    }

    private Optional<SavedView> found(Viewer viewer, UUID id) {
        return visible(viewer, SELECT + "where v.id = :id and " + VISIBLE)
                .param("id", id)
                .query((row, index) -> view(row, viewer))
                .optional();
    }

    private SavedView changeable(Viewer viewer, UUID id, long expectedVersion) {
        var view = get(viewer, id);
        if (!view.mayChange()) {
            throw Problem.forbidden();
        }
        EntityVersion.check(expectedVersion, view.version());
        return view;
    }

    private JdbcClient.StatementSpec visible(Viewer viewer, String sql) {
        return jdbc.sql(sql)
                .param("viewer", viewer.personId())
                .param("administrator", viewer.isAdministrator())
                .param("teams", viewer.teamIds().isEmpty() ? List.of(NOBODY) : List.copyOf(viewer.teamIds()));
    }

    /** The filter as it is kept, once all of the content is found to be in order. */
    private String checked(Content content, Viewer viewer) {
        var filter = FilterJson.of(content.filter, "filter");
        FilterCompiler.compiled(filter, viewer, new FilterInstants(clock.instant(), ZoneOffset.UTC), () -> true);
        if ((content.visibility == Visibility.TEAM) != (content.teamId != null)) {
            throw Problem.invalidField("teamId", "Mismatch", "is given for a view of a team and for no other");
        }
        if (!viewer.isAdministrator()) {
            if (content.visibility == Visibility.EVERYONE) {
                throw Problem.forbidden();
            }
            if (content.teamId != null && !viewer.teamIds().contains(content.teamId)) {
                throw unknownTeam();
            }
        } else if (content.teamId != null && !exists(content.teamId)) {
            throw unknownTeam();
        }
        return FilterJson.written(filter).toString();
    }

    private boolean exists(UUID teamId) {
        return jdbc.sql("select exists (select from team where id = :id)")
                .param("id", teamId)
                .query(Boolean.class)
                .single();
    }

    private static Problem unknownTeam() {
        return Problem.invalidField("teamId", "Unknown", "must be a team of yours");
    }

    private static SavedView view(ResultSet row, Viewer viewer) throws SQLException {
        var visibility = Visibility.valueOf(row.getString("visibility"));
        var owner = Sql.uuid(row, "owner_id");
        var team = Sql.uuidOrNull(row, "team_id");
        return new SavedView(
                Sql.uuid(row, "id"),
                row.getString("name"),
                visibility,
                new NameView(owner, row.getString("owner_name")),
                team == null ? null : new NameView(team, row.getString("team_name")),
                FilterJson.node(row.getString("filter")),
                TicketOrder.valueOf(row.getString("sort")),
                Sql.texts(row, "columns"),
                visibility != Visibility.EVERYONE || viewer.isAdministrator(),
                null,
                row.getLong("version"));
    }

    /** What its keeper decides of a view. */
    record Content(
            String name,
            Visibility visibility,
            @Nullable UUID teamId,
            FilterNode filter,
            TicketOrder order,
            List<String> columns) {

        static Content of(SavedView view) {
            var team = view.team();
            return new Content(
                    view.name(),
                    view.visibility(),
                    team == null ? null : team.id(),
                    view.filter(),
                    view.order(),
                    view.columns());
        }
    }
}
