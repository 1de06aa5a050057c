package io.tealdesk.identity;

import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.EntityVersion;
import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps the companies that customers belong to. */
@Component
class Organisations {

    private static final String ORDER = "organisation-name";
    private static final String SELECT = """
            select o.id, o.name, o.shares_tickets, o.created_at, o.version,
                   (select count(*) from person p where p.organisation_id = o.id) as member_count
            from organisation o
            """;

    private final OrganisationRepository repository;
    private final JdbcClient jdbc;
    private final Clock clock;

    Organisations(OrganisationRepository repository, JdbcClient jdbc, Clock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Page<OrganisationResponse> page(@Nullable String text, @Nullable String cursor, int limit) {
        var after = cursor == null ? null : Cursor.decoded(cursor, ORDER, 2);
        var rows = jdbc.sql(SELECT + """
                        where (cast(:pattern as text) is null or o.name::text ilike :pattern)
                          and (cast(:afterName as citext) is null
                               or (o.name, o.id) > (cast(:afterName as citext), :afterId))
                        order by o.name, o.id limit :limit""")
                .param("pattern", text == null ? null : "%" + Sql.escapedForLike(text.strip()) + "%")
                .param("afterName", after == null ? null : after.text(0))
                .param("afterId", after == null ? null : after.uuid(1))
                .param("limit", limit + 1)
                .query((row, index) -> organisation(row))
                .list();
        return Page.of(rows, limit, last -> Cursor.of(ORDER, last.name(), last.id()));
    }

    OrganisationResponse get(UUID id) {
        return jdbc.sql(SELECT + "where o.id = :id")
                .param("id", id)
                .query((row, index) -> organisation(row))
                .optional()
                .orElseThrow(Problem::notFound);
    }

    @Transactional
    OrganisationResponse add(String name, boolean sharesTickets) {
        return get(saved(new Organisation(OneLine.of("name", name), sharesTickets, clock.instant()))
                .id());
    }

    @Transactional
    OrganisationResponse change(UUID id, long expectedVersion, String name, boolean sharesTickets) {
        var organisation = existing(id, expectedVersion);
        organisation.change(OneLine.of("name", name), sharesTickets);
        saved(organisation);
        return get(id);
    }

    @Transactional
    void delete(UUID id, long expectedVersion) {
        repository.delete(existing(id, expectedVersion));
        try {
            repository.flush();
        } catch (DataIntegrityViolationException e) {
            throw IdentityProblem.organisationInUse();
        }
    }

    private Organisation existing(UUID id, long expectedVersion) {
        var organisation = repository.findById(id).orElseThrow(Problem::notFound);
        EntityVersion.check(expectedVersion, organisation.version());
        return organisation;
    }

    private Organisation saved(Organisation organisation) {
        try {
            return repository.saveAndFlush(organisation);
        } catch (DataIntegrityViolationException e) {
            throw IdentityProblem.nameTaken("organisation");
        }
    }

    private static OrganisationResponse organisation(ResultSet row) throws SQLException {
        return new OrganisationResponse(
                Sql.uuid(row, "id"),
                row.getString("name"),
                row.getBoolean("shares_tickets"),
                row.getInt("member_count"),
                Sql.instant(row, "created_at"),
                row.getLong("version"));
    }

    record OrganisationResponse(
            UUID id, String name, boolean sharesTickets, int memberCount, Instant createdAt, long version) {}
}
