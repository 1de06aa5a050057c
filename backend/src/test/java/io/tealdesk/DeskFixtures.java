package io.tealdesk;

import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/**
 * Puts organisations, teams and people onto the desk, straight into the tables. People come back as {@link Viewer}, so
 * that a request can be made in their name: {@code mvc.get().uri("…").with(as(dana))}. They can also sign in for real:
 * their address is {@code firstname@tealdesk.test}, unless taken, and their password {@link #PASSWORD}.
 */
public class DeskFixtures {

    public static final String PASSWORD = "a long enough password";

    private final JdbcClient jdbc;
    private final Clock clock;
    private final PasswordEncoder passwords;
    private @Nullable String passwordHash;

    DeskFixtures(JdbcClient jdbc, Clock clock, PasswordEncoder passwords) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** Makes requests in that person's name, as after a real sign-in. */
    public static RequestPostProcessor as(Viewer viewer) {
        return SecurityMockMvcRequestPostProcessors.authentication(UsernamePasswordAuthenticationToken.authenticated(
                viewer, null, List.of(new SimpleGrantedAuthority("ROLE_" + viewer.role()))));
    }

    public UUID anOrganisation(String name) {
        return organisation(name, false);
    }

    /** One whose members see each other's tickets. */
    public UUID aSharingOrganisation(String name) {
        return organisation(name, true);
    }

    public UUID aTeam(String name) {
        return team(name, false);
    }

    /** Where new tickets land. Every test finds it there. */
    public UUID theDefaultTeam() {
        return jdbc.sql("select id from team where is_default")
                .query(UUID.class)
                .single();
    }

    public Viewer aCustomer(String name) {
        return person(name, Role.CUSTOMER, null, Set.of());
    }

    public Viewer aCustomerOf(UUID organisationId, String name) {
        return person(name, Role.CUSTOMER, organisationId, Set.of());
    }

    public Viewer anAgent(String name, UUID... teamIds) {
        return person(name, Role.AGENT, null, Set.of(teamIds));
    }

    public Viewer anAdministrator(String name, UUID... teamIds) {
        return person(name, Role.ADMINISTRATOR, null, Set.of(teamIds));
    }

    private UUID organisation(String name, boolean sharesTickets) {
        return jdbc.sql("""
                        insert into organisation (name, shares_tickets, created_at) values (:name, :shares, :now)
                        returning id""")
                .param("name", name)
                .param("shares", sharesTickets)
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .single();
    }

    private UUID team(String name, boolean isDefault) {
        return jdbc.sql("insert into team (name, is_default, created_at) values (:name, :isDefault, :now) returning id")
                .param("name", name)
                .param("isDefault", isDefault)
                .param("now", Sql.timestamp(clock.instant()))
                .query(UUID.class)
                .single();
    }

    private Viewer person(String name, Role role, @Nullable UUID organisationId, Set<UUID> teamIds) {
        var now = Sql.timestamp(clock.instant());
        var email = freeEmail(name);
        var id = jdbc.sql("""
                        insert into person (email, name, role, organisation_id, password_hash, email_verified_at,
                                            created_at)
                        values (:email, :name, :role, :organisation, :passwordHash, :now, :now) returning id""")
                .param("email", email)
                .param("name", name)
                .param("role", role.name())
                .param("organisation", organisationId)
                .param("passwordHash", passwordHash())
                .param("now", now)
                .query(UUID.class)
                .single();
        for (var teamId : teamIds) {
            jdbc.sql("insert into team_member (team_id, person_id) values (:team, :person)")
                    .param("team", teamId)
                    .param("person", id)
                    .update();
        }
        var sessionId = jdbc.sql("""
                        insert into session (person_id, user_agent, created_at, last_used_at, expires_at)
                        values (:person, 'test', :now, :now, :now + interval '30 days') returning id""")
                .param("person", id)
                .param("now", now)
                .query(UUID.class)
                .single();
        var seesOrganisationTickets = role == Role.CUSTOMER
                && organisationId != null
                && jdbc.sql("select shares_tickets from organisation where id = :id")
                        .param("id", organisationId)
                        .query(Boolean.class)
                        .single();
        return new Viewer(id, sessionId, name, email, role, organisationId, seesOrganisationTickets, teamIds);
    }

    private String freeEmail(String name) {
        var localPart = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9].*", "");
        if (localPart.isEmpty()) {
            localPart = "person";
        }
        var taken = jdbc.sql("select count(*) from person where email like :pattern")
                .param("pattern", localPart + "%@tealdesk.test")
                .query(Integer.class)
                .single();
        return localPart + (taken == 0 ? "" : taken + 1) + "@tealdesk.test";
    }

    /** Hashed once: it takes long on purpose. */
    private String passwordHash() {
        var hash = passwordHash;
        if (hash == null) {
            hash = Objects.requireNonNull(passwords.encode(PASSWORD));
            passwordHash = hash;
        }
        return hash;
    }

    /** Deleting from a few small tables is faster than truncating them; without triggers their order is all one. */
    void emptyTheDesk() {
        // As the superuser, who alone may leave foreign keys out of account.
        var server = TestDatabase.running();
        JdbcClient.create(new DriverManagerDataSource(server.getJdbcUrl(), server.getUsername(), server.getPassword()))
                .sql("""
                do $$
                declare name text;
                begin
                    set local session_replication_role = replica;
                    for name in select tablename from pg_tables where schemaname = 'public'
                            and tablename not in ('flyway_schema_history', 'scheduled_tasks')
                    loop
                        execute format('delete from %I', name);
                    end loop;
                    delete from scheduled_tasks where task_instance <> 'recurring';
                end $$""")
                .update();
        team("Support", true);
    }
}
