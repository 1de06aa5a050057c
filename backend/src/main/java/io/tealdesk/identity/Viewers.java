package io.tealdesk.identity;

import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds who a request is answered for, in one statement. */
@Component
class Viewers {

    private final JdbcClient jdbc;
    private final Clock clock;

    Viewers(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Empty when the session has ended or the person was deactivated. */
    Optional<Viewer> find(AccessTokens.Bearer bearer) {
        return jdbc.sql("""
                select p.id, p.name, p.email, p.role, p.organisation_id, o.shares_tickets,
                       array(select m.team_id from team_member m where m.person_id = p.id) as team_ids
                from session s
                join person p on p.id = s.person_id
                left join organisation o on o.id = p.organisation_id
                where s.id = :session and p.id = :person
                  and s.ended_at is null and s.expires_at > :now and p.deactivated_at is null""")
                .param("session", bearer.sessionId())
                .param("person", bearer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> {
                    var role = Role.valueOf(row.getString("role"));
                    return new Viewer(
                            Sql.uuid(row, "id"),
                            bearer.sessionId(),
                            row.getString("name"),
                            row.getString("email"),
                            role,
                            Sql.uuidOrNull(row, "organisation_id"),
                            role == Role.CUSTOMER && row.getBoolean("shares_tickets"),
                            Sql.uuids(row, "team_ids"));
                })
                .optional();
    }
}
