package io.tealdesk.tickets;

import static io.tealdesk.Http.etag;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.StatementCounter;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@DeskTest
class SnoozeTests {

    private static final String UNTIL_AN_ANSWER = "{}";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestJobs jobs;

    @Autowired
    MutableClock clock;

    @Autowired
    SnoozedTickets snoozed;

    @Autowired
    TransactionTemplate transaction;

    private Http http;
    private Viewer dana;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        number = aTicket();
    }

    @Test
    void isWaitingAndComesBackWhenItsTimeHasCome() {
        assertThat(snoozed(until(Duration.ofHours(2))))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.lane")
                .isEqualTo("WAITING");
        assertThat(text(ticket(), "$.snoozedBy.name")).isEqualTo("Dana");
        assertThat(toDo()).isEmpty();

        clock.advance(Duration.ofMinutes(119));
        jobs.runDue();
        assertThat(toDo()).isEmpty();

        clock.advance(Duration.ofMinutes(1));
        jobs.runDue();
        jobs.runDue();

        assertThat(toDo()).containsExactly(number);
        assertThat(text(ticket(), "$.lane")).isEqualTo("TO_DO");
        assertThat(ticket()).bodyJson().doesNotHavePath("$.snooze").doesNotHavePath("$.snoozedBy");
        assertThat(history()).endsWith("Dana SNOOZED", "nobody WOKEN TIME");
        // Who looks at it learns of it.
        assertThat(jdbc.sql("select change from live_event where ticket_number = :number order by id")
                        .param("number", number)
                        .query(String.class)
                        .list())
                .endsWith("SNOOZED", "WOKEN");
    }

    @Test
    void remindsOfAnAnswerThatDidNotCome() {
        replied("WAITING_ON_CUSTOMER");
        snoozed(until(Duration.ofDays(3)));

        clock.advance(Duration.ofDays(3));
        jobs.runDue();

        assertThat(toDo()).containsExactly(number);
        assertThat(text(ticket(), "$.status")).isEqualTo("OPEN");
        assertThat(history()).endsWith("nobody WOKEN TIME", "nobody STATUS OPEN");
    }

    @Test
    void wakesWhenTheCustomerAnswers() {
        snoozed(UNTIL_AN_ANSWER);
        clock.advance(Duration.ofDays(300));
        jobs.runDue();
        assertThat(text(ticket(), "$.lane")).isEqualTo("WAITING");

        answered();

        assertThat(text(ticket(), "$.lane")).isEqualTo("TO_DO");
        assertThat(history()).endsWith("Ines WOKEN ANSWER");
    }

    @Test
    void wakesByHandOnceHoweverOftenItIsAskedFor() {
        var asleep = etag(snoozed(UNTIL_AN_ANSWER));

        var awake = http.change(HttpMethod.DELETE, dana, uri(), asleep, "");
        assertThat(awake).hasStatusOk().bodyJson().extractingPath("$.lane").isEqualTo("TO_DO");
        assertThat(http.change(HttpMethod.DELETE, dana, uri(), etag(awake), "")).hasStatusOk();

        assertThat(history()).endsWith("Dana SNOOZED", "Dana WOKEN BY_HAND");
        assertThat(history()).filteredOn(line -> line.contains("WOKEN")).hasSize(1);
    }

    @Test
    void endsWhenTheTicketIsDoneAndCannotBeginAgain() {
        var asleep = etag(snoozed(UNTIL_AN_ANSWER));

        var closed = http.change(HttpMethod.PUT, dana, "/api/v1/tickets/%d/closure".formatted(number), asleep, "");

        assertThat(closed).hasStatusOk().bodyJson().doesNotHavePath("$.snooze");
        assertThat(history()).endsWith("Dana STATUS CLOSED", "Dana WOKEN DONE");
        assertThat(snoozed(UNTIL_AN_ANSWER))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/ticket-done");
    }

    @Test
    void demandsTheVersionThatWasSeen() {
        var seen = etag(ticket());
        assertThat(http.change(HttpMethod.PUT, dana, uri(), null, UNTIL_AN_ANSWER))
                .hasStatus(428);
        assertThat(http.change(HttpMethod.PUT, dana, uri(), seen, UNTIL_AN_ANSWER))
                .hasStatusOk();

        assertThat(http.change(HttpMethod.PUT, dana, uri(), seen, until(Duration.ofDays(1))))
                .hasStatus(412)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/stale-version");
        assertThat(http.change(HttpMethod.DELETE, dana, uri(), seen, "")).hasStatus(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1H", "P367D"})
    void refusesATimeThatHasPassedOrIsTooFar(Duration from) {
        assertThat(snoozed(until(from)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("until");
    }

    @Test
    void isNoBusinessOfAnotherTeam() {
        var finn = desk.anAgent("Finn", desk.aTeam("Billing"));
        var seen = etag(ticket());

        assertThat(http.change(HttpMethod.PUT, finn, uri(), seen, UNTIL_AN_ANSWER))
                .hasStatus(404);
        assertThat(http.change(HttpMethod.DELETE, finn, uri(), seen, "")).hasStatus(404);
        assertThat(http.change(HttpMethod.PUT, ines, uri(), seen, UNTIL_AN_ANSWER))
                .hasStatus(403);
    }

    @Test
    void looksToTheCustomerAsIfNothingHadHappened() {
        var before = Http.body(portalTicket());

        snoozed(until(Duration.ofDays(1)));

        assertThat(Http.body(portalTicket())).isEqualTo(before);
    }

    @Test
    void wakesEachOnceHoweverManyTasksLook() throws Exception {
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < 30; i++) {
            var each = aTicket();
            numbers.add(each);
            http.change(HttpMethod.PUT, dana, uri(each), etag(ticket(each)), until(Duration.ofHours(1)));
        }
        clock.advance(Duration.ofHours(1));

        var woken = atTheSameTime(4, () -> {
            var sum = 0;
            for (int found = snoozed.wakeSome(); found > 0; found = snoozed.wakeSome()) {
                sum += found;
            }
            return sum;
        });

        assertThat(woken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(30);
        assertThat(jdbc.sql("select ticket_number from ticket_event where kind = 'WOKEN'")
                        .query(Long.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void wakesMoreThanOneBatch() {
        for (int i = 0; i < SnoozedTickets.BATCH + 3; i++) {
            var each = aTicket();
            http.change(HttpMethod.PUT, dana, uri(each), etag(ticket(each)), until(Duration.ofHours(1)));
        }
        clock.advance(Duration.ofHours(1));

        jobs.runDue();

        assertThat(jdbc.sql("select count(*) from ticket where snoozed_at is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** A task that dies half-way leaves nothing of a batch behind, and the next one does all of it. */
    @Test
    void wakesAfterAnAttemptThatWasBrokenOff() {
        snoozed(until(Duration.ofHours(1)));
        clock.advance(Duration.ofHours(1));
        transaction.executeWithoutResult(status -> {
            assertThat(snoozed.wakeSome()).isOne();
            status.setRollbackOnly();
        });
        assertThat(toDo()).isEmpty();

        jobs.runDue();

        assertThat(toDo()).containsExactly(number);
        assertThat(history()).filteredOn(line -> line.contains("WOKEN")).hasSize(1);
    }

    /** The release before knows no snoozing: it lets customers answer and closes, and leaves the snooze as it is. */
    @Test
    void endsWhatTheReleaseBeforeLeftSnoozed() {
        var closed = aTicket();
        for (var each : List.of(number, closed)) {
            http.change(HttpMethod.PUT, dana, uri(each), etag(ticket(each)), UNTIL_AN_ANSWER);
        }
        jdbc.sql("""
                        update ticket set last_message_by = 'REQUESTER', last_message_at = snoozed_at + interval '1 second'
                        where number = :number""").param("number", number).update();
        jdbc.sql("update ticket set status = 'CLOSED', resolved_at = now() where number = :number")
                .param("number", closed)
                .update();
        assertThat(ticket(closed)).bodyJson().doesNotHavePath("$.snooze");

        jobs.runDue();

        assertThat(history(number)).endsWith("nobody WOKEN ANSWER");
        assertThat(history(closed)).endsWith("nobody WOKEN DONE");
        assertThat(text(ticket(closed), "$.status")).isEqualTo("CLOSED");
    }

    @Test
    void opensASnoozedTicketWithAsManyStatementsAsAnother(@Autowired StatementCounter statements) {
        var awake = statements.statementsOf(this::ticket);
        snoozed(UNTIL_AN_ANSWER);

        assertThat(statements.statementsOf(this::ticket)).hasSameSizeAs(awake);
    }

    private MvcTestResult snoozed(String request) {
        return http.change(HttpMethod.PUT, dana, uri(), etag(ticket()), request);
    }

    private String until(Duration from) {
        return "{\"until\":\"%s\"}"
                .formatted(Instant.ofEpochMilli(clock.instant().plus(from).toEpochMilli()));
    }

    private String uri() {
        return uri(number);
    }

    private static String uri(long ticket) {
        return "/api/v1/tickets/%d/snooze".formatted(ticket);
    }

    private MvcTestResult ticket() {
        return ticket(number);
    }

    private MvcTestResult ticket(long ticket) {
        return http.get(dana, "/api/v1/tickets/" + ticket);
    }

    private MvcTestResult portalTicket() {
        return http.get(ines, "/api/v1/portal/tickets/" + number);
    }

    private List<Long> toDo() {
        return com.jayway.jsonpath.JsonPath.parse(Http.body(http.get(dana, "/api/v1/tickets?lane=TO_DO")))
                .<List<Integer>>read("$.items[*].number")
                .stream()
                .map(Integer::longValue)
                .toList();
    }

    private List<String> history() {
        return history(number);
    }

    private List<String> history(long ticket) {
        return jdbc.sql("""
                        select coalesce(p.name, 'nobody') || ' ' || e.kind
                               || case when e.kind = 'SNOOZED' then '' else coalesce(' ' || e.to_value, '') end
                        from ticket_event e left join person p on p.id = e.actor_id
                        where e.ticket_number = :number order by e.id""").param("number", ticket).query(String.class).list();
    }

    private void replied(String thenStatus) {
        var newest = jdbc.sql("select max(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
        assertThat(http.post(dana, "/api/v1/tickets/%d/replies".formatted(number), """
                        {"body":"Which one?","attachmentIds":[],"lastSeenMessageId":%d,"thenStatus":"%s"}""".formatted(newest, thenStatus)))
                .hasStatus(201);
    }

    private void answered() {
        assertThat(http.post(ines, "/api/v1/portal/tickets/%d/replies".formatted(number), """
                        {"body":"The long one.","attachmentIds":[]}"""))
                .hasStatus(201);
    }

    private long aTicket() {
        return Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
    }

    private static <T> List<T> atTheSameTime(int times, Callable<T> work) throws Exception {
        var barrier = new CyclicBarrier(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<Future<T>>();
            for (int i = 0; i < times; i++) {
                results.add(threads.submit(() -> {
                    barrier.await();
                    return work.call();
                }));
            }
            var answers = new ArrayList<T>();
            for (var result : results) {
                answers.add(result.get());
            }
            return answers;
        }
    }
}
