package io.tealdesk.rehearsal.load;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Agents that a desk has already, with a session each that was written straight into its table. */
public final class SignedIn implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wire wire;
    private final List<Caller> callers = new ArrayList<>();

    /** @param databaseUrl of a superuser, with the password in it */
    public SignedIn(URI desk, String databaseUrl, int agents) throws SQLException {
        this(desk, databaseUrl, agents, _ -> {}, new SteadyClock());
    }

    /** @param records takes each request, those that renew a session among them */
    public SignedIn(URI desk, String databaseUrl, int agents, Consumer<RequestRecord> records, InstantSource clock)
            throws SQLException {
        wire = new Wire(desk, PATIENCE, records, clock);
        try (Connection database = DriverManager.getConnection(databaseUrl)) {
            signIn(database, agents);
        } catch (SQLException failure) {
            wire.close();
            throw failure;
        }
    }

    private void signIn(Connection database, int agents) throws SQLException {
        String sql = """
                with sign_in as (
                    insert into session (person_id, user_agent, created_at, last_used_at, expires_at)
                    values (?, 'bench', now(), now(), now() + interval '30 days')
                    returning id)
                insert into refresh_token (token_hash, session_id, issued_at) select ?, id, now() from sign_in""";
        List<UUID> people = new ArrayList<>();
        try (PreparedStatement statement =
                database.prepareStatement("select id from person where role = 'AGENT' order by email limit ?")) {
            statement.setInt(1, agents);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    people.add(rows.getObject(1, UUID.class));
                }
            }
        }
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (UUID person : people) {
                String cookie = CastLoader.token();
                statement.setObject(1, person);
                statement.setBytes(2, CastLoader.sha256(cookie));
                statement.executeUpdate();
                String address = Cast.address(callers.size());
                callers.add(new Caller(wire, person, address, new Session(wire, address, cookie)));
            }
        }
    }

    public List<Caller> callers() {
        return List.copyOf(callers);
    }

    @Override
    public void close() {
        wire.close();
    }
}
