package io.tealdesk.conversations;

import static io.tealdesk.Http.body;
import static io.tealdesk.Http.etag;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
class ScheduledRepliesTests {

    private static final Duration WINDOW = Duration.ofSeconds(8);

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestJobs jobs;

    @Autowired
    SentMails mails;

    @Autowired
    MutableClock clock;

    @Autowired
    ScheduledReplySender sender;

    @Autowired
    TransactionTemplate transaction;

    private Http http;
    private Viewer dana;
    private Viewer emil;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        emil = desk.anAgent("Emil", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        number = aTicket("Trailer squeaks");
    }

    @Test
    void holdsAReplyForAMomentAndThenSendsIt() {
        var held = held("Grease the axle.", ",\"thenStatus\":\"WAITING_ON_CUSTOMER\"");
        assertThat(held).hasStatus(201);
        assertThat(text(held, "$.timing")).isEqualTo("HELD");

        clock.advance(WINDOW.minusMillis(500));
        runJobs();
        assertThat(replies()).isEmpty();
        assertThat(mailsToInes()).isEmpty();
        assertThat(text(ticket(), "$.status")).isEqualTo("OPEN");
        assertThat(portal()).doesNotContain("Grease");

        clock.advance(Duration.ofSeconds(1));
        runJobs();
        assertThat(replies()).containsExactly("Grease the axle.");
        assertThat(mailsToInes()).singleElement().asString().contains("Grease the axle.");
        assertThat(text(ticket(), "$.status")).isEqualTo("WAITING_ON_CUSTOMER");
        assertThat(portal()).contains("Grease");
        assertThat(waiting(dana)).isEqualTo("[]");

        runJobs();
        assertThat(replies()).hasSize(1);
        assertThat(mailsToInes()).hasSize(1);
    }

    @Test
    void givesBackWhatIsUndoneAndSendsNothing() {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        var held = http.post(dana, uri(), """
                        {"body":"Grease *it*.","attachmentIds":["%s"],"lastSeenMessageId":%d,
                         "thenStatus":"RESOLVED"}""".formatted(upload, newestMessage()));

        var undone = withdraw(dana, id(held));

        assertThat(undone).hasStatusOk();
        assertThat(text(undone, "$.state")).isEqualTo("WITHDRAWN");
        assertThat(text(undone, "$.content.text")).isEqualTo("Grease *it*.");
        assertThat(text(undone, "$.content.thenStatus")).isEqualTo("RESOLVED");
        assertThat(text(undone, "$.content.attachments[0].id")).isEqualTo(upload);
        // An answer that was lost is asked for again.
        assertThat(body(withdraw(dana, id(held)))).isEqualTo(body(undone));

        clock.advance(Duration.ofHours(1));
        runJobs();
        assertThat(replies()).isEmpty();
        assertThat(mailsToInes()).isEmpty();
        assertThat(text(ticket(), "$.status")).isEqualTo("OPEN");

        // With the same file, another time.
        assertThat(http.post(dana, uri(), """
                        {"body":"Oil it.","attachmentIds":["%s"],"lastSeenMessageId":%d}""".formatted(upload, newestMessage())))
                .hasStatus(201);
        clock.advance(WINDOW);
        runJobs();
        assertThat(replies()).containsExactly("Oil it.");
    }

    @Test
    void tellsThatItIsTooLateToUndo() {
        var held = held("Grease the axle.", "");
        clock.advance(WINDOW);
        runJobs();

        assertThat(withdraw(dana, id(held)))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/already-sent");
        assertThat(replies()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 30})
    void holdsAsLongAsItsAuthorWantsIt(int seconds) {
        assertThat(writes("{\"undoSeconds\":%d,\"takesOnReply\":true,\"afterDone\":\"STAY\"}".formatted(seconds)))
                .hasStatus(204);
        assertThat(text(http.get(dana, "/api/v1/me"), "$.writing.undoSeconds")).isEqualTo("" + seconds);
        clock.stopAt(clock.instant());
        held("Grease the axle.", "");

        if (seconds > 0) {
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            runJobs();
            assertThat(replies()).isEmpty();
            clock.advance(Duration.ofMillis(1));
        }
        runJobs();
        assertThat(replies()).hasSize(1);
    }

