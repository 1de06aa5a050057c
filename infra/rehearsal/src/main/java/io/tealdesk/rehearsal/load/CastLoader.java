package io.tealdesk.rehearsal.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Writes people, their sessions and a stock of tickets straight into the tables: a password hash costs a tenth of a
 * second, and nobody must get mail about what happened before the rehearsal. All have the password of a person who is
 * there already, by the same hash. Nothing that is measured or judged is ever written this way.
 */
final class CastLoader {

    private static final SecureRandom SECURE_RANDOM = new SecureRandom();

    private final Connection database;

    CastLoader(Connection database) {
        this.database = database;
    }

    /** @param cookie of a session that the desk takes for its own */
    record Member(UUID id, String email, Person.Role role, String cookie) {}

    record OpenTicket(long number, UUID requester) {}

    record Loaded(List<Member> members, List<OpenTicket> openTickets) {}

    /** @param passwordOf the address of the person whose password all get */
    Loaded load(Settings settings, String run, String passwordOf) throws SQLException {
        boolean before = database.getAutoCommit();
        database.setAutoCommit(false);
        try {
            var members = new ArrayList<Member>();
            members.addAll(people(settings.agents(), Person.Role.AGENT, run, passwordOf));
            members.addAll(people(settings.customers(), Person.Role.CUSTOMER, run, passwordOf));
            tickets(settings.tickets(), run);
            var open = openTickets(run);
            if (open.isEmpty()) {
                throw new IllegalStateException("Nobody has a ticket: is there a default team, and anybody at all?");
            }
            database.commit();
            return new Loaded(members, open);
        } finally {
            database.rollback();
            database.setAutoCommit(before);
        }
    }

    private List<Member> people(int count, Person.Role role, String run, String passwordOf) throws SQLException {
        String sql = """
                with person_here as (
                    insert into person (email, name, role, password_hash, email_verified_at, created_at)
                    values (?, ?, ?, (select password_hash from person where email = cast(? as citext)), now(), now())
                    returning id),
                member as (
                    insert into team_member (team_id, person_id)
                    select team.id, person_here.id from team, person_here
                    where team.is_default and cast(? as text) = 'AGENT'),
                sign_in as (
                    insert into session (person_id, user_agent, created_at, last_used_at, expires_at)
                    select id, 'rehearsal', now(), now(), now() + interval '30 days' from person_here
                    returning id, person_id)
                insert into refresh_token (token_hash, session_id, issued_at)
                select ?, id, now() from sign_in
                returning (select id from person_here)""";
        var members = new ArrayList<Member>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int number = 1; number <= count; number++) {
                String email = email(role, number, run);
                String cookie = token();
                statement.setString(1, email);
                statement.setString(2, (role == Person.Role.AGENT ? "Agent " : "Customer ") + number);
                statement.setString(3, role.name());
                statement.setString(4, passwordOf);
                statement.setString(5, role.name());
                statement.setBytes(6, sha256(cookie));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    members.add(new Member(row.getObject(1, UUID.class), email, role, cookie));
                }
            }
        }
        return members;
    }

    /** Two thirds of it waits for somebody; each has what was asked, what was answered and a note. */
    private void tickets(int count, String run) throws SQLException {
        String sql = """
                with customer as (
                    select id, row_number() over (order by id) - 1 as place, count(*) over () as everybody
                    from person where email like cast(? as text) and role = 'CUSTOMER'),
                agent as (
                    select id, row_number() over (order by id) - 1 as place, count(*) over () as everybody
                    from person where email like cast(? as text) and role = 'AGENT'),
                opened as (
                    insert into ticket (number, subject, status, priority, requester_id, team_id, assignee_id,
                                        created_at, updated_at, first_replied_at, resolved_at, last_message_at,
                                        last_message_by)
                    select nextval('ticket_number_seq'),
                           (array['The printer says no', 'An invoice that I paid', 'I forgot my password',
                                  'It was slow yesterday'])[1 + n % 4],
                           case when n % 3 = 0 then 'RESOLVED' when n % 3 = 1 then 'OPEN' else 'IN_PROGRESS' end,
                           (array['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'])[1 + n % 4],
                           customer.id, team.id, case when n % 4 > 0 then agent.id end,
                           now() - n * interval '7 minutes', now() - n * interval '5 minutes',
                           now() - n * interval '6 minutes',
                           case when n % 3 = 0 then now() - n * interval '5 minutes' end,
                           now() - n * interval '5 minutes', 'STAFF'
                    from generate_series(1, ?) n
                    join customer on customer.place = n % customer.everybody
                    join agent on agent.place = n % agent.everybody
                    join team on team.is_default
                    returning number, requester_id, created_at, updated_at,
                              coalesce(assignee_id, (select id from agent where place = 0)) as agent_id),
                history as (
                    insert into ticket_event (ticket_number, actor_id, kind, occurred_at)
                    select number, requester_id, 'OPENED', created_at from opened)
                insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                select number, case when part = 1 then requester_id else agent_id end,
                       case when part = 3 then 'INTERNAL_NOTE' else 'PUBLIC_REPLY' end,
                       words, '<p>' || words || '</p>', created_at + (updated_at - created_at) * (part - 1) / 2
                from opened, (values
                    (1, 'It worked until yesterday, and I need it for an invoice. What can I do?'),
                    (2, 'Please try once more; we have changed something on our side.'),
                    (3, 'The third one this week. Ask the people on the second floor.')) as message (part, words)
                order by number, part""";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "%@" + run + ".example");
            statement.setString(2, "%@" + run + ".example");
            statement.setInt(3, count);
            statement.executeUpdate();
        }
    }

    private List<OpenTicket> openTickets(String run) throws SQLException {
        String sql = """
                select ticket.number, ticket.requester_id
                from ticket join person on person.id = ticket.requester_id
                where person.email like cast(? as text) and ticket.status <> 'RESOLVED' order by ticket.number""";
        var open = new ArrayList<OpenTicket>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "%@" + run + ".example");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    open.add(new OpenTicket(rows.getLong(1), rows.getObject(2, UUID.class)));
                }
            }
        }
        return open;
    }

    private static String email(Person.Role role, int number, String run) {
        return (role == Person.Role.AGENT ? "agent-" : "customer-") + number + "@" + run + ".example";
    }

    static String token() {
        byte[] bytes = new byte[32];
        SECURE_RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
