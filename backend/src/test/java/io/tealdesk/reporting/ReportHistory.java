package io.tealdesk.reporting;

import io.tealdesk.shared.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A desk's tickets as they come and change over some weeks, by the same seed always the same. It writes them as the desk
 * does, ticket, history and messages in one transaction, and remembers what it did, so that the truth can be had without
 * a look at the database.
 */
class ReportHistory {

    private static final List<String> ACTIVE =
            List.of("OPEN", "IN_PROGRESS", "WAITING_ON_CUSTOMER", "WAITING_ON_THIRD_PARTY");
    private static final List<String> DONE = List.of("RESOLVED", "CLOSED", "CANCELLED");
    private static final List<String> TAGS = List.of("refund", "=late", "bike, blue", "größe");

    final List<TrueTicket> tickets = new ArrayList<>();

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Random random;
    private final UUID requester;
    private final List<UUID> teams;
    private final List<UUID> agents;
    private final long firstNumber;
    private Instant now;

    ReportHistory(
            JdbcClient jdbc,
            TransactionOperations transaction,
            long seed,
            UUID requester,
            List<UUID> teams,
            List<UUID> agents,
            long firstNumber,
            Instant start) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.random = new Random(seed);
        this.requester = requester;
        this.teams = teams;
        this.agents = agents;
        this.firstNumber = firstNumber;
        this.now = start;
    }

    /** Something happens. */
    void goOn() {
        now = now.plus(Duration.ofSeconds(random.nextLong(1, 20_000)));
        transaction.executeWithoutResult(status -> {
            if (tickets.isEmpty() || random.nextInt(4) == 0) {
                open();
            } else {
                change(tickets.get(random.nextInt(tickets.size())));
            }
        });
    }

    private void open() {
        var ticket = new TrueTicket(firstNumber + tickets.size(), now, one(teams));
        if (random.nextBoolean()) {
            ticket.assignee = one(agents);
        }
        if (random.nextBoolean()) {
            ticket.tags.add(one(TAGS));
        }
        tickets.add(ticket);
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, assignee_id, tags,
                                            created_at, updated_at, last_message_at, last_message_by)
                        values (:number, 'Help', 'OPEN', 'LOW', :requester, :team, :assignee, :tags, :now, :now, :now,
                                'REQUESTER')""")
                .param("number", ticket.number)
                .param("requester", requester)
                .param("team", ticket.team)
                .param("assignee", ticket.assignee)
                .param("tags", ticket.tags.toArray(String[]::new))
                .param("now", Sql.timestamp(now))
                .update();
        event(ticket, "OPENED", null, null);
        if (ticket.assignee != null) {
            event(ticket, "ASSIGNEE", null, ticket.assignee.toString());
        }
        message(ticket, requester, "PUBLIC_REPLY");
    }

    private void change(TrueTicket ticket) {
        switch (random.nextInt(8)) {
            case 0 -> {
                var former = ticket.team;
                ticket.team = one(teams);
                store(ticket);
                event(ticket, "TEAM", former.toString(), ticket.team.toString());
            }
            case 1 -> {
                var former = ticket.assignee;
                ticket.assignee = random.nextInt(4) == 0 ? null : one(agents);
                store(ticket);
                event(
                        ticket,
                        "ASSIGNEE",
                        former == null ? null : former.toString(),
                        ticket.assignee == null ? null : ticket.assignee.toString());
            }
            case 2 -> {
                var former = String.join(",", ticket.tags);
                if (!ticket.tags.add(one(TAGS))) {
                    ticket.tags.clear();
                }
                store(ticket);
                event(ticket, "TAGS", former, String.join(",", ticket.tags));
            }
            case 3, 4 -> move(ticket, one(random.nextInt(3) == 0 ? ACTIVE : DONE));
            case 5 -> note(ticket, "INTERNAL_NOTE");
            case 6 -> message(ticket, requester, "PUBLIC_REPLY");
            default -> {
                if (ticket.firstReplied == null) {
                    ticket.firstReplied = now;
                    store(ticket);
                }
                note(ticket, "PUBLIC_REPLY");
            }
        }
    }

    private void move(TrueTicket ticket, String status) {
        if (status.equals(ticket.status)) {
            return;
        }
        var former = ticket.status;
        ticket.status = status;
        if (isDone(status) && ticket.resolved == null) {
            ticket.resolved = now;
        } else if (!isDone(status)) {
            ticket.resolved = null;
        }
        ticket.moves.add(new Move(now, former, status));
        store(ticket);
        event(ticket, "STATUS", former, status);
    }

    private void note(TrueTicket ticket, String kind) {
        var author = one(agents);
        ticket.messages.add(new Said(now, author, kind));
        message(ticket, author, kind);
    }

    private void store(TrueTicket ticket) {
        jdbc.sql("""
                        update ticket set status = :status, team_id = :team, assignee_id = :assignee, tags = :tags,
                            first_replied_at = :replied, resolved_at = :resolved, updated_at = :now
                        where number = :number""")
                .param("status", ticket.status)
                .param("team", ticket.team)
                .param("assignee", ticket.assignee)
                .param("tags", ticket.tags.toArray(String[]::new))
                .param("replied", Sql.timestampOrNull(ticket.firstReplied))
                .param("resolved", Sql.timestampOrNull(ticket.resolved))
                .param("now", Sql.timestamp(now))
                .param("number", ticket.number)
                .update();
    }

    private void event(TrueTicket ticket, String kind, @Nullable String from, @Nullable String to) {
        jdbc.sql("""
                        insert into ticket_event (ticket_number, kind, from_value, to_value, occurred_at)
                        values (:number, :kind, :from, :to, :now)""")
                .param("number", ticket.number)
                .param("kind", kind)
                .param("from", from)
                .param("to", to)
                .param("now", Sql.timestamp(now))
                .update();
    }

    private void message(TrueTicket ticket, UUID author, String kind) {
        jdbc.sql("""
                        insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                        values (:number, :author, :kind, 'Hello', '<p>Hello</p>', :now)""")
                .param("number", ticket.number)
                .param("author", author)
                .param("kind", kind)
                .param("now", Sql.timestamp(now))
                .update();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    static boolean isDone(String status) {
        return DONE.contains(status);
    }

    /** What a ticket is, and what happened to it. */
    static class TrueTicket {
        final long number;
        final Instant created;
        final TreeSet<String> tags = new TreeSet<>();
        final List<Move> moves = new ArrayList<>();
        final List<Said> messages = new ArrayList<>();
        UUID team;

        @Nullable UUID assignee;

        String status = "OPEN";

        @Nullable Instant firstReplied;

        @Nullable Instant resolved;

        TrueTicket(long number, Instant created, UUID team) {
            this.number = number;
            this.created = created;
            this.team = team;
        }

        boolean wasDoneBefore(Instant moment) {
            var done = false;
            for (var move : moves) {
                done = move.at.isBefore(moment) ? isDone(move.to) : done;
            }
            return done;
        }

        /** Every moment that a column counts, as docs/reports.md defines it. */
        List<Instant> counted(ReportColumn column) {
            return switch (column) {
                case OPENED -> List.of(created);
                case RESOLVED -> finished(List.of("RESOLVED", "CLOSED"));
                case CANCELLED -> finished(List.of("CANCELLED"));
                case REOPENED ->
                    moves.stream()
                            .filter(move -> isDone(move.from) && !isDone(move.to))
                            .map(Move::at)
                            .toList();
                case FIRST_REPLY_COUNT -> firstReplied == null ? List.of() : List.of(firstReplied);
                case RESOLUTION_COUNT -> resolved == null || status.equals("CANCELLED") ? List.of() : List.of(resolved);
                default -> throw new IllegalArgumentException(column.name());
            };
        }

        private List<Instant> finished(List<String> as) {
            return moves.stream()
                    .filter(move -> !isDone(move.from) && as.contains(move.to))
                    .map(Move::at)
                    .toList();
        }
    }

    record Move(Instant at, String from, String to) {}

    record Said(Instant at, UUID author, String kind) {}

    /** How often each came up. */
    static <T> Map<T, Long> tally(List<T> values) {
        var counts = new HashMap<T, Long>();
        values.forEach(value -> counts.merge(value, 1L, Long::sum));
        return counts;
    }
}
