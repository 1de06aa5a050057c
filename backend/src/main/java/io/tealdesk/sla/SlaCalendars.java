package io.tealdesk.sla;

import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketView.NameView;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the business hours and whose they are. The first ones become the default; before there are any, every hour counts.
 * What is deleted is put away for a while with its teams, so that it can be brought back.
 */
@Component
class SlaCalendars {

    private static final int CALENDARS_MAX = 50;

    private final SlaRuleBook ruleBook;
    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    SlaCalendars(SlaRuleBook ruleBook, JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.ruleBook = ruleBook;
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** The default first. */
    List<SlaCalendar> list() {
        return jdbc.sql("""
                        select c.id, c.name, c.is_default, c.content::text as content, c.version,
                               (select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name::text) order by t.name)
                                from sla_calendar_team ct join team t on t.id = ct.team_id
                                where ct.calendar_id = c.id) as teams
                        from sla_calendar c where c.archived_at is null
                        order by c.is_default desc, lower(c.name), c.id""")
                .query((row, index) -> {
                    var teams = row.getString("teams");
                    return new SlaCalendar(
                            Sql.uuid(row, "id"),
                            row.getString("name"),
                            row.getBoolean("is_default"),
                            ruleBook.hours(row.getString("content")),
                            teams == null ? List.of() : json.readValue(teams, new TypeReference<List<NameView>>() {}),
                            row.getLong("version"));
                })
                .list();
    }

    @Transactional
    SlaCalendar add(String name, SlaCalendarHours hours, Collection<UUID> teamIds) {
        requireTeams(teamIds);
        requireRoom();
        UUID id;
        try {
            id = jdbc.sql("""
                            insert into sla_calendar (name, is_default, content, created_at)
                            values (:name, not exists (select from sla_calendar where is_default),
                                    cast(:content as jsonb), :now) returning id""")
                    .param("name", OneLine.of("name", name))
                    .param("content", ruleBook.written(hours.checked()))
                    .param("now", Sql.timestamp(clock.instant()))
                    .query(UUID.class)
                    .single();
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("business hours");
        }
        assign(id, teamIds);
        ruleBook.changed(clock.instant());
        return get(id);
    }

    @Transactional
    SlaCalendar change(UUID id, long expectedVersion, String name, SlaCalendarHours hours, Collection<UUID> teamIds) {
        requireTeams(teamIds);
        EntityVersion.check(expectedVersion, get(id).version());
        try {
            requireChanged(jdbc.sql("""
                            update sla_calendar set name = :name, content = cast(:content as jsonb), version = version + 1
                            where id = :id and version = :version and archived_at is null""")
                    .param("name", OneLine.of("name", name))
                    .param("content", ruleBook.written(hours.checked()))
                    .param("id", id)
                    .param("version", expectedVersion)
                    .update());
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("business hours");
        }
        assign(id, teamIds);
        ruleBook.changed(clock.instant());
        return get(id);
    }

    @Transactional
    SlaCalendar makeDefault(UUID id) {
        get(id);
        jdbc.sql("update sla_calendar set is_default = false, version = version + 1 where is_default and id <> :id")
                .param("id", id)
                .update();
        var changed = jdbc.sql("""
                        update sla_calendar set is_default = true, version = version + 1
                        where id = :id and not is_default and archived_at is null""").param("id", id).update();
        if (changed == 1) {
            ruleBook.changed(clock.instant());
        }
        return get(id);
    }

    /** Its teams have the default hours from then on. */
    @Transactional
    void delete(UUID id, long expectedVersion) {
        var calendar = get(id);
        EntityVersion.check(expectedVersion, calendar.version());
        if (calendar.isDefault()) {
            throw SlaProblem.defaultIsKept();
        }
        requireChanged(jdbc.sql("""
                        update sla_calendar set archived_at = :now, version = version + 1
                        where id = :id and version = :version and archived_at is null and not is_default""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", id)
                .param("version", expectedVersion)
                .update());
        ruleBook.changed(clock.instant());
    }

    /** With those of its teams that have not been given other hours since. */
    @Transactional
    SlaCalendar restore(UUID id) {
        try {
            var isDeleted = jdbc.sql("""
                            update sla_calendar set archived_at = null, version = version + 1
                            where id = :id and archived_at is not null""").param("id", id).update() == 1;
            if (isDeleted) {
                ruleBook.changed(clock.instant());
            }
        } catch (DuplicateKeyException taken) {
            throw SlaProblem.nameTaken("business hours");
        }
        return get(id);
    }

    private void assign(UUID id, Collection<UUID> teamIds) {
        jdbc.sql("""
                        delete from sla_calendar_team
                        where calendar_id = :id and team_id <> all(cast(:teams as uuid[]))""").param("id", id).param("teams", Sql.texts(teamIds)).update();
        jdbc.sql("""
                        insert into sla_calendar_team (team_id, calendar_id)
                        select t.id, :id from team t where t.id = any(cast(:teams as uuid[]))
                        on conflict (team_id) do update set calendar_id = excluded.calendar_id""").param("id", id).param("teams", Sql.texts(teamIds)).update();
    }

    private void requireTeams(Collection<UUID> teamIds) {
        var known = jdbc.sql("select count(*) from team where id = any(cast(:ids as uuid[]))")
                .param("ids", Sql.texts(teamIds))
                .query(Integer.class)
                .single();
        if (known < new HashSet<>(teamIds).size()) {
            throw Problem.invalidField("teamIds", "Unknown", "must be teams");
        }
    }

    private void requireRoom() {
        if (list().size() >= CALENDARS_MAX) {
            throw Problem.invalidField("name", "TooMany", "there are " + CALENDARS_MAX + " already");
        }
    }

    private static void requireChanged(int rows) {
        if (rows == 0) {
            throw EntityVersion.stale();
        }
    }

    private SlaCalendar get(UUID id) {
        return list().stream()
                .filter(calendar -> calendar.id().equals(id))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }
}
