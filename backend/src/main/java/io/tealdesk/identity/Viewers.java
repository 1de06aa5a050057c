package io.tealdesk.identity;

import io.tealdesk.shared.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds who a request is answered for, in one statement. */
@Component
public class Viewers {

    private static final String ACTIVE = """
            select p.id, s.id as session_id, p.name, p.email, p.role, p.organisation_id, o.shares_tickets,
                   array(select m.team_id from team_member m where m.person_id = p.id) as team_ids
            from session s
            join person p on p.id = s.person_id
            left join organisation o on o.id = p.organisation_id
            where s.ended_at is null and s.expires_at > :now and p.deactivated_at is null
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    Viewers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Empty when the session has ended or the person was deactivated. */
    Optional<Viewer> find(AccessTokens.Bearer bearer) {
        return jdbc.sql(ACTIVE + "and s.id = :session and p.id = :person")
                .param("session", bearer.sessionId())
                .param("person", bearer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> viewer(row))
                .optional();
    }

    /**
     * Who the viewers of these sessions are by now, for answers that outlast the moment of their request. A session that
     * has ended, or whose person was deactivated, is missing.
     */
    public Map<UUID, Viewer> ofSessions(Collection<UUID> sessionIds) {
        return jdbc
                .sql(ACTIVE + "and s.id = any(:sessions::uuid[])")
                // As one text: a list would be as many parameters, and a statement of its own for each length.
                .param("sessions", sessionIds.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}")))
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> viewer(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Viewer::sessionId, Function.identity()));
    }

    /**
     * Who somebody is by now, for work that outlasts the session it was asked for in. Empty when the person was
     * deactivated.
     *
     * @return with an id that is no session's
     */
    public Optional<Viewer> ofPerson(UUID personId) {
        return jdbc.sql("""
                        select p.id, p.id as session_id, p.name, p.email, p.role, p.organisation_id, o.shares_tickets,
                               array(select m.team_id from team_member m where m.person_id = p.id) as team_ids
                        from person p
                        left join organisation o on o.id = p.organisation_id
                        where p.id = :person and p.deactivated_at is null""")
                .param("person", personId)
                .query((row, index) -> viewer(row))
                .optional();
    }

    private static Viewer viewer(ResultSet row) throws SQLException {
        var role = Role.valueOf(row.getString("role"));
        return new Viewer(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "session_id"),
                row.getString("name"),
                row.getString("email"),
                role,
                Sql.uuidOrNull(row, "organisation_id"),
                role == Role.CUSTOMER && row.getBoolean("shares_tickets"),
                Sql.uuids(row, "team_ids"));
    }
}
