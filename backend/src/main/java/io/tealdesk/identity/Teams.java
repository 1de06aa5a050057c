package io.tealdesk.identity;

import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the groups of agents that own tickets. There are at most {@value #TEAMS_MAX}. */
@Component
class Teams {

    private static final int TEAMS_MAX = 200;
    private static final String SELECT = """
            select t.id, t.name, t.description, t.is_default, t.version,
                   array(select p.id from team_member m join person p on p.id = m.person_id
                         where m.team_id = t.id and p.deactivated_at is null order by p.name, p.id) as member_ids,
                   array(select p.name from team_member m join person p on p.id = m.person_id
                         where m.team_id = t.id and p.deactivated_at is null order by p.name, p.id) as member_names
            from team t
            """;

    private final TeamRepository repository;
    private final PersonRepository people;
    private final JdbcClient jdbc;
    private final Clock clock;

    Teams(TeamRepository repository, PersonRepository people, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.people = people;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<TeamResponse> list() {
        return jdbc.sql(SELECT + "order by t.name limit " + TEAMS_MAX)
                .query((row, index) -> team(row))
                .list();
    }

    @Transactional
    TeamResponse add(String name, String description) {
        if (list().size() >= TEAMS_MAX) {
            throw Problem.invalidField("name", "TooMany", "there are " + TEAMS_MAX + " teams already");
        }
        return get(saved(new Team(OneLine.of("name", name), description.strip(), clock.instant()))
                .id());
    }

    @Transactional
    TeamResponse change(UUID id, long expectedVersion, String name, String description) {
        var team = existing(id);
        EntityVersion.check(expectedVersion, team.version());
        team.change(OneLine.of("name", name), description.strip());
        saved(team);
        return get(id);
    }

    /** New tickets from the portal land in the default team; there is exactly one. */
    @Transactional
    TeamResponse makeDefault(UUID id) {
        var team = existing(id);
        repository.findDefault().filter(former -> !former.id().equals(id)).ifPresent(former -> {
            former.makeDefault(false);
            repository.saveAndFlush(former);
        });
        team.makeDefault(true);
        repository.saveAndFlush(team);
        return get(id);
    }

    @Transactional
    void delete(UUID id, long expectedVersion) {
        var team = existing(id);
        EntityVersion.check(expectedVersion, team.version());
        if (team.isDefault()) {
            throw IdentityProblem.teamInUse();
        }
        repository.delete(team);
        try {
            repository.flush();
        } catch (DataIntegrityViolationException e) {
            throw IdentityProblem.teamInUse();
        }
    }

    @Transactional
    TeamResponse addMember(UUID id, UUID personId) {
        existing(id);
        var person = people.findById(personId).orElseThrow(Problem::notFound);
        if (!person.role().isStaff()) {
            throw IdentityProblem.notStaff();
        }
        jdbc.sql("insert into team_member (team_id, person_id) values (:team, :person) on conflict do nothing")
                .param("team", id)
                .param("person", personId)
                .update();
        return get(id);
    }

    @Transactional
    TeamResponse removeMember(UUID id, UUID personId) {
        existing(id);
        jdbc.sql("delete from team_member where team_id = :team and person_id = :person")
                .param("team", id)
                .param("person", personId)
                .update();
        return get(id);
    }

    private TeamResponse get(UUID id) {
        return jdbc.sql(SELECT + "where t.id = :id")
                .param("id", id)
                .query((row, index) -> team(row))
                .single();
    }

    private Team existing(UUID id) {
        return repository.findById(id).orElseThrow(Problem::notFound);
    }

    private Team saved(Team team) {
        try {
            return repository.saveAndFlush(team);
        } catch (DataIntegrityViolationException e) {
            throw IdentityProblem.nameTaken("team");
        }
    }

    private static TeamResponse team(ResultSet row) throws SQLException {
        var ids = (UUID[]) row.getArray("member_ids").getArray();
        var names = Sql.texts(row, "member_names");
        var members = new ArrayList<TeamMember>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            members.add(new TeamMember(ids[i], names.get(i)));
        }
        return new TeamResponse(
                Sql.uuid(row, "id"),
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("is_default"),
                members,
                row.getLong("version"));
    }

    record TeamMember(UUID id, String name) {}

    record TeamResponse(
            UUID id, String name, String description, boolean isDefault, List<TeamMember> members, long version) {}
}
