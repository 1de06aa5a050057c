package io.tealdesk.rehearsal.bench.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the desk's own tables, by its own migrations. */
class DeskLoaderTests {

    private static final Path MIGRATIONS = Path.of("../../backend/src/main/resources/db/migration");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int TICKETS = 4_000;
    private static final int CUSTOMERS = 800;

    private static EmbeddedPostgres server;
    private static DeskLoader.Loaded loaded;
    private static List<String> indexesBefore;

    @BeforeAll
    static void load() throws Exception {
        server = EmbeddedPostgres.builder().start();
        migrated("one");
        indexesBefore = texts("one", "select indexdef from pg_indexes where schemaname = 'public' order by indexname");
        loaded = new DeskLoader(url("one"), _ -> {}).load(TICKETS, 7, NOW);
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
    }

    @Test
    void writesWhatItSays() throws SQLException {
        assertThat(loaded.tickets()).isEqualTo(TICKETS);
        assertThat(number("select count(*) from ticket")).isEqualTo(TICKETS);
        assertThat(number("select count(*) from person where role = 'CUSTOMER'"))
                .isEqualTo(CUSTOMERS);
        assertThat(number("select count(*) from person where role = 'AGENT'")).isEqualTo(Population.AGENTS);
        assertThat(number("select count(*) from message")).isEqualTo(loaded.messages());
        assertThat((double) loaded.messages() / TICKETS).isBetween(5.5, 6.5);
    }

    @Test
    void breaksNoForeignKey() throws SQLException {
        List<String> keys = texts("one", """
                select format('select count(*) from %s c where c.%I is not null and not exists (select from %s p where p.%I = c.%I)',
                              k.conrelid::regclass, c.attname, k.confrelid::regclass, p.attname, c.attname)
                from pg_constraint k
                join pg_attribute c on c.attrelid = k.conrelid and c.attnum = k.conkey[1]
                join pg_attribute p on p.attrelid = k.confrelid and p.attnum = k.confkey[1]
                where k.contype = 'f' and cardinality(k.conkey) = 1""");

        assertThat(keys).hasSizeGreaterThan(15);
        for (String key : keys) {
            assertThat(number(key)).as(key).isZero();
        }
    }

    @Test
    void makesEveryIndexAnew() throws SQLException {
        assertThat(texts("one", "select indexdef from pg_indexes where schemaname = 'public' order by indexname"))
                .isEqualTo(indexesBefore);
    }

    @Test
    void letsHistoryLeadToTheState() throws SQLException {
        assertThat(number("""
                        select count(*) from ticket t
                        where t.status <> coalesce((select e.to_value from ticket_event e
                                                    where e.ticket_number = t.number and e.kind = 'STATUS'
                                                    order by e.id desc limit 1), 'OPEN')
                           or t.priority <> coalesce((select e.to_value from ticket_event e
                                                      where e.ticket_number = t.number and e.kind = 'PRIORITY'
                                                      order by e.id desc limit 1), 'MEDIUM')
                           or t.assignee_id is distinct from (select e.to_value::uuid from ticket_event e
                                                              where e.ticket_number = t.number and e.kind = 'ASSIGNEE'
                                                              order by e.id desc limit 1)
                           or t.updated_at <> (select max(e.occurred_at) from (
                                   select occurred_at from ticket_event where ticket_number = t.number
                                   union all select created_at from message where ticket_number = t.number) e)
                           or t.last_message_at <> (select max(m.created_at) from message m
                                                    where m.ticket_number = t.number and m.kind = 'PUBLIC_REPLY')
                           or t.first_replied_at is distinct from (
                                   select min(m.created_at) from message m join person p on p.id = m.author_id
                                   where m.ticket_number = t.number and m.kind = 'PUBLIC_REPLY' and p.role = 'AGENT')""")).isZero();
    }

    @Test
    void isSkewedAsDesksAre() throws SQLException {
        assertThat(number("select count(*) from ticket where status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER',"
                        + " 'WAITING_ON_THIRD_PARTY')"))
                .isBetween(TICKETS / 50L, TICKETS / 15L);
        assertThat(number("select max(count) from (select count(*) from ticket group by requester_id) c"))
                .isGreaterThan(5 * TICKETS / CUSTOMERS);
        assertThat(number("select count(*) from ticket where updated_at > timestamptz '" + NOW + "'"))
                .isZero();
        assertThat(number("select count(*) filter (where extract(isodow from created_at) <= 5)"
                        + " - 5 * count(*) filter (where extract(isodow from created_at) = 7) from ticket"))
                .isPositive();
    }

    @Test
    void givesTheSameDeskForTheSameSeed() throws Exception {
        migrated("two");
        new DeskLoader(url("two"), _ -> {}).load(TICKETS, 7, NOW);

        for (String table : List.of("ticket", "message", "person", "team_member")) {
            String sum = "select md5(string_agg(md5(r::text), '' order by r::text)) from %s r".formatted(table);
            assertThat(texts("two", sum)).as(table).isEqualTo(texts("one", sum));
        }
    }

    private static void migrated(String database) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        }
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                Stream<Path> files = Files.list(MIGRATIONS)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".sql"))
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList()) {
                // Several statements at once are a transaction, and no index is made concurrently in one.
                boolean isAlone = Files.exists(Path.of(file + ".conf"));
                for (String sql :
                        isAlone ? Files.readString(file).split(";\\R", -1) : new String[] {Files.readString(file)}) {
                    statement.execute(sql);
                }
            }
        }
    }

    private static String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("one"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> texts(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
