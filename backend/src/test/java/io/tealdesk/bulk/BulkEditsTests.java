package io.tealdesk.bulk;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.StatementCounter;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@DeskTest
class BulkEditsTests {

    private static final String OPEN_ONES = "{'property':'status','operator':'IN','values':['OPEN']}";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MutableClock clock;

    @Autowired
    TestJobs jobs;

    @Autowired
    BulkEditWork work;

    @Autowired
    TransactionTemplate transaction;

    private Http http;
    private UUID billing;
    private Viewer dana;
    private Viewer ines;

    @BeforeEach
    void peopleAtWork() {
        http = new Http(mvc);
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
    }

    @Test
    void changesAFewByTheTimeItAnswers() {
        var numbers = tickets(3);

        var begun = ask(dana, numbers, """
                {"status":"RESOLVED","priority":"HIGH","assignee":{"personId":"%s"},"addTags":["Spring"]}""".formatted(dana.personId()));

        assertThat(begun).hasStatus(201);
        assertThat(text(begun, "$.edit.finishedAt")).isNotEqualTo("null");
        assertThat(JsonPath.<List<String>>read(Http.body(begun), "$.tickets[*].status"))
                .containsExactly("RESOLVED", "RESOLVED", "RESOLVED");
        assertThat(text(begun, "$.edit.changed")).isEqualTo("3");
        for (var number : numbers) {
            assertThat(history(number))
                    .containsExactly(
                            "Ines OPENED",
                            "Dana ASSIGNEE " + dana.personId(),
                            "Dana PRIORITY HIGH",
                            "Dana TAGS spring",
                            "Dana STATUS RESOLVED");
        }
        // Whoever looks at one learns of it.
        assertThat(jdbc.sql("select count(*) from live_event where change = 'STATUS'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(3);
    }

    @Test
    void saysOfEachWhatBecameOfIt() {
        var numbers = tickets(4);
        var foreign = tickets(1).getFirst();
        status(numbers.get(0), "CLOSED");
        status(numbers.get(1), "RESOLVED");
        move(foreign, billing);
        numbers.add(foreign);
        numbers.add(999_999L);

        var id = text(ask(dana, numbers, "{\"status\":\"RESOLVED\"}"), "$.edit.id");

        var edit = http.get(dana, "/api/v1/bulk-edits/" + id);
        assertThat(counts(edit)).isEqualTo("6 6 2 1 0 3 0");
        var refused = http.get(dana, "/api/v1/bulk-edits/" + id + "/tickets?outcome=REFUSED");
        assertThat(JsonPath.<List<String>>read(Http.body(refused), "$.items[*].reason"))
                .containsExactly("illegal-status-change", "not-found", "not-found");
        assertThat(text(refused, "$.items[0].part")).isEqualTo("status");
        assertThat(text(refused, "$.items[0].subject")).isEqualTo("Trailer squeaks");
        assertThat(refused).bodyJson().doesNotHavePath("$.items[1].subject");
        assertThat(property(foreign, "status")).isEqualTo("OPEN");
    }

    @Test
    void isOneEditHoweverOftenItIsSent() {
        var number = tickets(1).getFirst();
        var key = UUID.randomUUID().toString();
        var request = request(List.of(number), "{\"priority\":\"LOW\"}");

        var first = http.post(dana, "/api/v1/bulk-edits", key, request);
        var second = http.post(dana, "/api/v1/bulk-edits", key, request);

        assertThat(text(second, "$.edit.id")).isEqualTo(text(first, "$.edit.id"));
        assertThat(history(number)).hasSize(2);
        assertThat(mvc.post()
                        .uri("/api/v1/bulk-edits")
                        .with(DeskFixtures.as(dana))
                        .contentType("application/json")
                        .content(request)
                        .exchange())
                .hasStatus(400);
    }

    @Test
    void changesWhatPassedTheFilterWhenItWasAskedFor() {
        var numbers = tickets(BulkEditWork.BATCH + 10);
        var other = numbers.removeLast();
        status(other, "CLOSED");

        var begun = ask(dana, "\"filter\":{\"expression\":\"%s\"}".formatted(OPEN_ONES.replace("'", "\\\"")), """
                {"priority":"CRITICAL"}""");
        status(other, "OPEN");
        var late = tickets(1).getFirst();
        status(numbers.getFirst(), "IN_PROGRESS");
        workOff();

        assertThat(text(begun, "$.edit.total")).isEqualTo(String.valueOf(numbers.size()));
        for (var number : numbers) {
            assertThat(property(number, "priority")).isEqualTo("CRITICAL");
        }
        assertThat(property(late, "priority")).isEqualTo("MEDIUM");
        assertThat(property(other, "priority")).isEqualTo("MEDIUM");
    }

    @Test
    void goesOnWhereATaskDied() throws Exception {
        var numbers = tickets(4 * BulkEditWork.BATCH + 7);
        var id = UUID.fromString(text(ask(dana, numbers, "{\"addTags\":[\"recall\"]}"), "$.edit.id"));
        work.workSome(id);
        // What a killed task had not committed.
        transaction.executeWithoutResult(status -> {
            assertThat(work.workSome(id)).hasSize(BulkEditWork.BATCH);
            status.setRollbackOnly();
        });
        assertThat(text(http.get(dana, "/api/v1/bulk-edits/" + id), "$.done"))
                .isEqualTo(String.valueOf(BulkEditWork.BATCH));

        atTheSameTime(3, () -> {
            while (!work.workSome(id).isEmpty()) {
                // Until nothing is left to take.
            }
            return null;
        });
        workOff();

        assertThat(counts(http.get(dana, "/api/v1/bulk-edits/" + id))).isEqualTo("207 207 207 0 0 0 0");
        assertThat(jdbc.sql("select ticket_number from ticket_event where kind = 'TAGS'")
                        .query(Long.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void undoesAllOfIt() {
        var numbers = tickets(3);
        status(numbers.get(0), "IN_PROGRESS");
        status(numbers.get(1), "CLOSED");
        tags(numbers.get(2), "old", "stays");
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/snooze".formatted(numbers.get(2)),
                version(numbers.get(2)),
                "{}");
        var before = numbers.stream().map(this::state).toList();

        var id = text(ask(dana, numbers, """
                {"status":"CANCELLED","priority":"LOW","removeTags":["old"],"addTags":["new"],
                 "dueDate":{"at":"2027-03-01T12:00:00Z"}}"""), "$.edit.id");
        var refused = numbers.get(1);
        assertThat(property(numbers.get(0), "status")).isEqualTo("CANCELLED");
        var undone = http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, "");

        assertThat(undone).hasStatusOk();
        assertThat(text(undone, "$.edit.undoes")).isEqualTo(id);
        assertThat(numbers.stream().map(this::state).toList()).isEqualTo(before);
        assertThat(property(refused, "status")).isEqualTo("CLOSED");
        assertThat(history(numbers.get(0)))
                .endsWith("Dana STATUS IN_PROGRESS", "Dana PRIORITY MEDIUM", "Dana TAGS", "Dana DUE_DATE");
        assertThat(text(http.get(dana, "/api/v1/bulk-edits/" + id), "$.undoneBy"))
                .isEqualTo(text(undone, "$.edit.id"));
        // Once, whoever asks again.
        assertThat(text(http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, ""), "$.edit.id"))
                .isEqualTo(text(undone, "$.edit.id"));
    }

    @Test
    void anUndoLeavesWhatSomebodyHasChangedSince() {
        var numbers = tickets(2);
        var touched = numbers.getFirst();
        var id = text(ask(dana, numbers, """
                {"priority":"HIGH","status":"IN_PROGRESS","addTags":["recall"]}"""), "$.edit.id");
        http.change(
                HttpMethod.PUT,
                desk.anAdministrator("Ada"),
                "/api/v1/tickets/%d/priority".formatted(touched),
                version(touched),
                "{\"priority\":\"CRITICAL\"}");
        tags(touched, "recall", "vip");

        var undone = http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, "");

        assertThat(counts(undone, "$.edit.")).isEqualTo("2 2 1 0 1 0 0");
        assertThat(property(touched, "priority")).isEqualTo("CRITICAL");
        assertThat(property(touched, "status")).isEqualTo("OPEN");
        assertThat(text(ticket(touched), "$.tags")).isEqualTo("[\"vip\"]");
        assertThat(property(numbers.get(1), "priority")).isEqualTo("MEDIUM");
        var kept = http.get(dana, "/api/v1/bulk-edits/" + text(undone, "$.edit.id") + "/tickets?outcome=KEPT");
        assertThat(text(kept, "$.items[0].kept")).isEqualTo("[\"PRIORITY\"]");
    }

    @Test
    void takesBackWhatWasHandedToATeamOfOthers() {
        var numbers = tickets(2);
        assign(numbers.getFirst(), dana);
        var id = text(ask(dana, numbers, "{\"teamId\":\"%s\"}".formatted(billing)), "$.edit.id");
        assertThat(ticket(numbers.getFirst())).hasStatus(404);

        var undone = http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, "");

        assertThat(counts(undone, "$.edit.")).isEqualTo("2 2 2 0 0 0 0");
        assertThat(text(ticket(numbers.getFirst()), "$.assignee.name")).isEqualTo("Dana");
    }

