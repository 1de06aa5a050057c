package io.tealdesk.live;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.database.DedicatedConnections;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Viewers;
import io.tealdesk.shared.DeskProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DeskTest
class PresenceTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LiveStreams streams;

    @Autowired
    LiveFeed feed;

    @Autowired
    Presences presences;

    @Autowired
    DedicatedConnections connections;

    @Autowired
    Viewers viewers;

    @Autowired
    LiveEvents events;

    @Autowired
    DeskProperties deskProperties;

    private final List<ListeningClient> clients = new ArrayList<>();
    private final UUID tab = UUID.randomUUID();
    private Http http;
    private UUID workshop;
    private UUID warehouse;
    private Viewer dana;
    private Viewer emil;
    private Viewer finn;
    private Viewer ada;
    private Viewer ines;
    private long trailer;
    private long saddle;

    @BeforeEach
    void people() {
        http = new Http(mvc);
        workshop = desk.theDefaultTeam();
        warehouse = desk.aTeam("Warehouse");
        dana = desk.anAgent("Dana", workshop);
        emil = desk.anAgent("Emil", workshop);
        finn = desk.anAgent("Finn", warehouse);
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines");
        trailer = aTicket("Trailer squeaks");
        saddle = aTicket("Saddle is loose");
    }

    @AfterEach
    void hangUp() {
        clients.forEach(ListeningClient::close);
    }

    @Test
    void showsWhoIsAtWhichTicketToWhoeverMaySeeIt() {
        show(dana, tab, trailer, "VIEWING");
        show(emil, UUID.randomUUID(), trailer, "REPLYING");
        show(ada, UUID.randomUUID(), saddle, "VIEWING");

        assertThat(seenBy(dana)).containsExactly(saddle + ": Ada VIEWING", trailer + ": Dana VIEWING, Emil REPLYING");
        assertThat(seenBy(ada)).isEqualTo(seenBy(dana));
        assertThat(seenBy(finn)).isEmpty();
        assertThat(text(http.get(ada, "/api/v1/presence"), "$.tickets[1].people[0].id"))
                .isEqualTo(dana.personId().toString());
    }

    @Test
    void nobodyIsWhereNobodyWas() {
        assertThat(http.get(dana, "/api/v1/presence")).hasStatusOk().bodyJson().isStrictlyEqualTo("{\"tickets\":[]}");
    }

    @Test
    void whoRepliesInOneTabAndLooksInAnotherIsReplying() {
        show(dana, tab, trailer, "REPLYING");
        show(dana, UUID.randomUUID(), trailer, "VIEWING");
        show(dana, UUID.randomUUID(), saddle, "VIEWING");

        assertThat(seenBy(ada)).containsExactly(saddle + ": Dana VIEWING", trailer + ": Dana REPLYING");

        show(dana, tab, trailer, "VIEWING");
        assertThat(seenBy(ada)).contains(trailer + ": Dana VIEWING");
    }

    @Test
    void aTabIsAtOneTicketAtATime() {
        var listener = listening(ada);
        show(dana, tab, trailer, "REPLYING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana REPLYING"));

        show(dana, tab, saddle, "VIEWING");

        assertThat(seenBy(ada)).containsExactly(saddle + ": Dana VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).contains(trailer + ": ", saddle + ": Dana VIEWING"));
    }

    @Test
    void leavesWhereItIsToldTo() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana VIEWING"));

        end(dana, tab, saddle);
        end(emil, tab, trailer);
        assertThat(seenBy(ada)).as("of another ticket, by another").containsExactly(trailer + ": Dana VIEWING");

        end(dana, tab, trailer);
        end(dana, tab, trailer);
        assertThat(seenBy(ada)).isEmpty();
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": "));
    }

    @Test
    void leavesATicketThatHasLeftTheTeam() {
        show(dana, tab, trailer, "VIEWING");
        moveToWarehouse(trailer);

        assertThat(put(dana, tab, trailer, "VIEWING")).hasStatus(404);
        assertThat(seenBy(finn)).containsExactly(trailer + ": Dana VIEWING");
        end(dana, tab, trailer);
        assertThat(seenBy(finn)).isEmpty();
    }

    @Test
    void nobodyTakesAnothersTab() {
        show(dana, tab, trailer, "REPLYING");

        for (var other : List.of(emil, ada)) {
            assertThat(put(other, tab, saddle, "VIEWING"))
                    .hasStatus(404)
                    .bodyJson()
                    .extractingPath("$.type")
                    .isEqualTo("/problems/not-found");
        }
        assertThat(seenBy(ada)).containsExactly(trailer + ": Dana REPLYING");
    }

    /** As when the next person signs in on the same page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update session set ended_at = now() where id = :session",
                "update ticket_presence set seen_at = now() - interval '41 seconds' where session_id = :session"
            })
    void takesOverATabWhoseOwnerHasGone(String going) {
        show(dana, tab, trailer, "REPLYING");
        jdbc.sql(going).param("session", dana.sessionId()).update();

        show(emil, tab, saddle, "VIEWING");

        assertThat(seenBy(ada)).containsExactly(saddle + ": Emil VIEWING");
    }

    @ParameterizedTest
    @CsvSource({"39, true", "41, false"})
    void goesOutByItself(int secondsAgo, boolean isThere) {
        show(dana, tab, trailer, "VIEWING");
        jdbc.sql("update ticket_presence set seen_at = now() - make_interval(secs => :ago)")
                .param("ago", secondsAgo)
                .update();

        assertThat(seenBy(ada)).hasSize(isThere ? 1 : 0);
        presences.forgetGone();
        assertThat(rows()).isEqualTo(isThere ? 1 : 0);
    }

    @Test
    void tellsThatSomebodyVanished() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        show(emil, UUID.randomUUID(), trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana VIEWING, Emil VIEWING"));

        jdbc.sql("update ticket_presence set seen_at = now() - interval '41 seconds' where tab = :tab")
                .param("tab", tab)
                .update();
        presences.forgetGone();

        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Emil VIEWING"));
    }

    /** The other has the same database, and a heart that beats faster than anybody wants to wait in a test. */
    @Test
    void twoTasksTellTheSameAndNoticeWhoVanished() {
        var properties = new LiveProperties(
                Duration.ofMinutes(1), Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(100));
        var otherStreams = new LiveStreams(viewers, properties, new SimpleMeterRegistry());
        var otherFeed = new LiveFeed(otherStreams, events, properties, deskProperties, JsonMapper.shared());
        var otherReader = new LiveReader(connections, otherStreams, properties, presences);
        otherReader.start();
        try (var there = new ListeningClient(otherStreams, otherFeed, ada, null, Duration.ofMinutes(1))) {
            var here = listening(ada);
            show(dana, tab, trailer, "REPLYING");
            for (var listener : List.of(here, there)) {
                await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana REPLYING"));
            }

            jdbc.sql("update ticket_presence set seen_at = now() - interval '41 seconds'")
                    .update();

            for (var listener : List.of(here, there)) {
                await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": "));
            }
            assertThat(rows()).isZero();
        } finally {
            otherReader.stop();
        }
    }

    @Test
    void whoCannotBeSignedInIsNowhere() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        show(emil, UUID.randomUUID(), saddle, "VIEWING");
        await().untilAsserted(() ->
                assertThat(heardBy(listener)).contains(trailer + ": Dana VIEWING", saddle + ": Emil VIEWING"));

        jdbc.sql("update session set ended_at = now() where id = :id")
                .param("id", dana.sessionId())
                .update();
        jdbc.sql("update person set deactivated_at = now() where id = :id")
                .param("id", emil.personId())
                .update();

        assertThat(seenBy(ada)).isEmpty();
        presences.forgetGone();
        await().untilAsserted(() -> assertThat(heardBy(listener)).contains(trailer + ": ", saddle + ": "));
        assertThat(rows()).isZero();
    }

    @Test
    void aRepetitionKeepsItThereAndTellsNobody() throws Exception {
        try (var connection = connections.open();
                var statement = connection.createStatement()) {
            statement.execute("listen " + Presences.CHANNEL);
            show(dana, tab, trailer, "VIEWING");
            jdbc.sql("update ticket_presence set seen_at = now() - interval '30 seconds'")
                    .update();
            show(dana, tab, trailer, "VIEWING");
            assertThat(jdbc.sql("select seen_at > now() - interval '20 seconds' from ticket_presence")
                            .query(Boolean.class)
                            .single())
                    .isTrue();
            show(dana, tab, trailer, "REPLYING");
            show(dana, tab, saddle, "REPLYING");

            var announced = new ArrayList<Long>();
            await().until(() -> {
                for (var notification : connection.unwrap(PGConnection.class).getNotifications(10)) {
                    announced.add(Long.valueOf(notification.getParameter()));
                }
                return announced.contains(saddle);
            });
            assertThat(announced).containsExactly(trailer, trailer, trailer, saddle);
        }
    }

    @Test
    void tellsAgainOfWhoWasTakenForGone() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        jdbc.sql("update ticket_presence set seen_at = now() - interval '41 seconds'")
                .update();
        show(emil, UUID.randomUUID(), trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Emil VIEWING"));

        show(dana, tab, trailer, "VIEWING");

        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana VIEWING, Emil VIEWING"));
    }

    @Test
    void saysNothingOfATicketOfAnotherTeam() {
        var finns = listening(finn);
        var danas = listening(dana);
        var gears = aTicket("Gears slip");
        moveToWarehouse(gears);

        show(ada, tab, trailer, "REPLYING");
        await().untilAsserted(() -> assertThat(heardBy(danas)).contains(trailer + ": Ada REPLYING"));
        show(ada, tab, gears, "VIEWING");

        await().untilAsserted(() -> assertThat(heardBy(finns)).containsExactly(gears + ": Ada VIEWING"));
        assertThat(finns.text()).doesNotContain(String.valueOf(trailer));
        await().untilAsserted(() -> assertThat(heardBy(danas)).endsWith(trailer + ": "));
        assertThat(heardBy(danas)).noneMatch(told -> told.startsWith(gears + ":"));
    }

    @Test
    void tellsTheTeamThatATicketIsMovedToWhoIsThere() {
        var finns = listening(finn);
        var adas = listening(ada);
        show(ada, tab, trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(adas)).containsExactly(trailer + ": Ada VIEWING"));

        moveToWarehouse(trailer);

        await().untilAsserted(() -> assertThat(heardBy(finns)).containsExactly(trailer + ": Ada VIEWING"));
    }

    @Test
    void isNoPartOfThePosition() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).isNotEmpty());

        assertThat(listener.events())
                .filteredOn(event -> event.name().equals("presence"))
                .allSatisfy(event -> assertThat(event.id()).isEmpty());
    }

    /** As when everybody left while the connection to the database was away, and nobody was told. */
    @Test
    void findsOutWhatItMissedWhenItsConnectionBreaks() {
        var listener = listening(ada);
        show(dana, tab, trailer, "VIEWING");
        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": Dana VIEWING"));

        jdbc.sql("delete from ticket_presence").update();
        assertThat(jdbc.sql("select pg_terminate_backend(pid) from pg_stat_activity "
                                + "where application_name = 'tealdesk live' and datname = current_database()")
                        .query(Boolean.class)
                        .list())
                .contains(true);

        await().untilAsserted(() -> assertThat(heardBy(listener)).endsWith(trailer + ": "));
    }

    @Test
    void keepsNoMoreTabsThanAPersonCanHave() {
        show(dana, tab, trailer, "REPLYING");
        IntStream.range(0, Presences.TABS_OF_A_PERSON_MAX)
                .forEach(i -> show(dana, UUID.randomUUID(), saddle, "VIEWING"));

        assertThat(rows()).isEqualTo(Presences.TABS_OF_A_PERSON_MAX);
        assertThat(seenBy(ada)).as("the oldest is gone").containsExactly(saddle + ": Dana VIEWING");
    }

    @Test
    void refusesWhatIsNoPresence() {
        assertThat(put(dana, tab, 999_999_999, "VIEWING")).hasStatus(404);
        assertThat(put(dana, tab, trailer, "SLEEPING")).hasStatus(400);
        var uri = "/api/v1/tickets/" + trailer + "/presence/";
        assertThat(http.change(HttpMethod.PUT, dana, uri + tab, null, "{}")).hasStatus(400);
        assertThat(http.change(HttpMethod.PUT, dana, uri + "1", null, "{\"activity\":\"VIEWING\"}"))
                .hasStatus(400);
        assertThat(rows()).isZero();
    }

    private void show(Viewer viewer, UUID inTab, long number, String activity) {
        assertThat(put(viewer, inTab, number, activity)).hasStatus(204);
    }

    private MvcTestResult put(Viewer viewer, UUID inTab, long number, String activity) {
        return http.change(
                HttpMethod.PUT,
                viewer,
                "/api/v1/tickets/" + number + "/presence/" + inTab,
                null,
                "{\"activity\":\"" + activity + "\"}");
    }

    private void end(Viewer viewer, UUID inTab, long number) {
        assertThat(http.change(HttpMethod.DELETE, viewer, "/api/v1/tickets/" + number + "/presence/" + inTab, null, ""))
                .hasStatus(204);
    }

    private List<String> seenBy(Viewer viewer) {
        var answer = http.get(viewer, "/api/v1/presence");
        assertThat(answer).hasStatusOk();
        return JsonMapper.shared()
                .readTree(Http.body(answer))
                .path("tickets")
                .valueStream()
                .map(PresenceTests::inWords)
                .toList();
    }

    private static List<String> heardBy(ListeningClient client) {
        return client.events("presence").stream().map(PresenceTests::inWords).toList();
    }

    private static String inWords(JsonNode presence) {
        return presence.path("ticket").asLong() + ": "
                + String.join(
                        ", ",
                        presence.path("people")
                                .valueStream()
                                .map(person -> person.path("name").asString() + " "
                                        + person.path("activity").asString())
                                .toList());
    }

    private int rows() {
        return jdbc.sql("select count(*) from ticket_presence")
                .query(Integer.class)
                .single();
    }

    private ListeningClient listening(Viewer viewer) {
        var client = new ListeningClient(streams, feed, viewer, null, Duration.ofMinutes(1));
        clients.add(client);
        return client;
    }

    private long aTicket(String subject) {
        return Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                {"subject":"%s","body":"On every bump.","attachmentIds":[]}""".formatted(subject)), "$.number"));
    }

    private void moveToWarehouse(long number) {
        var uri = "/api/v1/tickets/" + number;
        assertThat(http.change(
                        HttpMethod.PUT,
                        ada,
                        uri + "/team",
                        Http.etag(http.get(ada, uri)),
                        "{\"teamId\":\"" + warehouse + "\"}"))
                .hasStatusOk();
    }
}