    @Test
    void refusesAWindowThatIsNotOffered() {
        assertThat(writes("{\"undoSeconds\":7,\"takesOnReply\":true,\"afterDone\":\"STAY\"}"))
                .hasStatus(400);
    }

    @Test
    void isStoppedWhereSomebodyWroteBefore() {
        var seen = newestMessage();
        answered("Never mind.");

        assertThat(http.post(dana, uri(), json("Grease the axle.", seen, "")))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/newer-messages");
    }

    /** Without the moment it would have gone out before; but what the customer wrote in it is not put out of sight. */
    @Test
    void crossesWhatTheCustomerWritesInThatMoment() {
        held("Grease the axle.", ",\"thenStatus\":\"RESOLVED\"");
        answered("It also smells.");
        clock.advance(WINDOW);
        runJobs();

        assertThat(replies()).containsExactly("Grease the axle.");
        assertThat(text(ticket(), "$.lane")).isEqualTo("TO_DO");
    }

    @Test
    void comesBackWhereAColleagueWasFaster() {
        held("Grease the axle.", "");
        assertThat(replied(emil, "Oil it.")).hasStatus(201);
        clock.advance(WINDOW);
        runJobs();

        assertThat(replies()).containsExactly("Oil it.");
        assertThat(text(http.get(dana, uri()), "$[0].returnedBecause")).isEqualTo("NEWER_MESSAGES");
        assertThat(text(http.get(dana, uri()), "$[0].content.text")).isEqualTo("Grease the axle.");
        assertThat(waiting(emil)).isEqualTo("[]");
    }

