package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** With what operations are done: drawn from the desk that is there, the same each time. */
final class Stock {

    private static final int SAMPLE = 20_000;
    /** By a hundred, so that fifty a page are a thousand pages deep. */
    private static final int DEEP_PAGES = 500;

    private final Map<UUID, List<Long>> ticketsOf = new HashMap<>();
    private final Map<Long, Set<UUID>> agentsOf = new HashMap<>();
    private final String usualRequester;
    private final String heavyRequester;
    private final String organisation;
    private final String frequentTag;
    private final String rareTag;
    private final Caller walker;

    Stock(Connection database, List<Caller> agents, long seed) throws SQLException {
        walker = agents.getFirst();
        sample(database, seed);
        String requesters = "select requester_id from ticket group by 1 order by count(*) desc, 1 limit 1 offset ";
        heavyRequester = text(database, requesters + "0");
        usualRequester = text(database, requesters + "(select count(distinct requester_id) / 2 from ticket)");
        organisation = text(
                database,
                "select organisation_id from ticket where organisation_id is not null group by 1"
                        + " order by count(*) desc, 1 limit 1 offset 5");
        String tags = "select tag from ticket, unnest(tags) tag group by 1 order by count(*) ";
        frequentTag = text(database, tags + "desc, 1 limit 1");
        rareTag = text(database, tags + ", 1 limit 1");
    }

    private void sample(Connection database, long seed) throws SQLException {
        long first = Long.parseLong(text(database, "select min(number) from ticket"));
        long last = Long.parseLong(text(database, "select max(number) from ticket"));
        Long[] numbers = new SplittableRandom(seed)
                .longs(SAMPLE, first, last + 1)
                .distinct()
                .boxed()
                .toArray(Long[]::new);
        try (PreparedStatement statement = database.prepareStatement("""
                select m.person_id, t.number from ticket t join team_member m on m.team_id = t.team_id
                where t.number = any(?) and t.status not in ('CLOSED', 'CANCELLED') order by m.person_id, t.number""")) {
            statement.setArray(1, database.createArrayOf("bigint", numbers));
            add(statement);
        }
        // At a small desk hardly any of the sample is still open to replies.
        try (PreparedStatement statement = database.prepareStatement("""
                select m.person_id, t.number from team_member m cross join lateral (
                    select number from ticket where team_id = m.team_id and status not in ('CLOSED', 'CANCELLED')
                    order by number desc limit 50) t
                order by m.person_id, t.number""")) {
            add(statement);
        }
    }

    private void add(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                UUID agent = rows.getObject(1, UUID.class);
                ticketsOf.computeIfAbsent(agent, _ -> new ArrayList<>()).add(rows.getLong(2));
                agentsOf.computeIfAbsent(rows.getLong(2), _ -> new HashSet<>()).add(agent);
            }
        }
    }

    /** One that the agent may see and reply to. */
    long ticketOf(Caller agent, RandomGenerator random) {
        List<Long> tickets = ticketsOf.get(agent.id());
        if (tickets == null) {
            throw new IllegalStateException("Agent " + agent.id() + " sees no ticket");
        }
        return tickets.get(random.nextInt(tickets.size()));
    }

    /** Who learns of what happens to it. */
    Set<UUID> agentsOf(long ticket) {
        return agentsOf.getOrDefault(ticket, Set.of());
    }

    /** Ready for a query; of the last page, where there are fewer. */
    String deepCursor() throws IOException, InterruptedException {
        String cursor = "";
        for (int page = 0; page < DEEP_PAGES; page++) {
            JsonNode next = walker.read(
                            "/api/v1/tickets?order=UPDATED&limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .path("nextCursor");
            if (!next.isString()) {
                break;
            }
            cursor = URLEncoder.encode(next.asString(), StandardCharsets.UTF_8);
        }
        return cursor;
    }

    String usualRequester() {
        return usualRequester;
    }

    String heavyRequester() {
        return heavyRequester;
    }

    String organisation() {
        return organisation;
    }

    String frequentTag() {
        return URLEncoder.encode(frequentTag, StandardCharsets.UTF_8);
    }

    String rareTag() {
        return URLEncoder.encode(rareTag, StandardCharsets.UTF_8);
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("nothing found: " + sql);
            }
            return row.getString(1);
        }
    }
}
