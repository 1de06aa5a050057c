package io.tealdesk.identity;

import io.tealdesk.identity.MeResponse.MyOrganisation;
import io.tealdesk.identity.PersonResponse.OrganisationName;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads people with their organisation and teams, one statement a page. */
@Component
class PersonList {

    private static final String ORDER = "person-name";
    private static final String COLUMNS = """
            select p.id, p.name, p.email, p.role, p.locale, p.organisation_id, o.name as organisation_name,
                   o.shares_tickets, p.email_verified_at is not null as email_verified,
                   p.deactivated_at is not null as deactivated,
                   p.role <> 'CUSTOMER' and p.password_hash is null as invited, p.created_at, p.version,
                   array(select t.id from team_member m join team t on t.id = m.team_id
                         where m.person_id = p.id order by t.name, t.id) as team_ids,
                   array(select t.name::text from team_member m join team t on t.id = m.team_id
                         where m.person_id = p.id order by t.name, t.id) as team_names""";
    private static final String FROM = """

            from person p left join organisation o on o.id = p.organisation_id
            """;
    private static final String SELECT = COLUMNS + FROM;
    private static final String ME = COLUMNS + """
            , k.single_keys, k.keys::text as keys, w.undo_seconds, w.takes_on_reply, w.after_done
            """ + FROM + """
            left join person_keyboard k on k.person_id = p.id left join person_writing w on w.person_id = p.id
            where p.id = :id""";

    private final JdbcClient jdbc;

    PersonList(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Page<PersonResponse> page(PersonFilter filter, @Nullable String cursor, int limit) {
        var after = cursor == null ? null : Cursor.decoded(cursor, ORDER, 2);
        var rows = jdbc.sql(SELECT + """
                        where (cast(:role as text) is null or p.role = :role)
                          and (not :staff or p.role <> 'CUSTOMER')
                          and (cast(:organisation as uuid) is null or p.organisation_id = :organisation)
                          and (cast(:deactivated as boolean) is null or (p.deactivated_at is not null) = :deactivated)
                          and (cast(:pattern as text) is null
                               or p.name ilike :pattern or p.email::text ilike :pattern)
                          and (cast(:afterName as text) is null or (p.name, p.id) > (:afterName, :afterId))
                        order by p.name, p.id limit :limit""")
                .param("role", filter.role == null ? null : filter.role.name())
                .param("staff", filter.staff)
                .param("organisation", filter.organisationId)
                .param("deactivated", filter.deactivated)
                .param("pattern", filter.text == null ? null : "%" + Sql.escapedForLike(filter.text.strip()) + "%")
                .param("afterName", after == null ? null : after.text(0))
                .param("afterId", after == null ? null : after.uuid(1))
                .param("limit", limit + 1)
                .query((row, index) -> person(row))
                .list();
        return Page.of(rows, limit, last -> Cursor.of(ORDER, last.name(), last.id()));
    }

    PersonResponse get(UUID id) {
        return jdbc.sql(SELECT + "where p.id = :id")
                .param("id", id)
                .query((row, index) -> person(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    MeResponse me(UUID id) {
        return jdbc.sql(ME)
                .param("id", id)
                .query((row, index) -> {
                    var person = person(row);
                    var organisation = person.organisation();
                    return new MeResponse(
                            person.id(),
                            person.name(),
                            person.email(),
                            person.role(),
                            person.locale(),
                            organisation == null
                                    ? null
                                    : new MyOrganisation(
                                            organisation.id(), organisation.name(), row.getBoolean("shares_tickets")),
                            person.teams(),
                            person.role().isStaff()
                                    ? Keyboards.kept(row.getBoolean("single_keys"), row.getString("keys"))
                                    : null,
                            person.role().isStaff() ? Writings.kept(row) : null,
                            person.version());
                })
                .single();
    }

    private static PersonResponse person(ResultSet row) throws SQLException {
        var organisationId = Sql.uuidOrNull(row, "organisation_id");
        return new PersonResponse(
                Sql.uuid(row, "id"),
                row.getString("name"),
                row.getString("email"),
                Role.valueOf(row.getString("role")),
                row.getString("locale"),
                organisationId == null
                        ? null
                        : new OrganisationName(organisationId, row.getString("organisation_name")),
                teams(row),
                row.getBoolean("email_verified"),
                row.getBoolean("deactivated"),
                row.getBoolean("invited"),
                Sql.instant(row, "created_at"),
                row.getLong("version"));
    }

    private static List<TeamName> teams(ResultSet row) throws SQLException {
        var ids = (UUID[]) row.getArray("team_ids").getArray();
        var names = Sql.texts(row, "team_names");
        var teams = new ArrayList<TeamName>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            teams.add(new TeamName(ids[i], names.get(i)));
        }
        return teams;
    }

    /** @param staff agents and administrators only */
    record PersonFilter(
            @Nullable Role role,
            boolean staff,
            @Nullable String text,
            @Nullable UUID organisationId,
            @Nullable Boolean deactivated) {}
}
