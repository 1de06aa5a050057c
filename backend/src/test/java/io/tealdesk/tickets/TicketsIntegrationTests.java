package io.tealdesk.tickets;

import static io.tealdesk.Http.etag;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class TicketsIntegrationTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    private Http http;
    private UUID support;
    private Viewer dana;
    private Viewer ines;

    @BeforeEach
    void aDeskWithAnAgentAndACustomer() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        dana = desk.anAgent("Dana", support);
        ines = desk.aCustomer("Ines");
    }

    @Test
    void opensATicketOnceHoweverOftenItIsAskedFor() throws Exception {
        var key = UUID.randomUUID().toString();
        var request = openRequest("Trailer squeaks");

        var answers = atTheSameTime(8, () -> http.post(dana, "/api/v1/tickets", key, request));

        assertThat(answers).allSatisfy(answer -> assertThat(answer).hasStatus(201));
        assertThat(answers.stream().map(answer -> text(answer, "$.number")))
                .containsOnly(text(answers.getFirst(), "$.number"));
        assertThat(count("ticket")).isOne();
        assertThat(count("message")).isOne();
    }

    @Test
    void refusesAKeyThatStoodForSomethingElse() {
        var key = UUID.randomUUID().toString();
        http.post(dana, "/api/v1/tickets", key, openRequest("Trailer squeaks"));

        assertThat(http.post(dana, "/api/v1/tickets", key, openRequest("Another thing")))
                .hasStatus(422)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/idempotency-key-reused");
        assertThat(count("ticket")).isOne();
    }

    @Test
    void letsAKeyBeUsedAgainAfterAFailure() {
        var key = UUID.randomUUID().toString();
        var unknownRequester = openRequest("Trailer squeaks")
                .replace(ines.personId().toString(), UUID.randomUUID().toString());

        assertThat(http.post(dana, "/api/v1/tickets", key, unknownRequester)).hasStatus(400);
        assertThat(http.post(dana, "/api/v1/tickets", key, openRequest("Trailer squeaks")))
                .hasStatus(201);
    }

    /** A request may be repeated on a task of another release, whose answers hold more members or fewer. */
    @Test
    void readsAnAnswerThatAnotherReleaseStored() {
        var key = UUID.randomUUID().toString();
        var first = http.post(dana, "/api/v1/tickets", key, openRequest("Trailer squeaks"));
        jdbc.sql("""
                update idempotent_request
                set body = (jsonb_set(body::jsonb, '{snoozedUntil}', '"tomorrow"') - 'version')::text""").update();

        var again = http.post(dana, "/api/v1/tickets", key, openRequest("Trailer squeaks"));

        assertThat(again).hasStatus(201);
        assertThat(text(again, "$.number")).isEqualTo(text(first, "$.number"));
    }

    @Test
    void demandsTheVersionThatWasSeen() {
        var number = aTicket();

        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/priority".formatted(number),
                        null,
                        "{\"priority\":\"HIGH\"}"))
                .hasStatus(428);
        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/priority".formatted(number),
                        "\"7\"",
                        "{\"priority\":\"HIGH\"}"))
                .hasStatus(412);
        assertThat(text(http.get(dana, "/api/v1/tickets/" + number), "$.priority"))
                .isEqualTo("MEDIUM");
    }

    @Test
    void takesATagThatAProxyHasMarkedWeak() {
        var number = aTicket();

        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/priority".formatted(number),
                        "W/" + etag(http.get(dana, "/api/v1/tickets/" + number)),
                        "{\"priority\":\"HIGH\"}"))
                .hasStatusOk();
    }

    @Test
    void appliesOneOfManyChangesOfTheSameVersion() throws Exception {
        var number = aTicket();
        var etag = etag(http.get(dana, "/api/v1/tickets/" + number));

        var answers = atTheSameTime(
                8,
                () -> http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/subject".formatted(number),
                        etag,
                        "{\"subject\":\"%s\"}".formatted(UUID.randomUUID())));

        assertThat(answers.stream().map(answer -> answer.getResponse().getStatus()))
                .containsOnlyOnce(200)
                .containsOnly(200, 412);
        assertThat(eventsOf(number)).containsExactly("OPENED", "SUBJECT");
    }

    @Test
    void doesNotRefuseAChangeBecauseSomebodyReplied() {
        var number = aTicket();
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/status".formatted(number),
                etag(http.get(dana, "/api/v1/tickets/" + number)),
                "{\"status\":\"IN_PROGRESS\"}");
        var seen = http.get(dana, "/api/v1/tickets/" + number);
        http.post(
                ines,
                "/api/v1/portal/tickets/%d/replies".formatted(number),
                "{\"body\":\"And?\",\"attachmentIds\":[]}");

        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/priority".formatted(number),
                        etag(seen),
                        "{\"priority\":\"HIGH\"}"))
                .hasStatusOk();
    }

    @Test
    void assignsOnlyWhoMayWorkOnIt() {
        var number = aTicket();
        var uri = "/api/v1/tickets/%d/assignment".formatted(number);
        var stranger = desk.anAgent("Emil", desk.aTeam("Billing"));
        var etag = etag(http.get(dana, "/api/v1/tickets/" + number));

        for (var person : List.of(stranger, ines)) {
            assertThat(http.change(HttpMethod.PUT, dana, uri, etag, assignee(person)))
                    .hasStatus(400)
                    .bodyJson()
                    .extractingPath("$.errors[0].field")
                    .isEqualTo("assigneeId");
        }
        assertThat(http.change(HttpMethod.PUT, dana, uri, etag, assignee(dana))).hasStatusOk();
    }

    @Test
    void letsItsAssigneeGoWhenItMovesToATeamThatTheyAreNotIn() {
        var number = aTicket();
        var billing = desk.aTeam("Billing");
        var assigned = http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/assignment".formatted(number),
                etag(http.get(dana, "/api/v1/tickets/" + number)),
                assignee(dana));

        var moved = http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/team".formatted(number),
                etag(assigned),
                "{\"teamId\":\"%s\"}".formatted(billing));

        assertThat(moved).hasStatusOk().bodyJson().doesNotHavePath("$.assignee");
        assertThat(eventsOf(number)).containsExactly("OPENED", "ASSIGNEE", "TEAM", "ASSIGNEE");
        assertThat(http.get(dana, "/api/v1/tickets/" + number)).hasStatus(404);
    }

    @Test
    void refusesWhatTheGraphDoesNotHoldAndSaysWhatItDoes() {
        var number = aTicket();
        var closed = http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/closure".formatted(number),
                etag(http.get(dana, "/api/v1/tickets/" + number)),
                "");

        var refused = http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/status".formatted(number),
                etag(closed),
                "{\"status\":\"IN_PROGRESS\"}");

        assertThat(refused).hasStatus(409);
        assertThat(text(refused, "$.type")).isEqualTo("/problems/illegal-status-change");
        assertThat(text(refused, "$.allowedStatuses[*]")).isEqualTo("[\"OPEN\"]");
        assertThat(text(http.get(dana, "/api/v1/tickets/" + number), "$.allowedStatuses[*]"))
                .isEqualTo("[\"OPEN\"]");
    }

    /** Each property in turn, each change with the version that the one before it answered. */
    @Test
    void changesEveryPropertyAndWritesEachInTheHistory() {
        var number = aTicket();
        var ticket = "/api/v1/tickets/" + number;
        var etag = etag(http.get(dana, ticket));

        etag = changed(HttpMethod.PUT, ticket + "/subject", etag, "{\"subject\":\" Trailer\\nsqueals \"}");
        etag = changed(HttpMethod.PUT, ticket + "/priority", etag, "{\"priority\":\"CRITICAL\"}");
        etag = changed(HttpMethod.PUT, ticket + "/tags", etag, "{\"tags\":[\"Noise\",\"noise\",\"brakes\"]}");
        etag = changed(HttpMethod.PUT, ticket + "/due-date", etag, "{\"dueAt\":\"2027-01-31T12:00:00Z\"}");
        etag = changed(HttpMethod.PUT, ticket + "/assignment", etag, assignee(dana));
        etag = changed(HttpMethod.DELETE, ticket + "/due-date", etag, "");
        etag = changed(HttpMethod.DELETE, ticket + "/assignment", etag, "");
        etag = changed(HttpMethod.PUT, ticket + "/closure", etag, "");
        changed(HttpMethod.DELETE, ticket + "/closure", etag, "");

        assertThat(jdbc.sql("""
                                select kind || ': ' || coalesce(from_value, '') || ' > ' || coalesce(to_value, '')
                                from ticket_event where ticket_number = :number order by id""").param("number", number).query(String.class).list())
                .containsExactly(
                        "OPENED:  > ",
                        "SUBJECT: Trailer squeaks > Trailer squeals",
                        "PRIORITY: MEDIUM > CRITICAL",
                        "TAGS:  > brakes,noise",
                        "DUE_DATE:  > 2027-01-31T12:00:00Z",
                        "ASSIGNEE:  > " + dana.personId(),
                        "DUE_DATE: 2027-01-31T12:00:00Z > ",
                        "ASSIGNEE: " + dana.personId() + " > ",
                        "STATUS: OPEN > CLOSED",
                        "STATUS: CLOSED > OPEN");
    }

    private String changed(HttpMethod method, String uri, String etag, String json) {
        var answer = http.change(method, dana, uri, etag, json);
        assertThat(answer).hasStatusOk();
        assertThat(etag(answer)).isNotEqualTo(etag);
        return etag(answer);
    }

    @Test
    void tellsItsHistoryInNames() {
        var number = aTicket();
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/assignment".formatted(number),
                etag(http.get(dana, "/api/v1/tickets/" + number)),
                assignee(dana));

        var history = http.get(dana, "/api/v1/tickets/%d/events".formatted(number));

        assertThat(text(history, "$[1].actor.name")).isEqualTo("Dana");
        assertThat(text(history, "$[1].to.label")).isEqualTo("Dana");
    }

    /** During a release, and after one that was taken back. */
    @Test
    void passesOverEventsThatOnlyTheNextReleaseKnows() {
        var number = aTicket();
        jdbc.sql("""
                        insert into ticket_event (ticket_number, kind, to_value, occurred_at)
                        values (:number, 'TELEPORTED', 'Mars', now())""").param("number", number).update();

        var history = http.get(dana, "/api/v1/tickets/%d/events".formatted(number));

        assertThat(history).hasStatusOk();
        assertThat(text(history, "$[*].kind")).isEqualTo("[\"OPENED\"]");
    }

    @Test
    void listsWithTheSameNumberOfStatementsHoweverManyThereAre(@Autowired io.tealdesk.StatementCounter statements) {
        aTicket();
        var forOne = statements.statementsOf(() -> http.get(dana, "/api/v1/tickets"));
        for (int i = 0; i < 20; i++) {
            aTicket();
        }

        var forMany = statements.statementsOf(() -> http.get(dana, "/api/v1/tickets"));

        assertThat(forMany).hasSameSizeAs(forOne).hasSize(1);
    }

    private long aTicket() {
        return Long.parseLong(text(http.post(dana, "/api/v1/tickets", openRequest("Trailer squeaks")), "$.number"));
    }

    private String openRequest(String subject) {
        return """
                {"subject":"%s","body":"It squeaks.","attachmentIds":[],"requesterId":"%s"}""".formatted(subject, ines.personId());
    }

    private static String assignee(Viewer person) {
        return "{\"assigneeId\":\"%s\"}".formatted(person.personId());
    }

    private List<String> eventsOf(long number) {
        return jdbc.sql("select kind from ticket_event where ticket_number = :number order by id")
                .param("number", number)
                .query(String.class)
                .list();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static <T> List<T> atTheSameTime(int threads, Callable<T> action) throws Exception {
        var start = new CyclicBarrier(threads);
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<T>>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await();
                    return action.call();
                }));
            }
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
