package io.tealdesk.rehearsal.bench.desk;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills an empty, migrated database: as superuser, without triggers and foreign keys, and with the big tables' indexes
 * made anew afterwards. What triggers would have kept current has to be filled by whoever owns it.
 */
public final class DeskLoader {

    private static final Duration AGE = Duration.ofDays(4 * 365);
    private static final int TELLERS = 2;
    private static final List<String> BIG = List.of("ticket", "message", "ticket_event");

    private final String url;
    private final Consumer<String> progress;

    /** @param url of a superuser, with the password in it */
    public DeskLoader(String url, Consumer<String> progress) {
        this.url = url;
        this.progress = progress;
    }

    /** What there is now. */
    public record Loaded(int tickets, long messages, int customers, Duration took) {}

    public Loaded load(int tickets, long seed, Instant now) throws SQLException, InterruptedException {
        long begin = System.nanoTime();
        Population population = new Population(tickets, seed);
        try (Connection first = connection();
                Connection second = connection();
                Connection third = connection()) {
            people(first, population, now.minus(AGE), seed);
            List<Index> indexes = dropIndexes(first);
            long number = next(first);
            Stories stories = new Stories(
                    number,
                    tickets,
                    seed,
                    now,
                    population,
                    new Prose(seed),
                    new BusyHours(now.minus(AGE), now, tickets, seed));
            long messages = tell(stories, first, second, third);
            say(begin, "%,d tickets and %,d messages are written".formatted(tickets, messages));
            try (Statement statement = first.createStatement()) {
                statement.execute("select setval('ticket_number_seq', %d)".formatted(number + tickets - 1));
                statement.execute("select setval(pg_get_serial_sequence('message', 'id'), %d)"
                        .formatted(stories.highestMessage()));
            }
            makeIndexes(indexes, begin);
            try (Statement statement = first.createStatement()) {
                statement.execute("vacuum (analyze)");
            }
            say(begin, "vacuumed and analysed");
            return new Loaded(tickets, messages, population.customers(), Duration.ofNanos(System.nanoTime() - begin));
        } catch (ExecutionException failure) {
            throw new IllegalStateException("The desk could not be told: " + failure.getCause(), failure);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Connection connection() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            // Neither triggers nor foreign keys; what is written here is right by itself.
            statement.execute("set session_replication_role = replica");
            statement.execute("set synchronous_commit = off");
            statement.execute("set maintenance_work_mem = '1GB'");
            statement.execute("set statement_timeout = 0");
        }
        return connection;
    }

    private static long next(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select nextval('ticket_number_seq')")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void people(Connection connection, Population population, Instant since, long seed)
            throws SQLException {
        String at = since.toString();
        copy(connection, "team (id, name, created_at)", population.teamRows(at));
        copy(connection, "organisation (id, name, shares_tickets, created_at)", population.organisationRows(at));
        copy(
                connection,
                "person (id, email, name, role, organisation_id, email_verified_at, created_at)",
                population.personRows(at, seed));
        copy(connection, "team_member (team_id, person_id)", population.memberRows());
    }

    /** @return how many messages were written */
    private long tell(Stories stories, Connection first, Connection second, Connection third)
            throws SQLException, InterruptedException, ExecutionException, IOException {
        try (ExecutorService tellers = Executors.newFixedThreadPool(TELLERS)) {
            Deque<Future<Chapter>> told = new ArrayDeque<>();
            int begun = 0;
            CopyIn tickets = copy(
                    first,
                    "ticket (number, subject, status, priority, requester_id, organisation_id, team_id, assignee_id, tags,"
                            + " due_at, created_at, updated_at, first_replied_at, resolved_at, last_message_at,"
                            + " last_message_by)");
            CopyIn messages =
                    copy(second, "message (id, ticket_number, author_id, kind, body_markdown, body_html, created_at)");
            CopyIn events =
                    copy(third, "ticket_event (ticket_number, actor_id, kind, from_value, to_value, occurred_at)");
            List<byte[]> attachments = new ArrayList<>();
            List<byte[]> messageAttachments = new ArrayList<>();
            for (int chapter = 0; chapter < stories.chapters(); chapter++) {
                while (begun < stories.chapters() && begun <= chapter + TELLERS) {
                    int next = begun++;
                    told.add(tellers.submit(() -> stories.tell(next)));
                }
                Chapter rows = told.remove().get();
                write(tickets, rows.tickets.bytes());
                write(messages, rows.messages.bytes());
                write(events, rows.events.bytes());
                attachments.add(rows.attachments.bytes());
                messageAttachments.add(rows.messageAttachments.bytes());
            }
            tickets.endCopy();
            long written = messages.endCopy();
            events.endCopy();
            CopyIn files = copy(
                    first,
                    "attachment (id, storage_key, file_name, media_type, size_bytes, sha256, uploaded_by, created_at)");
            for (byte[] rows : attachments) {
                write(files, rows);
            }
            files.endCopy();
            CopyIn links = copy(first, "message_attachment (message_id, attachment_id, position)");
            for (byte[] rows : messageAttachments) {
                write(links, rows);
            }
            links.endCopy();
            return written;
        }
    }

    private static CopyIn copy(Connection connection, String target) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + target + " from stdin");
    }

    private static void copy(Connection connection, String target, byte[] rows) throws SQLException {
        CopyIn copy = copy(connection, target);
        write(copy, rows);
        copy.endCopy();
    }

    private static void write(CopyIn copy, byte[] rows) throws SQLException {
        copy.writeToCopy(rows, 0, rows.length);
    }

    private record Index(String name, String definition) {}

    /** Of big tables, those that guard nothing: keys stay, and with them that nothing is there twice. */
    private static List<Index> dropIndexes(Connection connection) throws SQLException {
        List<Index> indexes = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("""
                    select i.relname, pg_get_indexdef(i.oid)
                    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
                    join pg_namespace n on n.oid = t.relnamespace
                    where n.nspname = 'public' and t.relname in ('%s') and not x.indisunique
                    order by pg_relation_size(t.oid), i.relname""".formatted(String.join("', '", BIG)))) {
                while (rows.next()) {
                    indexes.add(new Index(rows.getString(1), rows.getString(2)));
                }
            }
            for (Index index : indexes) {
                statement.execute("drop index \"" + index.name() + "\"");
            }
        }
        return indexes;
    }

    private void makeIndexes(List<Index> indexes, long begin)
            throws SQLException, InterruptedException, ExecutionException {
        try (ExecutorService makers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> made = new ArrayList<>();
            // The longest first.
            List<Index> order = indexes.stream()
                    .sorted((one, other) -> Boolean.compare(
                            other.definition().contains(" gin "),
                            one.definition().contains(" gin ")))
                    .toList();
            for (Index index : order) {
                made.add(makers.submit(() -> {
                    try (Connection connection = connection();
                            Statement statement = connection.createStatement()) {
                        statement.execute(index.definition());
                        say(begin, index.name());
                    }
                    return null;
                }));
            }
            for (Future<?> each : made) {
                each.get();
            }
        }
    }

    private void say(long begin, String what) {
        progress.accept("%.0f s: %s".formatted((System.nanoTime() - begin) / 1e9, what));
    }
}
