package io.tealdesk.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * An edit of ten thousand tickets, {@code kill -9} of the task that was asked for it half-way, and again of one half-way
 * through undoing it: the other task goes on, each ticket is changed once and as asked, history says so, and the undo
 * brings everything back.
 */
class BulkEditGate {

    private static final int TICKETS = 10_000;
    /** Closed ones cannot be resolved. */
    private static final int REFUSED = 100;

    private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

    private static final String STATE = """
            select md5(string_agg(concat_ws(' ', number, status, priority, tags, assignee_id, resolved_at), '|'
                                  order by number)) from ticket""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @Test
    void outlivesTheTaskThatWasAskedForItAndIsUndone() throws Exception {
        var directory = temporary.resolve("desk");
        try (var one = RunningDesk.on(directory, RunningDesk.freePort());
                var database = connection(directory)) {
            var accessToken = one.logIn().accessToken();
            fill(database);
            var before = text(database, STATE);

            String id;
            var begun = System.nanoTime();
            try (var other = RunningDesk.joining(directory, RunningDesk.freePort())) {
                id = other.post(accessToken, "/api/v1/bulk-edits", """
                                {"filter": {"expression": "{\\"all\\":[]}"},
                                 "action": {"changes": {"status": "RESOLVED", "priority": "HIGH", "addTags": ["recall"]}}}""")
                        .json()
                        .at("/edit/id")
                        .asString();
                killHalfWay(other, accessToken, id);
            }
            var edit = finished(one, accessToken, id);

            assertThat(edit.path("changed").asInt()).isEqualTo(TICKETS - REFUSED);
            assertThat(edit.path("refused").asInt()).isEqualTo(REFUSED);
            assertThat(count(database, """
                            select count(*) from ticket
                            where status = 'RESOLVED' and priority = 'HIGH' and 'recall' = any(tags)""")).isEqualTo(TICKETS - REFUSED);
            assertThat(count(database, "select count(*) from ticket where status = 'CLOSED'"))
                    .isEqualTo(REFUSED);
            assertThat(count(database, """
                            select count(*) from (
                                select from ticket_event e join person p on p.id = e.actor_id
                                where e.kind in ('STATUS', 'TAGS') group by e.ticket_number
                                having count(*) = 2 and min(e.kind) <> max(e.kind)) once""")).isEqualTo(TICKETS - REFUSED);
            assertThat(count(database, "select count(*) from ticket_event where kind in ('STATUS', 'TAGS')"))
                    .isEqualTo(2 * (TICKETS - REFUSED));
            var edited = System.nanoTime();

            String undo;
            try (var other = RunningDesk.joining(directory, RunningDesk.freePort())) {
                undo = other.put(accessToken, "/api/v1/bulk-edits/" + id + "/undo", "")
                        .json()
                        .at("/edit/id")
                        .asString();
                killHalfWay(other, accessToken, undo);
            }
            var undone = finished(one, accessToken, undo);

            assertThat(undone.path("changed").asInt()).isEqualTo(TICKETS - REFUSED);
            assertThat(text(database, STATE)).isEqualTo(before);
            assertThat(count(database, "select count(*) from ticket_event where kind in ('STATUS', 'TAGS')"))
                    .isEqualTo(4 * (TICKETS - REFUSED));
            System.out.printf(
                    "%d tickets changed in %d s and changed back in %d s, a task killed half-way each time:"
                            + " none forgotten, none changed twice%n",
                    TICKETS - REFUSED,
                    Duration.ofNanos(edited - begun).toSeconds(),
                    Duration.ofNanos(System.nanoTime() - edited).toSeconds());
        }
    }

    private static void killHalfWay(RunningDesk desk, String accessToken, String id) throws Exception {
        await().atMost(ENDS_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> edit(desk, accessToken, id).path("done").asInt() > TICKETS / 3);
        desk.kill();
    }

    private static JsonNode finished(RunningDesk desk, String accessToken, String id) throws IOException {
        assertThat(edit(desk, accessToken, id).has("finishedAt"))
                .as("finished by the time of the kill")
                .isFalse();
        await().atMost(ENDS_WITHIN).until(() -> edit(desk, accessToken, id).has("finishedAt"));
        return edit(desk, accessToken, id);
    }

    private static JsonNode edit(RunningDesk desk, String accessToken, String id) throws IOException {
        return desk.get(accessToken, "/api/v1/bulk-edits/" + id).json();
    }

    private static void fill(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("""
                    insert into ticket (number, subject, status, priority, requester_id, team_id, assignee_id, tags,
                                        created_at, updated_at, resolved_at, last_message_at, last_message_by)
                    select n, 'Ticket ' || n,
                           case when n > %1$d - %2$d then 'CLOSED'
                                else (array['OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER'])[1 + n %% 3] end,
                           (array['LOW', 'MEDIUM', 'CRITICAL'])[1 + n %% 3], p.id, t.id,
                           case when n %% 2 = 0 then p.id end,
                           case when n %% 5 = 0 then array['spring'] else '{}' end,
                           now(), now(), case when n > %1$d - %2$d then now() end, now(), 'REQUESTER'
                    from generate_series(1, %1$d) n, (select id from team where is_default) t,
                         (select id from person limit 1) p""".formatted(TICKETS, REFUSED));
            statement.execute("analyze ticket");
        }
    }

    private static Connection connection(Path directory) throws IOException, SQLException {
        var port = Files.readString(directory.resolve("postgresql.port")).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/tealdesk", "tealdesk", "");
    }

    private static int count(Connection database, String sql) throws SQLException {
        return Integer.parseInt(text(database, sql));
    }

    private static String text(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement();
                var found = statement.executeQuery(sql)) {
            found.next();
            return found.getString(1);
        }
    }
}