    @Test
    void sendsAtTheTimeThatWasChosen() {
        assertThat(scheduled(Duration.ofHours(12), "Does it still squeak?", ""))
                .hasStatus(201)
                .bodyJson()
                .extractingPath("$.timing")
                .isEqualTo("SCHEDULED");
        clock.advance(Duration.ofHours(12).minusSeconds(5));
        runJobs();
        assertThat(replies()).isEmpty();

        clock.advance(Duration.ofSeconds(5));
        runJobs();
        assertThat(replies()).containsExactly("Does it still squeak?");
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 0, 367L * 86_400})
    void refusesATimeThatDoesNotLieAhead(long seconds) {
        clock.stopAt(clock.instant());
        assertThat(scheduled(Duration.ofSeconds(seconds), "Does it still squeak?", ""))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("sendAt");
    }

    @Test
    void comesBackWhereTheCustomerWroteMeanwhileAndGoesOutOnPurpose() {
        scheduled(Duration.ofHours(12), "Does it still squeak?", "");
        var seen = newestMessage();
        answered("It is silent now.");
        clock.advance(Duration.ofHours(12));
        runJobs();
        assertThat(replies()).isEmpty();
        var own = http.get(dana, "/api/v1/scheduled-replies");
        assertThat(text(own, "$[0].state")).isEqualTo("RETURNED");
        assertThat(text(own, "$[0].returnedBecause")).isEqualTo("NEWER_MESSAGES");
        assertThat(text(own, "$[0].subject")).isEqualTo("Trailer squeaks");

        // Not without having seen it.
        assertThat(changeTime(dana, text(own, "$[0].id"), seen)).hasStatus(409);
        assertThat(changeTime(dana, text(own, "$[0].id"), newestMessage())).hasStatusOk();
        runJobs();
        assertThat(replies()).containsExactly("Does it still squeak?");
    }

    @Test
    void goesOutAnywayWhereItsAuthorSaidSo() {
        scheduled(Duration.ofHours(12), "We are closed tomorrow.", ",\"sendAnyway\":true,\"thenStatus\":\"RESOLVED\"");
        answered("It is silent now.");
        clock.advance(Duration.ofHours(12));
        runJobs();

        assertThat(replies()).containsExactly("We are closed tomorrow.");
        assertThat(text(ticket(), "$.lane")).isEqualTo("TO_DO");
    }

    @Test
    void comesBackWhereTheTicketIsDoneUnlessItWasBefore() {
        scheduled(Duration.ofHours(12), "Does it still squeak?", "");
        closed();
        clock.advance(Duration.ofHours(12));
        runJobs();
        assertThat(replies()).isEmpty();
        assertThat(text(http.get(dana, uri()), "$[0].returnedBecause")).isEqualTo("TICKET_DONE");

        scheduled(Duration.ofDays(7), "Is all still well?", "");
        clock.advance(Duration.ofDays(7));
        runJobs();
        assertThat(replies()).containsExactly("Is all still well?");
    }

    @Test
    void comesBackWhereItsAuthorMayNotSeeTheTicketAnyMore() {
        scheduled(Duration.ofHours(12), "Does it still squeak?", "");
        jdbc.sql("update ticket set team_id = :team")
                .param("team", desk.aTeam("Warehouse"))
                .update();
        clock.advance(Duration.ofHours(12));
        runJobs();

        assertThat(replies()).isEmpty();
        assertThat(http.get(dana, uri())).hasStatus(404);
        var own = http.get(dana, "/api/v1/scheduled-replies");
        assertThat(text(own, "$[0].returnedBecause")).isEqualTo("NOT_ALLOWED");
        assertThat(text(own, "$[0].content.text")).isEqualTo("Does it still squeak?");
        assertThat(own).bodyJson().doesNotHavePath("$[0].subject");
        assertThat(withdraw(dana, text(own, "$[0].id"))).hasStatusOk();
    }

    @Test
    void goesToTheColleaguesWhereItsAuthorHasLeft() {
        scheduled(Duration.ofHours(12), "Does it still squeak?", "");
        assertThat(http.get(emil, uri())).bodyJson().doesNotHavePath("$[0].content");
        jdbc.sql("update person set deactivated_at = now() where id = :id")
                .param("id", dana.personId())
                .update();
        clock.advance(Duration.ofHours(12));
        runJobs();

        assertThat(replies()).isEmpty();
        var seen = http.get(emil, uri());
        assertThat(text(seen, "$[0].returnedBecause")).isEqualTo("AUTHOR_LEFT");
        assertThat(text(seen, "$[0].content.text")).isEqualTo("Does it still squeak?");
        assertThat(text(withdraw(emil, text(seen, "$[0].id")), "$.content.text"))
                .isEqualTo("Does it still squeak?");
        assertThat(waiting(emil)).isEqualTo("[]");
    }

    @Test
    void goesOutThoughTheTicketIsAnothersByNow() {
        scheduled(Duration.ofHours(12), "Does it still squeak?", ",\"thenStatus\":\"WAITING_ON_CUSTOMER\"");
        var assigned = http.change(
                HttpMethod.PUT,
                emil,
                "/api/v1/tickets/%d/assignment".formatted(number),
                etag(ticket()),
                "{\"assigneeId\":\"%s\"}".formatted(emil.personId()));
        assertThat(assigned).hasStatusOk();
        clock.advance(Duration.ofHours(12));
        runJobs();

        assertThat(replies()).hasSize(1);
        assertThat(text(ticket(), "$.status")).isEqualTo("WAITING_ON_CUSTOMER");
    }

    @Test
    void isCancelledAndRestored() {
        var id = id(scheduled(Duration.ofHours(12), "Does it still squeak?", ""));
        withdraw(dana, id);
        assertThat(waiting(dana)).isEqualTo("[]");

        assertThat(http.change(HttpMethod.DELETE, dana, withdrawal(id), null, ""))
                .hasStatusOk();
        clock.advance(Duration.ofHours(12));
        runJobs();
        assertThat(replies()).hasSize(1);
    }

    @Test
    void remindsWhereTheCustomerDoesNotAnswer() {
        var until = clock.instant().plus(Duration.ofDays(3));
        held("Grease the axle.", ",\"thenStatus\":\"WAITING_ON_CUSTOMER\",\"remindAt\":\"%s\"".formatted(until));
        assertThat(ticket()).bodyJson().doesNotHavePath("$.snooze");
        clock.advance(WINDOW);
        runJobs();
        assertThat(text(ticket(), "$.snooze.until")).startsWith(until.toString().substring(0, 19));
    }

    @Test
    void isSentOnceHoweverManySend() throws Exception {
        for (int i = 0; i < 30; i++) {
            held(
                    "Reply %d.".formatted(i),
                    i % 2 == 0 ? "" : ",\"thenStatus\":\"WAITING_ON_CUSTOMER\"",
                    aTicket("T" + i));
        }
        clock.advance(WINDOW);

        atTheSameTime(6, () -> sender.sendDue());

        assertThat(replies()).hasSize(30).doesNotHaveDuplicates();
        runJobs();
        assertThat(replies()).hasSize(30);
        assertThat(mailsToInes()).hasSize(30).doesNotHaveDuplicates();
    }

    /** What a task had begun when it died is not there at all, and another one does it. */
    @Test
    void isSentByAnotherWhereTheFirstDiesHalfWay() {
        held("Grease the axle.", "");
        clock.advance(WINDOW);

        var killed = catchThrowable(() -> transaction.executeWithoutResult(status -> {
            sender.sendDue();
            assertThat(replies()).hasSize(1);
            throw new IllegalStateException("killed before the commit");
        }));
        assertThat(killed).hasMessageContaining("killed");
        assertThat(replies()).isEmpty();

        runJobs();
        assertThat(replies()).containsExactly("Grease the axle.");
        assertThat(mailsToInes()).hasSize(1);
    }

    @Test
    void isEitherUndoneOrSentNeverBoth() throws Exception {
        for (int i = 0; i < 10; i++) {
            var before = replies().size();
            var id = id(held("Reply %d.".formatted(i), "", aTicket("T" + i)));
            clock.advance(WINDOW);
            var undone = new ArrayList<MvcTestResult>();

            try (var threads = Executors.newFixedThreadPool(2)) {
                var barrier = new CyclicBarrier(2);
                Future<MvcTestResult> undoing = threads.submit(() -> {
                    barrier.await();
                    return withdraw(dana, id);
                });
                barrier.await();
                sender.sendDue();
                undone.add(undoing.get());
            }

            var wasUndone = undone.getFirst().getResponse().getStatus() == 200;
            assertThat(replies()).hasSize(wasUndone ? before : before + 1);
        }
    }

    /** A release that cannot send, or a bug, keeps neither this reply nor the others for ever. */
    @Test
    void isTriedAgainAndThenGivenBackWhereItFails() {
        held("Grease the axle.", "");
        var other = aTicket("Another");
        held("Oil it.", "", other);
        jdbc.sql("update scheduled_reply set then_status = 'MELTED' where ticket_number = :number")
                .param("number", number)
                .update();
        clock.advance(WINDOW);
        runJobs();
        assertThat(replies()).containsExactly("Oil it.");
    }

    @Test
    void keepsItsFilesUntilItIsSent() {
        var upload = text(http.upload(dana, "axle.txt", new byte[] {1}), "$.id");
        http.post(dana, uri(), """
                        {"body":"As drawn.","attachmentIds":["%s"],"lastSeenMessageId":%d,"sendAt":"%s"}""".formatted(
                        upload, newestMessage(), clock.instant().plus(Duration.ofDays(5))));
        clock.advance(Duration.ofDays(4));
        runJobs();
        clock.advance(Duration.ofDays(1));
        runJobs();

        assertThat(text(http.get(ines, "/api/v1/portal/tickets/" + number), "$..fileName"))
                .isEqualTo("[\"axle.txt\"]");
    }

    @Test
    void endsItsDraft() {
        var saved = http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/drafts/REPLY".formatted(number),
                "\"0\"",
                "{\"text\":\"Grease the axle.\",\"attachmentIds\":[]}");
        var version = text(saved, "$.version");

        assertThat(http.post(dana, uri() + "?draft=" + version, json("Grease the axle.", newestMessage(), "")))
                .hasStatus(201);

        assertThat(text(http.get(dana, "/api/v1/drafts"), "$.drafts")).isEqualTo("[]");
    }

    @Test
    void isHeardOfByWhoeverLooksAtTheTicket() {
        var id = id(held("Grease the axle.", ""));
        withdraw(dana, id);
        assertThat(jdbc.sql("select change from live_event where ticket_number = :number order by id")
                        .param("number", number)
                        .query(String.class)
                        .list())
                .endsWith("SCHEDULED_REPLY", "SCHEDULED_REPLY");
    }

    @Test
    void isAskedForOnce() {
        var key = UUID.randomUUID().toString();
        var json = json("Grease the axle.", newestMessage(), "");
        var first = http.post(dana, uri(), key, json);
        assertThat(body(http.post(dana, uri(), key, json))).isEqualTo(body(first));
        clock.advance(WINDOW);
        runJobs();
        assertThat(replies()).hasSize(1);
    }

    @Test
    void isForgottenAWeekAfterItWentOut() {
        held("Grease the axle.", "");
        clock.advance(WINDOW);
        runJobs();
        clock.advance(ScheduledReplies.KEPT_FOR.plusMinutes(1));
        runJobs();
        assertThat(jdbc.sql("select count(*) from scheduled_reply")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(replies()).hasSize(1);
    }

    private void runJobs() {
        jobs.runDue();
        // The mails of what has just been sent.
        jobs.runDue();
    }

    private MvcTestResult held(String text, String more) {
        return held(text, more, number);
    }

    private MvcTestResult held(String text, String more, long ticket) {
        return http.post(dana, uri(ticket), json(text, newestMessage(), more));
    }

    private MvcTestResult scheduled(Duration ahead, String text, String more) {
        return held(text, ",\"sendAt\":\"%s\"%s".formatted(clock.instant().plus(ahead), more));
    }

    private static String json(String text, long lastSeen, String more) {
        return "{\"body\":\"%s\",\"attachmentIds\":[],\"lastSeenMessageId\":%d%s}".formatted(text, lastSeen, more);
    }

    private MvcTestResult writes(String json) {
        return http.change(HttpMethod.PUT, dana, "/api/v1/me/writing", null, json);
    }

    private MvcTestResult withdraw(Viewer viewer, String id) {
        return http.change(HttpMethod.PUT, viewer, withdrawal(id), null, "");
    }

    private static String withdrawal(String id) {
        return "/api/v1/scheduled-replies/" + id + "/withdrawal";
    }

    private MvcTestResult changeTime(Viewer viewer, String id, long lastSeen) {
        return http.change(
                HttpMethod.PUT,
                viewer,
                "/api/v1/scheduled-replies/" + id + "/time",
                null,
                "{\"lastSeenMessageId\":%d}".formatted(lastSeen));
    }

    private static String id(MvcTestResult reply) {
        return text(reply, "$.id");
    }

    private String uri() {
        return uri(number);
    }

    private static String uri(long ticket) {
        return "/api/v1/tickets/" + ticket + "/scheduled-replies";
    }

    private String waiting(Viewer viewer) {
        return body(http.get(viewer, uri()));
    }

    private MvcTestResult ticket() {
        return http.get(dana, "/api/v1/tickets/" + number);
    }

    private String portal() {
        return body(http.get(ines, "/api/v1/portal/tickets/" + number));
    }

    /** What staff have written to customers, on whichever ticket. */
    private List<String> replies() {
        return jdbc.sql("""
                        select m.body_markdown from message m join person p on p.id = m.author_id
                        where m.kind = 'PUBLIC_REPLY' and p.role <> 'CUSTOMER' order by m.id""").query(String.class).list();
    }

    private List<String> mailsToInes() {
        return mails.to(ines.email()).stream()
                .map(mail -> mail.subject() + mail.text())
                .filter(mail -> !mail.contains("have received"))
                .filter(mail -> !mail.contains("received your"))
                .toList();
    }

    private long newestMessage() {
        return jdbc.sql("select max(id) from message").query(Long.class).single();
    }

    private void answered(String text) {
        assertThat(http.post(
                        ines,
                        "/api/v1/portal/tickets/%d/replies".formatted(number),
                        "{\"body\":\"%s\",\"attachmentIds\":[]}".formatted(text)))
                .hasStatus(201);
    }

    private MvcTestResult replied(Viewer agent, String text) {
        return http.post(agent, "/api/v1/tickets/%d/replies".formatted(number), json(text, newestMessage(), ""));
    }

    private void closed() {
        assertThat(http.change(
                        HttpMethod.PUT, emil, "/api/v1/tickets/%d/closure".formatted(number), etag(ticket()), ""))
                .hasStatusOk();
    }

    private long aTicket(String subject) {
        return Long.parseLong(text(
                http.post(
                        ines,
                        "/api/v1/portal/tickets",
                        "{\"subject\":\"%s\",\"body\":\"On every bump.\",\"attachmentIds\":[]}".formatted(subject)),
                "$.number"));
    }

    private static void atTheSameTime(int times, Runnable work) throws Exception {
        var barrier = new CyclicBarrier(times);
        try (var threads = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < times; i++) {
                results.add(threads.submit(() -> {
                    barrier.await();
                    work.run();
                    return null;
                }));
            }
            for (var result : results) {
                result.get();
            }
        }
    }
}
