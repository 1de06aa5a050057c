package io.tealdesk.rehearsal.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads from the desk's tables what a run wrote. */
final class Written {

    private static final Duration OUTBOX_LOOK_EVERY = Duration.ofMillis(250);

    private final Connection database;
    private final String run;

    Written(Connection database, String run) {
        this.database = database;
        this.run = run;
    }

    /**
     * A message or a ticket that bears a marker.
     *
     * @param author whose it is
     * @param kind {@code TICKET}, or the message's
     * @param files the SHA-256 of each attachment, in hexadecimal
     */
    record Found(String marker, long ticketNumber, String author, String kind, List<String> files) {}

    /** A change of one property by one person. */
    record Change(long ticketNumber, String author, String kind, String wanted) {}

    List<Found> messages() throws SQLException {
        return found("""
                select (regexp_match(m.body_markdown, ?))[1], m.ticket_number, m.author_id::text, m.kind,
                       (select string_agg(encode(a.sha256, 'hex'), ',' order by ma.position)
                        from message_attachment ma join attachment a on a.id = ma.attachment_id
                        where ma.message_id = m.id)
                from message m where m.body_markdown like ?""");
    }

    List<Found> tickets() throws SQLException {
        return found("""
                select (regexp_match(t.subject, ?))[1], t.number, t.requester_id::text, 'TICKET', null
                from ticket t where t.subject like ?""");
    }

    private List<Found> found(String sql) throws SQLException {
        var all = new ArrayList<Found>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "(" + run + "[0-9]+z)");
            statement.setString(2, "%" + run + "%");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String files = rows.getString(5);
                    all.add(new Found(
                            rows.getString(1),
                            rows.getLong(2),
                            rows.getString(3),
                            rows.getString(4),
                            files == null ? List.of() : List.of(files.split(",", -1))));
                }
            }
        }
        return all;
    }

    /** How often each change of an assignee or a priority was made by the run's people. */
    Map<Change, Integer> changes() throws SQLException {
        String sql = """
                select e.ticket_number, e.actor_id::text, e.kind, e.to_value, count(*)
                from ticket_event e join person p on p.id = e.actor_id
                where p.email like cast(? as text) and e.kind in ('ASSIGNEE', 'PRIORITY')
                group by 1, 2, 3, 4""";
        Map<Change, Integer> counts = new HashMap<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "%@" + run + ".example");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String to = rows.getString(4);
                    counts.put(
                            new Change(rows.getLong(1), rows.getString(2), rows.getString(3), to == null ? "" : to),
                            rows.getInt(5));
                }
            }
        }
        return counts;
    }

    /** Sessions that the desk ended because it took somebody's cookie for stolen. */
    List<String> sessionsEnded() throws SQLException {
        String sql = """
                select p.email || ': ' || s.end_reason from session s join person p on p.id = s.person_id
                where p.email like cast(? as text) and s.ended_at is not null and s.end_reason <> 'LOGGED_OUT'""";
        var ended = new ArrayList<String>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "%@" + run + ".example");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ended.add(rows.getString(1));
                }
            }
        }
        return ended;
    }

    /** What every agent is to be told of, by its id, with the moment; nothing in a release that tells nobody. */
    Map<Integer, Instant> liveEvents(Instant until) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet there = statement.executeQuery("select to_regclass('live_event') is not null")) {
            there.next();
            if (!there.getBoolean(1)) {
                return Map.of();
            }
        }
        String sql = """
                select e.id, e.occurred_at from live_event e
                join ticket t on t.number = e.ticket_number
                join team on team.id = t.team_id and team.is_default
                where e.occurred_at < ?""";
        Map<Integer, Instant> events = new HashMap<>();
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setObject(1, until.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.put(
                            rows.getInt(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant());
                }
            }
        }
        return events;
    }

    /** True when no mail of the run's people waits any more. */
    boolean outboxEmpties(Duration within) throws SQLException, InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (waitingMails() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(OUTBOX_LOOK_EVERY);
        }
        return true;
    }

    private int waitingMails() throws SQLException {
        String sql = "select count(*) from outbox_mail where state = 'WAITING' and recipient like ?";
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setString(1, "%@" + run + ".example");
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}