    @Test
    void isUndoneForAnHour() {
        var id = text(ask(dana, tickets(1), "{\"priority\":\"LOW\"}"), "$.edit.id");
        clock.advance(Duration.ofMinutes(61));

        assertThat(http.get(dana, "/api/v1/bulk-edits/" + id)).bodyJson().doesNotHavePath("$.undoableUntil");
        assertThat(http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, ""))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-undoable");
    }

    @Test
    void stopsAndUndoesWhatWasDone() {
        var numbers = tickets(2 * BulkEditWork.BATCH);
        var id = text(ask(dana, numbers, "{\"status\":\"RESOLVED\"}"), "$.edit.id");
        work.workSome(UUID.fromString(id));

        var stopped = http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/stop", null, "");
        workOff();

        assertThat(counts(stopped)).isEqualTo("100 100 50 0 0 0 50");
        assertThat(numbers.stream().filter(each -> property(each, "status").equals("RESOLVED")))
                .hasSize(BulkEditWork.BATCH);
        http.change(HttpMethod.PUT, dana, "/api/v1/bulk-edits/" + id + "/undo", null, "");
        workOff();
        assertThat(numbers.stream().filter(each -> property(each, "status").equals("OPEN")))
                .hasSameSizeAs(numbers);
    }

    @Test
    void isNobodyElsesBusiness() {
        var id = text(ask(dana, tickets(1), "{\"priority\":\"LOW\"}"), "$.edit.id");

        var ada = desk.anAdministrator("Ada");
        assertThat(http.get(ada, "/api/v1/bulk-edits/" + id)).hasStatus(404);
        assertThat(http.get(ada, "/api/v1/bulk-edits/" + id + "/tickets")).hasStatus(404);
        assertThat(http.change(HttpMethod.PUT, ada, "/api/v1/bulk-edits/" + id + "/stop", null, ""))
                .hasStatus(404);
        assertThat(http.change(HttpMethod.PUT, ada, "/api/v1/bulk-edits/" + id + "/undo", null, ""))
                .hasStatus(404);
        assertThat(Http.body(http.get(ada, "/api/v1/bulk-edits"))).isEqualTo("[]");
    }

    @Test
    void endsWithWhatItsAskerMay() {
        var numbers = tickets(BulkEditWork.BATCH + 5);
        var id = text(ask(dana, numbers, "{\"priority\":\"LOW\"}"), "$.edit.id");
        work.workSome(UUID.fromString(id));
        jdbc.sql("update person set deactivated_at = now() where id = :id")
                .param("id", dana.personId())
                .update();
        workOff();

        assertThat(jdbc.sql("select outcome from bulk_edit_ticket where reason = 'forbidden'")
                        .query(String.class)
                        .list())
                .hasSize(5)
                .containsOnly("REFUSED");
    }

    @Test
    void appliesAMacroThatAnswersToEachThatHasNoNewerMessage() {
        var numbers = tickets(BulkEditWork.BATCH + 2);
        var macro = http.post(dana, "/api/v1/macros", """
                {"name":"Recall","visibility":"PRIVATE","teamIds":[],
                 "actions":{"status":"WAITING_ON_CUSTOMER","message":{"kind":"REPLY","text":"Hi {{requester.firstName}}"}}}""");
        var id = UUID.fromString(text(
                http.post(dana, "/api/v1/bulk-edits", """
                {"numbers":%s,"action":{"macro":{"macroId":"%s","macroVersion":0}}}""".formatted(numbers, text(macro, "$.id"))), "$.edit.id"));
        assertThat(http.post(ines, "/api/v1/portal/tickets/%d/replies".formatted(numbers.getLast()), """
                {"body":"It is solved.","attachmentIds":[]}"""))
                .hasStatus(201);
        workOff();

        assertThat(counts(http.get(dana, "/api/v1/bulk-edits/" + id))).isEqualTo("52 52 51 0 0 1 0");
        assertThat(jdbc.sql("select body_markdown from message where author_id = :dana")
                        .param("dana", dana.personId())
                        .query(String.class)
                        .list())
                .hasSize(51)
                .containsOnly("Hi Ines");
        assertThat(text(http.get(dana, "/api/v1/bulk-edits/" + id + "/tickets?outcome=REFUSED"), "$.items[0].reason"))
                .isEqualTo("newer-messages");
        assertThat(property(numbers.getFirst(), "status")).isEqualTo("WAITING_ON_CUSTOMER");
        assertThat(property(numbers.getLast(), "status")).isEqualTo("OPEN");
    }

    @Test
    void refusesWhatCannotBeMeant() {
        var number = tickets(1).getFirst();
        assertThat(ask(dana, List.of(number), "{}")).hasStatus(400);
        assertThat(ask(dana, List.of(number), "{\"addTags\":[\"a\"],\"removeTags\":[\"A\"]}"))
                .hasStatus(400);
        assertThat(ask(dana, List.of(), "{\"priority\":\"LOW\"}")).hasStatus(400);
        assertThat(ask(dana, "\"filter\":{\"expression\":\"nonsense\"}", "{\"priority\":\"LOW\"}"))
                .hasStatus(400);
        assertThat(http.post(dana, "/api/v1/bulk-edits", """
                {"numbers":[%d],"action":{"macro":{"macroId":"%s","macroVersion":0}}}""".formatted(number, UUID.randomUUID())))
                .hasStatus(400);
        assertThat(ask(ines, List.of(number), "{\"priority\":\"LOW\"}")).hasStatus(403);
    }

    @Test
    void loadsTicketsTogether(@Autowired StatementCounter statements) {
        var few = UUID.fromString(
                text(ask(dana, tickets(BulkEditWork.BATCH + 1), "{\"priority\":\"LOW\"}"), "$.edit.id"));

        assertThat(statements.statementsOf(() -> work.workSome(few))).hasSizeLessThan(10 + 2 * BulkEditWork.BATCH);
        assertThat(statements.statementsOf(() -> work.workSome(few)))
                .filteredOn(sql -> sql.contains("from ticket"))
                .hasSizeLessThan(5);
    }

    @Test
    void isForgottenAfterAMonth() {
        ask(dana, tickets(1), "{\"priority\":\"LOW\"}");
        clock.advance(Duration.ofDays(31));
        jobs.runDue();

        assertThat(jdbc.sql("select count(*) from bulk_edit_ticket")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private void workOff() {
        for (var id : work.open()) {
            while (!work.workSome(id).isEmpty()) {
                // Until nothing is left of it.
            }
        }
        assertThat(work.open()).isEmpty();
    }

    private MvcTestResult ask(Viewer viewer, List<Long> numbers, String changes) {
        return ask(viewer, "\"numbers\":" + numbers, changes);
    }

    private MvcTestResult ask(Viewer viewer, String which, String changes) {
        return http.post(viewer, "/api/v1/bulk-edits", "{%s,\"action\":{\"changes\":%s}}".formatted(which, changes));
    }

    private static String request(List<Long> numbers, String changes) {
        return "{\"numbers\":%s,\"action\":{\"changes\":%s}}".formatted(numbers, changes);
    }

    private static String counts(MvcTestResult edit) {
        return counts(edit, "$.");
    }

    private static String counts(MvcTestResult edit, String path) {
        return List.of("total", "done", "changed", "unchanged", "kept", "refused", "stopped").stream()
                .map(name -> text(edit, path + name))
                .collect(Collectors.joining(" "));
    }

    private List<Long> tickets(int count) {
        return LongStream.range(0, count)
                .map(i -> Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number")))
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void status(long number, String status) {
        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/status".formatted(number),
                        version(number),
                        "{\"status\":\"%s\"}".formatted(status)))
                .hasStatusOk();
    }

    private void move(long number, UUID team) {
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/team".formatted(number),
                version(number),
                "{\"teamId\":\"%s\"}".formatted(team));
    }

    private void assign(long number, Viewer to) {
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/assignment".formatted(number),
                version(number),
                "{\"assigneeId\":\"%s\"}".formatted(to.personId()));
    }

    private void tags(long number, String... tags) {
        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/tags".formatted(number),
                        version(number),
                        "{\"tags\":[\"%s\"]}".formatted(String.join("\",\"", tags))))
                .hasStatusOk();
    }

    private MvcTestResult ticket(long number) {
        return http.get(dana, "/api/v1/tickets/" + number);
    }

    private String version(long number) {
        return Http.etag(ticket(number));
    }

    private String property(long number, String column) {
        return jdbc.sql("select %s from ticket where number = :number".formatted(column))
                .param("number", number)
                .query(String.class)
                .single();
    }

    private String state(long number) {
        return jdbc.sql("""
                        select concat_ws(' ', status, priority, team_id, assignee_id, tags, due_at, resolved_at,
                                         snoozed_at is null, snoozed_until)
                        from ticket where number = :number""").param("number", number).query(String.class).single();
    }

    private List<String> history(long number) {
        return jdbc.sql("""
                        select concat_ws(' ', coalesce(p.name, 'nobody'), e.kind, e.to_value)
                        from ticket_event e left join person p on p.id = e.actor_id
                        where e.ticket_number = :number order by e.id""").param("number", number).query(String.class).list();
    }

    private static <T> void atTheSameTime(int times, Callable<T> work) throws Exception {
        try (var threads = Executors.newFixedThreadPool(times)) {
            for (Future<T> result : threads.invokeAll(
                    LongStream.range(0, times).mapToObj(i -> work).toList())) {
                result.get();
            }
        }
    }
}
