package io.tealdesk.live;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DeskTest
class LiveEventsTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    LiveStreams streams;

    @Autowired
    LiveFeed feed;

    @Autowired
    TestJobs jobs;

    @Autowired
    MutableClock clock;

    private final List<ListeningClient> clients = new ArrayList<>();
    private Http http;
    private UUID workshop;
    private UUID warehouse;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;
    private Viewer ines;

    @BeforeEach
    void people() {
        http = new Http(mvc);
        workshop = desk.theDefaultTeam();
        warehouse = desk.aTeam("Warehouse");
        dana = desk.anAgent("Dana", workshop);
        finn = desk.anAgent("Finn", warehouse);
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines");
    }

    @AfterEach
    void hangUp() {
        clients.forEach(ListeningClient::close);
    }

    @Test
    void greetsWithTheReleaseAndAPosition() {
        var answer = http.get(dana, "/api/v1/live");

        assertThat(answer).hasStatusOk().hasContentType("text/event-stream;charset=UTF-8");
        assertThat(answer).hasHeader("Cache-Control", "no-store").hasHeader("X-Accel-Buffering", "no");
        assertThat(Http.body(answer))
                .startsWith("retry: 1000\nevent: hello\nid: ")
                .contains("data: {\"release\":\"development\",\"resumed\":false}\n\n")
                .endsWith("data: {\"reason\":\"RENEWAL\"}\n\n");
    }

    @Test
    void tellsOfEachChangeOfATicket() {
        var listener = listening(dana, null);

        var number = aTicket("Trailer squeaks");
        assertThat(reply(number, "Grease it.")).isGreaterThan(0);
        assertThat(http.post(dana, "/api/v1/tickets/" + number + "/notes", """
                {"body":"Again.","attachmentIds":[]}""")).hasStatus(201);
        change(dana, number, "/priority", "{\"priority\":\"CRITICAL\"}");

        await().untilAsserted(() -> assertThat(listener.events("ticket"))
                .extracting(event -> event.path("change").asString())
                .containsExactly("OPENED", "PUBLIC_REPLY", "PUBLIC_REPLY", "STATUS", "INTERNAL_NOTE", "PRIORITY"));
        assertThat(listener.events("ticket"))
                .allSatisfy(event -> assertThat(event.path("ticket").asLong()).isEqualTo(number));
        assertThat(listener.text()).doesNotContain("Grease", "Again", "Trailer");
    }

    @Test
    void keepsWhatIsForOthersFromAnAgent() {
        var danas = listening(dana, null);
        var finns = listening(finn, null);
        var adas = listening(ada, null);

        var number = aTicket("Trailer squeaks");
        change(dana, number, "/team", "{\"teamId\":\"" + warehouse + "\"}");
        change(finn, number, "/priority", "{\"priority\":\"CRITICAL\"}");

        await().untilAsserted(() -> assertThat(changes(adas)).endsWith("TEAM", "PRIORITY"));
        await().untilAsserted(() -> assertThat(changes(finns)).endsWith("TEAM", "PRIORITY"));
        assertThat(changes(danas))
                .as("that it left is the last to be heard of it")
                .endsWith("TEAM");
    }

    @Test
    void noticesThatAnAgentWasMovedOrSignedOut() {
        var danas = listening(dana, null);
        var finns = listening(finn, null);
        jdbc.sql("insert into team_member (team_id, person_id) values (:team, :person)")
                .param("team", workshop)
                .param("person", finn.personId())
                .update();
        jdbc.sql("update session set ended_at = now() where id = :id")
                .param("id", dana.sessionId())
                .update();

        aTicket("Trailer squeaks");

        await().untilAsserted(() -> assertThat(changes(finns)).contains("OPENED"));
        await().until(danas::isEnded);
        assertThat(changes(danas)).isEmpty();
    }

    /** A transaction that began earlier commits later: its event has the lower id and comes last, yet it comes. */
    @Test
    void missesNothingThatCommitsLate() {
        var listener = listening(ada, null);
        var number = aTicket("Trailer squeaks");
        await().untilAsserted(() -> assertThat(changes(listener)).hasSize(2));

        new TransactionTemplate(transactions).executeWithoutResult(late -> {
            history(number, "DUE_DATE");
            Thread.ofVirtual().start(() -> history(number, "SUBJECT"));
            await().untilAsserted(() -> assertThat(changes(listener)).endsWith("SUBJECT"));
        });

        await().untilAsserted(() -> assertThat(changes(listener)).endsWith("SUBJECT", "DUE_DATE"));
        var ids = listener.events("ticket").stream()
                .map(event -> event.path("event").asLong())
                .toList();
        assertThat(ids.get(3)).isLessThan(ids.get(2));
    }

    /** As when the database fails over: what happened meanwhile is told afterwards. */
    @Test
    void goesOnWhereItStoppedWhenItsConnectionBreaks() {
        var listener = listening(ada, null);
        var number = aTicket("Trailer squeaks");
        await().untilAsserted(() -> assertThat(changes(listener)).hasSize(2));

        new TransactionTemplate(transactions).executeWithoutResult(meanwhile -> {
            history(number, "SUBJECT");
            assertThat(jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity "
                                    + "where application_name = 'tealdesk live' and datname = current_database()")
                            .query(Boolean.class)
                            .list())
                    .contains(true);
        });

        await().untilAsserted(
                        () -> assertThat(changes(listener)).endsWith("SUBJECT").hasSize(3));
    }

    @Test
    void resumesWhereAClientStoppedThoughManyWrite() throws Exception {
        var number = aTicket("Trailer squeaks");
        var watching = listening(ada, null);
        var position = watching.lastEventId();
        var heard = new ArrayList<Long>();
        try (var writers = Executors.newFixedThreadPool(8)) {
            var written = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 200; i++) {
                written.add(() -> {
                    history(number, "TAGS");
                    return null;
                });
            }
            var all = Thread.ofVirtual().start(() -> {
                try {
                    writers.invokeAll(written);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            while (all.isAlive()) {
                var visit = listening(ada, position);
                await().until(() -> !visit.events("ticket").isEmpty() || !all.isAlive());
                heard.addAll(hungUp(visit));
                position = visit.lastEventId();
            }
            var rest = listening(ada, position);
            assertThat(rest.events("hello").getFirst().path("resumed").asBoolean())
                    .isTrue();
            await().untilAsserted(() -> assertThat(ids(watching)).hasSize(200));
            await().untilAsserted(
                            () -> assertThat(heard.size() + ids(rest).size()).isGreaterThanOrEqualTo(200));
            heard.addAll(hungUp(rest));
        }

        assertThat(heard).containsExactlyInAnyOrderElementsOf(ids(watching)).doesNotHaveDuplicates();
    }

    @Test
    void saysWhenItCannotResume() {
        var position = listening(ada, null).lastEventId();
        var number = aTicket("Trailer squeaks");

        for (var id : List.of("", "12", "nonsense", "1-0:0:", "1-5:3:", "1-3:9:4,4", "1-3:9:" + "4".repeat(3_000))) {
            assertThat(isResumed(id)).as(id).isFalse();
        }
        assertThat(isResumed("9999999999-999999999:999999999:"))
                .as("of another database")
                .isFalse();
        assertThat(isResumed(position)).isTrue();
        jdbc.sql("insert into ticket_event (ticket_number, kind, occurred_at) "
                        + "select :number, 'TAGS', now() from generate_series(1, 1001)")
                .param("number", number)
                .update();
        assertThat(isResumed(position)).as("too much has happened").isFalse();
        clock.advance(LiveEvents.KEPT_FOR);
        assertThat(isResumed(position)).as("too long ago").isFalse();
    }

    @Test
    void refusesWhatNobodyLooksAt() {
        for (int i = 0; i < LiveStreams.STREAMS_OF_A_SESSION_MAX; i++) {
            listening(ada, null);
        }

        assertThat(http.get(ada, "/api/v1/live"))
                .hasStatus(429)
                .hasHeader("Retry-After", "60")
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/too-many-streams");
        assertThat(http.get(dana, "/api/v1/live")).hasStatusOk();
    }

    @Test
    void forgetsAfterADay() {
        aTicket("Trailer squeaks");
        clock.advance(LiveEvents.KEPT_FOR.minusMinutes(5));
        jobs.runDue();
        assertThat(eventsKept()).isEqualTo(2);

        clock.advance(Duration.ofMinutes(10));
        jobs.runDue();
        assertThat(eventsKept()).isZero();
    }

    private int eventsKept() {
        return jdbc.sql("select count(*) from live_event").query(Integer.class).single();
    }

    private boolean isResumed(String lastEventId) {
        return listening(ada, lastEventId)
                .events("hello")
                .getFirst()
                .path("resumed")
                .asBoolean();
    }

    private ListeningClient listening(Viewer viewer, @Nullable String lastEventId) {
        var client = new ListeningClient(streams, feed, viewer, lastEventId, Duration.ofMinutes(1));
        clients.add(client);
        return client;
    }

    private static List<Long> hungUp(ListeningClient client) {
        client.close();
        return ids(client);
    }

    private static List<Long> ids(ListeningClient client) {
        return client.events("ticket").stream()
                .map(event -> event.path("event").asLong())
                .toList();
    }

    private static List<String> changes(ListeningClient client) {
        return client.events("ticket").stream()
                .map(event -> event.path("change").asString())
                .toList();
    }

    private void history(long number, String kind) {
        jdbc.sql("insert into ticket_event (ticket_number, kind, occurred_at) values (:number, :kind, now())")
                .param("number", number)
                .param("kind", kind)
                .update();
    }

    private long aTicket(String subject) {
        return Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                {"subject":"%s","body":"On every bump.","attachmentIds":[]}""".formatted(subject)), "$.number"));
    }

    private long reply(long number, String body) {
        var newest = jdbc.sql("select max(id) from message").query(Long.class).single();
        return Long.parseLong(
                text(http.post(dana, "/api/v1/tickets/" + number + "/replies", """
                {"body":"%s","attachmentIds":[],"lastSeenMessageId":%d}""".formatted(body, newest)), "$.id"));
    }

    private void change(Viewer viewer, long number, String what, String body) {
        var uri = "/api/v1/tickets/" + number;
        assertThat(http.change(HttpMethod.PUT, viewer, uri + what, Http.etag(http.get(viewer, uri)), body))
                .hasStatusOk();
    }
}
