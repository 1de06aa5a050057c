package io.tealdesk.conversations;

import static io.tealdesk.Http.etag;
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
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class DraftsTests {

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

    private Http http;
    private UUID warehouse;
    private Viewer dana;
    private Viewer emil;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        warehouse = desk.aTeam("Warehouse");
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        emil = desk.anAgent("Emil", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        number = aTicket("Trailer squeaks");
    }

    @Test
    void findsOnOneDeviceWhatWasWrittenOnAnother() {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        save("REPLY", null, "Have you tried", 7L, upload);
        save("NOTE", null, "She never greases it.", null);

        var mine = http.get(dana, "/api/v1/drafts");

        assertThat(mine).hasStatusOk();
        assertThat(text(mine, "$.isComplete")).isEqualTo("true");
        assertThat(text(mine, "$.drafts.length()")).isEqualTo("2");
        var reply = "$.drafts[?(@.kind == 'REPLY')]";
        assertThat(text(mine, reply + ".ticketNumber")).isEqualTo("[" + number + "]");
        assertThat(text(mine, reply + ".subject")).contains("Trailer squeaks");
        assertThat(text(mine, reply + ".text")).contains("Have you tried");
        assertThat(text(mine, reply + ".begunAfter")).isEqualTo("[7]");
        assertThat(text(mine, reply + ".attachments[0].id")).contains(upload);
        var here = http.get(dana, drafts());
        assertThat(text(here, "$.drafts[*].kind")).isEqualTo("[\"REPLY\",\"NOTE\"]");
    }

    @Test
    void isNobodyElsesToRead() {
        save("NOTE", null, "She never greases it.", null);

        for (var other : new Viewer[] {emil, desk.anAdministrator("Ada")}) {
            assertThat(Http.body(http.get(other, "/api/v1/drafts"))).isEqualTo("{\"drafts\":[],\"isComplete\":true}");
            assertThat(text(http.get(other, drafts()), "$.drafts.length()")).isEqualTo("0");
        }
        assertThat(http.get(ines, "/api/v1/drafts")).hasStatus(403);
    }

    @Test
    void refusesToWriteOverWhatAnotherDeviceHasWritten() {
        var first = etag(save("REPLY", null, "Have you", null));
        var second = etag(save("REPLY", first, "Have you tried", null));

        var stale = save("REPLY", first, "Have we met?", null);
        var begunAnew = save("REPLY", null, "Hello", null);

        for (var refused : new MvcTestResult[] {stale, begunAnew}) {
            assertThat(refused).hasStatus(412);
            assertThat(text(refused, "$.type")).isEqualTo("/problems/newer-draft");
            assertThat(text(refused, "$.draft.text")).isEqualTo("Have you tried");
            assertThat('"' + text(refused, "$.draft.version") + '"').isEqualTo(second);
        }
        assertThat(texts()).containsExactly("Have you tried");
    }

    @Test
    void letsOneOfTwoDevicesThroughThatWriteAtOnce() throws Exception {
        var note = etag(save("NOTE", null, "Before", null));
        for (var kind : List.of("REPLY", "NOTE")) {
            var seen = kind.equals("NOTE") ? note : null;
            var start = new CyclicBarrier(2);
            try (var executor = Executors.newFixedThreadPool(2)) {
                var answers = Stream.of("One", "Two")
                        .map(text -> executor.submit(() -> {
                            start.await();
                            return save(kind, seen, text, null);
                        }))
                        .toList();
                var statuses = new ArrayList<Integer>();
                for (var answer : answers) {
                    statuses.add(answer.get().getResponse().getStatus());
                }
                assertThat(statuses).containsExactlyInAnyOrder(200, 412);
            }
        }
    }

    @Test
    void neverTakesADraftBegunAnewForTheOneBefore() {
        var first = etag(save("REPLY", null, "Have you", null));
        assertThat(discard("REPLY", first)).hasStatus(204);
        save("REPLY", null, "Begun anew", null);

        assertThat(save("REPLY", first, "Have you tried", null)).hasStatus(412);
        assertThat(discard("REPLY", first)).hasStatus(412);
        assertThat(texts()).containsExactly("Begun anew");
    }

    @Test
    void saysThatADraftIsGone() {
        var first = etag(save("REPLY", null, "Have you", null));
        discard("REPLY", first);

        var refused = save("REPLY", first, "Have you tried", null);

        assertThat(refused).hasStatus(412).bodyJson().doesNotHavePath("$.draft");
        assertThat(discard("REPLY", first)).hasStatus(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPLY", "NOTE"})
    void endsWithTheMessageThatItBecomes(String kind) {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        var version = version(save(kind, null, "Grease it.", null, upload));
        var other = save(kind.equals("REPLY") ? "NOTE" : "REPLY", null, "The other one", null);

        assertThat(send(kind, "Grease it.", "?draft=" + version, upload)).hasStatus(201);

        assertThat(other).hasStatusOk();
        assertThat(texts()).containsExactly("The other one");
    }

    @Test
    void staysWhereTheReplyIsRefused() {
        var version = version(save("REPLY", null, "Grease it.", null));
        http.post(emil, "/api/v1/tickets/" + number + "/notes", """
                {"body":"Wait.","attachmentIds":[]}""");

        assertThat(http.post(dana, "/api/v1/tickets/" + number + "/replies?draft=" + version, """
                {"body":"Grease it.","attachmentIds":[],"lastSeenMessageId":1}"""))
                .hasStatus(409);

        assertThat(texts()).containsExactly("Grease it.");
    }

    @Test
    void staysWhereAnotherDeviceHasWrittenMore() {
        var saved = save("REPLY", null, "Grease it.", null);
        save("REPLY", etag(saved), "Grease it. And the bolts", null);

        assertThat(send("REPLY", "Grease it.", "?draft=" + version(saved))).hasStatus(201);

        assertThat(texts()).containsExactly("Grease it. And the bolts");
    }

    @Test
    void staysWhereThePageOfTheReleaseBeforeSends() {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        save("REPLY", null, "Grease it.", null, upload);

        assertThat(send("REPLY", "Grease it.", "", upload)).hasStatus(201);

        var left = http.get(dana, "/api/v1/drafts");
        assertThat(text(left, "$.drafts[0].text")).isEqualTo("Grease it.");
        // The file is the message's by now, and could not be sent again.
        assertThat(text(left, "$.drafts[0].attachments.length()")).isEqualTo("0");
    }

    @Test
    void isNotShownToWhoLostTheTicketAndComesBackWithIt() {
        var saved = save("REPLY", null, "Grease it.", null);
        jdbc.sql("update ticket set team_id = :team where number = :number")
                .param("team", warehouse)
                .param("number", number)
                .update();

        assertThat(texts()).isEmpty();
        assertThat(http.get(dana, drafts())).hasStatus(404);
        assertThat(save("REPLY", etag(saved), "More", null)).hasStatus(404);
        assertThat(discard("REPLY", etag(saved))).hasStatus(404);

        jdbc.sql("update ticket set team_id = :team where number = :number")
                .param("team", desk.theDefaultTeam())
                .param("number", number)
                .update();
        assertThat(texts()).containsExactly("Grease it.");
    }

    @Test
    void takesNoMoreThanAMessageWould() {
        assertThat(save("REPLY", null, "ä".repeat(50_000), null)).hasStatusOk();
        assertThat(save("NOTE", null, "x".repeat(50_001), null))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("text");
        var ids =
                Stream.generate(UUID::randomUUID).limit(11).map(UUID::toString).toArray(String[]::new);
        assertThat(save("NOTE", null, "x", null, ids)).hasStatus(400);
        assertThat(save("NOTE", null, "x", null, ids[0])).hasStatus(400);
        var of = text(http.upload(emil, "secret.txt", new byte[] {1}), "$.id");
        assertThat(save("NOTE", null, "x", null, of)).hasStatus(400);
        var own = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        assertThat(save("NOTE", null, "x", null, own, own)).hasStatus(400);
        assertThat(texts()).hasSize(1);
    }

    @Test
    void listsTheNewestAndSaysWhereThereAreMore() {
        var version = save("REPLY", null, "x".repeat(50_000), null);
        assertThat(version).hasStatusOk();
        for (var i = 0; i < 20; i++) {
            var ticket = aTicket("Long " + i);
            assertThat(save(ticket, "REPLY", "y".repeat(50_000))).hasStatusOk();
        }

        var listed = http.get(dana, "/api/v1/drafts");

        assertThat(text(listed, "$.drafts.length()")).isEqualTo("20");
        assertThat(text(listed, "$.isComplete")).isEqualTo("false");
        assertThat(text(listed, "$.drafts[*].ticketNumber")).doesNotContain(Long.toString(number));
    }

    @Test
    void keepsItsFilesFromBeingForgotten() {
        var kept = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        var removed = text(http.upload(dana, "wheel.txt", new byte[] {1}), "$.id");
        var first = save("REPLY", null, "See the files", null, removed, kept);
        assertThat(text(http.get(dana, drafts()), "$.drafts[0].attachments[*].id"))
                .isEqualTo("[\"" + removed + "\",\"" + kept + "\"]");
        var second = save("REPLY", etag(first), "See the file", null, kept);
        clock.advance(Duration.ofDays(3));

        jobs.runDue();

        assertThat(text(http.get(dana, drafts()), "$.drafts[0].attachments[*].id"))
                .isEqualTo("[\"" + kept + "\"]");
        assertThat(http.get(dana, "/api/v1/attachments/" + removed)).hasStatus(404);
        assertThat(send("REPLY", "See the file", "?draft=" + version(second), kept))
                .hasStatus(201);
    }

    @Test
    void isForgottenAfterNinetyDaysWithItsFiles() {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        save("REPLY", null, "See the file", null, upload);
        clock.advance(Duration.ofDays(60));
        save("NOTE", null, "Younger", null);
        clock.advance(Duration.ofDays(31));

        // The files wait for the next round of their own job.
        jobs.runDue();
        jobs.runDue();

        assertThat(texts()).containsExactly("Younger");
        assertThat(http.get(dana, "/api/v1/attachments/" + upload)).hasStatus(404);
    }

    @Test
    void costsTheSameHoweverManyThereAre(@Autowired StatementCounter statements) {
        save("REPLY", null, "One", null);
        var forOne = statements.statementsOf(() -> http.get(dana, "/api/v1/drafts"));
        save("NOTE", null, "Two", null, text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id"));

        assertThat(statements.statementsOf(() -> http.get(dana, "/api/v1/drafts")))
                .isEqualTo(forOne)
                .hasSize(1);
    }

    private MvcTestResult save(
            String kind, @Nullable String etag, String text, @Nullable Long begunAfter, String... attachments) {
        var ids = Stream.of(attachments).map(id -> '"' + id + '"').toList();
        return http.change(
                HttpMethod.PUT,
                dana,
                drafts() + "/" + kind,
                etag == null ? "\"0\"" : etag,
                "{\"text\":\"%s\",\"attachmentIds\":%s,\"begunAfter\":%s}".formatted(text, ids, begunAfter));
    }

    private MvcTestResult save(long ticket, String kind, String text) {
        return http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/" + ticket + "/drafts/" + kind,
                "\"0\"",
                "{\"text\":\"%s\",\"attachmentIds\":[]}".formatted(text));
    }

    private MvcTestResult discard(String kind, String etag) {
        return http.change(HttpMethod.DELETE, dana, drafts() + "/" + kind, etag, "");
    }

    private MvcTestResult send(String kind, String text, String query, String... attachments) {
        var ids = Stream.of(attachments).map(id -> '"' + id + '"').toList();
        var seen = jdbc.sql("select max(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
        return kind.equals("REPLY")
                ? http.post(
                        dana,
                        "/api/v1/tickets/" + number + "/replies" + query,
                        "{\"body\":\"%s\",\"attachmentIds\":%s,\"lastSeenMessageId\":%d}".formatted(text, ids, seen))
                : http.post(
                        dana,
                        "/api/v1/tickets/" + number + "/notes" + query,
                        "{\"body\":\"%s\",\"attachmentIds\":%s}".formatted(text, ids));
    }

    private static long version(MvcTestResult saved) {
        return Long.parseLong(text(saved, "$.version"));
    }

    private List<String> texts() {
        return JsonPath.read(Http.body(http.get(dana, "/api/v1/drafts")), "$.drafts[*].text");
    }

    private String drafts() {
        return "/api/v1/tickets/" + number + "/drafts";
    }

    private long aTicket(String subject) {
        return Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                {"subject":"%s","body":"On every bump.","attachmentIds":[]}""".formatted(subject)), "$.number"));
    }
}
