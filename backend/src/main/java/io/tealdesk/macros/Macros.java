package io.tealdesk.macros;

import io.tealdesk.conversations.TextTemplate;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketView.NameView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps saved replies and macros: private ones in their owner's hands, shared ones in those of administrators. What is
 * deleted is put away for a while, so that it can be brought back.
 */
@Component
class Macros {

    private static final int SHARED_MAX = 300;
    private static final int OWN_MAX = 100;
    private static final int TEAMS_MAX = 100;
    private static final Duration DELETED_KEPT = Duration.ofDays(30);
    private static final String SELECT = """
            select m.id, m.name, m.visibility, m.owner_id, p.name as owner_name, m.content::text as content, m.version,
                   (select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name::text) order by t.name)
                    from macro_team mt join team t on t.id = mt.team_id where mt.macro_id = m.id) as teams,
                   a.id as assignee_id, a.name as assignee_name, tm.id as team_id, tm.name as team_name
            from macro m
            join person p on p.id = m.owner_id
            left join person a on a.id = cast(m.content #>> '{assignee,personId}' as uuid)
            left join team tm on tm.id = cast(m.content ->> 'teamId' as uuid)
            where m.kind = :kind
              and (m.visibility = 'EVERYONE'
                   or m.visibility = 'PRIVATE' and m.owner_id = :viewer
                   or m.visibility = 'TEAMS' and (:administrator or exists (
                       select from macro_team mt
                       where mt.macro_id = m.id and mt.team_id = any(cast(:teams as uuid[])))))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    Macros(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        // What another release has kept may hold more.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        this.clock = clock;
    }

    /** What is used most comes first. */
    List<SavedReply> savedReplies(Viewer viewer) {
        return list(MacroKind.SAVED_REPLY, viewer).stream()
                .map(this::savedReply)
                .toList();
    }

    List<Macro> macros(Viewer viewer) {
        return list(MacroKind.MACRO, viewer).stream().map(this::macro).toList();
    }

    Optional<Macro> macro(UUID id, Viewer viewer) {
        return found(MacroKind.MACRO, id, viewer, "and m.archived_at is null").map(this::macro);
    }

    @Transactional
    SavedReply add(Viewer viewer, Sharing sharing, String text) {
        TextTemplate.check("text", text);
        return savedReply(add(MacroKind.SAVED_REPLY, viewer, sharing, new Text(text)));
    }

    @Transactional
    Macro add(Viewer viewer, Sharing sharing, MacroActions actions) {
        return macro(add(MacroKind.MACRO, viewer, sharing, checked(actions)));
    }

    @Transactional
    SavedReply change(Viewer viewer, UUID id, long expectedVersion, Sharing sharing, String text) {
        TextTemplate.check("text", text);
        return savedReply(change(MacroKind.SAVED_REPLY, viewer, id, expectedVersion, sharing, new Text(text)));
    }

    @Transactional
    Macro change(Viewer viewer, UUID id, long expectedVersion, Sharing sharing, MacroActions actions) {
        return macro(change(MacroKind.MACRO, viewer, id, expectedVersion, sharing, checked(actions)));
    }

    @Transactional
    void delete(MacroKind kind, Viewer viewer, UUID id, long expectedVersion) {
        EntityVersion.check(expectedVersion, changeable(kind, viewer, id, "and m.archived_at is null").version);
        var deleted = jdbc.sql("""
                        update macro set archived_at = :now, version = version + 1
                        where id = :id and version = :version""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", id)
                .param("version", expectedVersion)
                .update();
        if (deleted == 0) {
            throw EntityVersion.stale();
        }
    }

    @Transactional
    SavedReply restoreSavedReply(Viewer viewer, UUID id) {
        return savedReply(restore(MacroKind.SAVED_REPLY, viewer, id));
    }

    @Transactional
    Macro restoreMacro(Viewer viewer, UUID id) {
        return macro(restore(MacroKind.MACRO, viewer, id));
    }

    /** At the end of a transaction: those who use the same one wait for each other. */
    @Transactional
    void used(MacroKind kind, UUID id, Viewer viewer) {
        var used = found(kind, id, viewer, "and m.archived_at is null").orElseThrow(Problem::notFound);
        jdbc.sql("update macro set use_count = use_count + 1 where id = :id")
                .param("id", used.id)
                .update();
    }

    @Transactional
    void forgetDeleted() {
        jdbc.sql("delete from macro where archived_at < :before")
                .param("before", Sql.timestamp(clock.instant().minus(DELETED_KEPT)))
                .update();
    }

    private List<Row> list(MacroKind kind, Viewer viewer) {
        return visible(kind, viewer, SELECT + """
                        and m.archived_at is null
                        order by m.use_count desc, lower(m.name), m.id limit :limit""")
                .param("limit", SHARED_MAX + OWN_MAX)
                .query((row, index) -> row(row, viewer))
                .list();
    }

    private Row add(MacroKind kind, Viewer viewer, Sharing sharing, Object content) {
        requireAllowed(viewer, sharing);
        requireRoom(kind, viewer, sharing);
        try {
            var id = jdbc.sql("""
                            insert into macro (kind, owner_id, visibility, name, content, created_at)
                            values (:kind, :owner, :visibility, :name, cast(:content as jsonb), :now) returning id""")
                    .param("kind", kind.name())
                    .param("owner", viewer.personId())
                    .param("visibility", sharing.visibility.name())
                    .param("name", OneLine.of("name", sharing.name))
                    .param("content", json.writeValueAsString(content))
                    .param("now", Sql.timestamp(clock.instant()))
                    .query(UUID.class)
                    .single();
            share(id, sharing);
            return get(kind, id, viewer);
        } catch (DuplicateKeyException e) {
            throw MacroProblem.nameTaken(kind);
        }
    }

    /** Made private, it is whose who made it so. */
    private Row change(MacroKind kind, Viewer viewer, UUID id, long expectedVersion, Sharing sharing, Object content) {
        EntityVersion.check(expectedVersion, changeable(kind, viewer, id, "and m.archived_at is null").version);
        requireAllowed(viewer, sharing);
        try {
            var changed = jdbc.sql("""
                            update macro
                            set visibility = :visibility, name = :name, content = cast(:content as jsonb),
                                owner_id = case when :visibility = 'PRIVATE' then :viewer else owner_id end,
                                version = version + 1
                            where id = :id and version = :version""")
                    .param("visibility", sharing.visibility.name())
                    .param("name", OneLine.of("name", sharing.name))
                    .param("content", json.writeValueAsString(content))
                    .param("viewer", viewer.personId())
                    .param("id", id)
                    .param("version", expectedVersion)
                    .update();
            if (changed == 0) {
                throw EntityVersion.stale();
            }
        } catch (DuplicateKeyException e) {
            throw MacroProblem.nameTaken(kind);
        }
        jdbc.sql("delete from macro_team where macro_id = :id").param("id", id).update();
        share(id, sharing);
        return get(kind, id, viewer);
    }

    /** Bringing back what was not deleted is no error: the wish is already true. */
    private Row restore(MacroKind kind, Viewer viewer, UUID id) {
        changeable(kind, viewer, id, "");
        try {
            jdbc.sql("""
                            update macro set archived_at = null, version = version + 1
                            where id = :id and archived_at is not null""").param("id", id).update();
        } catch (DuplicateKeyException e) {
            throw MacroProblem.nameTaken(kind);
        }
        return get(kind, id, viewer);
    }

    private void share(UUID id, Sharing sharing) {
        if (sharing.visibility == MacroVisibility.TEAMS) {
            jdbc.sql("""
                            insert into macro_team (macro_id, team_id)
                            select :id, t.id from team t where t.id = any(cast(:teams as uuid[]))""")
                    .param("id", id)
                    .param("teams", Sql.texts(sharing.teamIds))
                    .update();
        }
    }

    private MacroActions checked(MacroActions actions) {
        var checked = actions.checked();
        if (checked.teamId() != null && countTeams(List.of(checked.teamId())) == 0) {
            throw Problem.invalidField("actions.teamId", "Unknown", "is no team");
        }
        var assignee = checked.assignee();
        if (assignee != null && assignee.personId() != null && !isStaff(assignee.personId())) {
            throw Problem.invalidField(
                    "actions.assignee.personId", "Unknown", "must be an active agent or an administrator");
        }
        return checked;
    }

    private void requireAllowed(Viewer viewer, Sharing sharing) {
        if (sharing.visibility != MacroVisibility.PRIVATE && !viewer.isAdministrator()) {
            throw Problem.forbidden();
        }
        if ((sharing.visibility == MacroVisibility.TEAMS) == sharing.teamIds.isEmpty()) {
            throw Problem.invalidField(
                    "teamIds", "Mismatch", "is given for what some teams share and for nothing else");
        }
        var teamIds = List.copyOf(new java.util.LinkedHashSet<>(sharing.teamIds));
        if (teamIds.size() > TEAMS_MAX || countTeams(teamIds) != teamIds.size()) {
            throw Problem.invalidField("teamIds", "Unknown", "must be teams");
        }
    }

    private void requireRoom(MacroKind kind, Viewer viewer, Sharing sharing) {
        var isPrivate = sharing.visibility == MacroVisibility.PRIVATE;
        var present = jdbc.sql("""
                        select count(*) from macro
                        where kind = :kind and archived_at is null
                          and case when :private then visibility = 'PRIVATE' and owner_id = :viewer
                                   else visibility <> 'PRIVATE' end""")
                .param("kind", kind.name())
                .param("private", isPrivate)
                .param("viewer", viewer.personId())
                .query(Integer.class)
                .single();
        var most = isPrivate ? OWN_MAX : SHARED_MAX;
        if (present >= most) {
            throw Problem.invalidField("name", "TooMany", "there are " + most + " already");
        }
    }

    private int countTeams(List<UUID> teamIds) {
        return teamIds.isEmpty()
                ? 0
                : jdbc.sql("select count(*) from team where id = any(cast(:ids as uuid[]))")
                        .param("ids", Sql.texts(teamIds))
                        .query(Integer.class)
                        .single();
    }

    private boolean isStaff(UUID personId) {
        return jdbc.sql("""
                        select exists (select from person where id = :id and deactivated_at is null
                                       and role in ('AGENT', 'ADMINISTRATOR'))""").param("id", personId).query(Boolean.class).single();
    }

    private Row get(MacroKind kind, UUID id, Viewer viewer) {
        return found(kind, id, viewer, "").orElseThrow(Problem::notFound);
    }

    private Row changeable(MacroKind kind, Viewer viewer, UUID id, String condition) {
        var row = found(kind, id, viewer, condition).orElseThrow(Problem::notFound);
        if (!row.mayChange) {
            throw Problem.forbidden();
        }
        return row;
    }

    private Optional<Row> found(MacroKind kind, UUID id, Viewer viewer, String condition) {
        return visible(kind, viewer, SELECT + "and m.id = :id " + condition)
                .param("id", id)
                .query((row, index) -> row(row, viewer))
                .optional();
    }

    private JdbcClient.StatementSpec visible(MacroKind kind, Viewer viewer, String sql) {
        return jdbc.sql(sql)
                .param("kind", kind.name())
                .param("viewer", viewer.personId())
                .param("administrator", viewer.isAdministrator())
                .param("teams", Sql.texts(viewer.teamIds()));
    }

    private Row row(ResultSet row, Viewer viewer) throws SQLException {
        var visibility = MacroVisibility.valueOf(row.getString("visibility"));
        var teams = row.getString("teams");
        return new Row(
                Sql.uuid(row, "id"),
                row.getString("name"),
                visibility,
                teams == null ? List.of() : json.readValue(teams, new TypeReference<List<NameView>>() {}),
                new NameView(Sql.uuid(row, "owner_id"), row.getString("owner_name")),
                row.getString("content"),
                nameOrNull(row, "assignee_id", "assignee_name"),
                nameOrNull(row, "team_id", "team_name"),
                visibility == MacroVisibility.PRIVATE || viewer.isAdministrator(),
                row.getLong("version"));
    }

    private static @Nullable NameView nameOrNull(ResultSet row, String id, String name) throws SQLException {
        var value = Sql.uuidOrNull(row, id);
        return value == null ? null : new NameView(value, row.getString(name));
    }

    private SavedReply savedReply(Row row) {
        return new SavedReply(
                row.id,
                row.name,
                row.visibility,
                row.teams,
                row.owner,
                json.readValue(row.content, Text.class).text,
                row.mayChange,
                row.version);
    }

    private Macro macro(Row row) {
        return new Macro(
                row.id,
                row.name,
                row.visibility,
                row.teams,
                row.owner,
                json.readValue(row.content, MacroActions.class),
                row.assignee,
                row.team,
                row.mayChange,
                row.version);
    }

    /**
     * Under what name and for whom it is kept.
     *
     * @param teamIds empty unless some teams share it
     */
    record Sharing(String name, MacroVisibility visibility, List<UUID> teamIds) {}

    private record Text(String text) {}

    private record Row(
            UUID id,
            String name,
            MacroVisibility visibility,
            List<NameView> teams,
            NameView owner,
            String content,
            @Nullable NameView assignee,
            @Nullable NameView team,
            boolean mayChange,
            long version) {}
}
