package io.tealdesk.tickets;

import static io.tealdesk.Http.body;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import io.tealdesk.reporting.TestRollUps;
import io.tealdesk.search.TestSearchIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** Tickets that become part of another, and what they were again. */
@DeskTest
class TicketMergesTests {

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
    TestSearchIndex searchIndex;

    @Autowired
    SentMails mails;

    private Http http;
    private UUID billing;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;
    private Viewer ines;
    private Viewer jonas;

    @BeforeEach
    void people() {
        http = new Http(mvc);
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        finn = desk.anAgent("Finn", billing);
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines");
        jonas = desk.aCustomer("Jonas");
    }

    @Test
    void theOldNumberLeadsToTheTarget() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");

        var merge = merge(dana, first, second);

        assertThat(merge).hasStatus(201);
        assertThat(text(merge, "$.merged")).isEqualTo("[" + second + "]");
        assertThat(text(ticket(dana, second), "$.mergedInto")).isEqualTo(Long.toString(first));
        assertThat(text(ticket(dana, second), "$.status")).isEqualTo("CLOSED");
        assertThat(messages(dana, first))
                .containsExactly("Ines: Trailer squeaks", "Ines: It squeaks again from " + second);
        assertThat(history(second)).endsWith("Dana STATUS OPEN CLOSED", "Dana MERGED_INTO null " + first);
        assertThat(history(first)).endsWith("Dana MERGED null " + second);
        assertThat(text(http.get(dana, "/api/v1/tickets/{number}/merged", first), "$[0].number"))
                .isEqualTo(Long.toString(second));
        searchIndex.bringUpToDate();
        assertThat(text(http.get(dana, "/api/v1/search?q={number}", second), "$.items[0].mergedInto"))
                .isEqualTo(Long.toString(first));
    }

    @Test
    void refusesEveryChangeOfAMergedTicketAndSaysWhereItWent() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");
        merge(dana, first, second);
        var uri = "/api/v1/tickets/" + second;

        assertThat(List.of(
                        http.change(
                                HttpMethod.PUT, dana, uri + "/priority", version(second), "{\"priority\":\"HIGH\"}"),
                        http.change(HttpMethod.DELETE, dana, uri + "/closure", version(second), ""),
                        http.post(dana, uri + "/notes", "{\"body\":\"B\",\"attachmentIds\":[]}"),
                        http.post(
                                dana,
                                uri + "/replies",
                                "{\"body\":\"B\",\"attachmentIds\":[],\"lastSeenMessageId\":0}"),
                        merge(dana, asked(ines, "A third"), second),
                        merge(dana, second, asked(ines, "A fourth"))))
                .allSatisfy(refused -> {
                    assertThat(refused).hasStatus(409);
                    assertThat(text(refused, "$.type")).isEqualTo("/problems/ticket-merged");
                    assertThat(text(refused, "$.mergedInto")).isEqualTo(Long.toString(first));
                });
    }

    @Test
    void whatACustomerWritesOnTheOldNumberLandsOnTheTarget() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");
        reply(dana, first, "Try oil.", "WAITING_ON_CUSTOMER");
        merge(dana, first, second);
        assertThat(text(ticket(dana, first), "$.status")).isEqualTo("OPEN");
        reply(dana, first, "Try grease.", "WAITING_ON_CUSTOMER");

        assertThat(replyInPortal(ines, second, "Grease helped.")).hasStatus(201);

        assertThat(messages(dana, first)).endsWith("Ines: Grease helped.");
        assertThat(text(ticket(dana, first), "$.status")).isEqualTo("OPEN");
        var portal = http.get(ines, "/api/v1/portal/tickets/" + second);
        assertThat(text(portal, "$.mergedInto")).isEqualTo(Long.toString(first));
        assertThat(text(http.get(ines, "/api/v1/portal/tickets/" + first), "$.messages[*].fromTicket"))
                .isEqualTo("[" + second + "]");
        assertThat(text(http.get(ines, "/api/v1/portal/tickets"), "$.items[*].number"))
                .isEqualTo("[" + first + "]");
        assertThat(text(http.get(ines, "/api/v1/portal/tickets?state=DONE"), "$.items"))
                .isEqualTo("[]");
    }

    @Test
    void aCustomerClosesTheTargetByTheOldNumber() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");
        merge(dana, first, second);

        assertThat(http.change(HttpMethod.PUT, ines, "/api/v1/portal/tickets/" + second + "/closure", null, ""))
                .hasStatusOk();

        assertThat(text(ticket(dana, first), "$.status")).isEqualTo("CLOSED");
        assertThat(text(ticket(dana, second), "$.mergedInto")).isEqualTo(Long.toString(first));
    }

    @Test
    void differentPeopleAreMergedOnlyWhenThatIsMeant() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(jonas, "Mine too");

        var refused = merge(dana, first, second);

        assertThat(refused).hasStatus(409);
        assertThat(text(refused, "$.type")).isEqualTo("/problems/other-requesters");
        assertThat(text(refused, "$.requesters[0].requester.name")).isEqualTo("Jonas");
        assertThat(history(first)).hasSize(1);
        assertThat(mergeOfOthers(dana, first, second)).hasStatus(201);
    }

    @Test
    void nobodyReadsWhatSomebodyElseWroteThroughAMerge() {
        var first = asked(ines, "Trailer squeaks");
        var file = attached(jonas);
        var second = asked(jonas, "Mine too", file);
        mergeOfOthers(dana, first, second);
        jobs.runDue();
        var mailsToJonas = mails.to("jonas@tealdesk.test").size();

        reply(dana, first, "For Ines alone.", "WAITING_ON_CUSTOMER");
        assertThat(replyInPortal(jonas, second, "Any news for me?")).hasStatus(201);
        jobs.runDue();

        assertThat(messages(dana, first)).endsWith("Dana: For Ines alone.", "Jonas: Any news for me? from " + second);
        assertThat(text(ticket(dana, first), "$.lane")).isEqualTo("TO_DO");
        assertThat(body(http.get(ines, "/api/v1/portal/tickets/" + first))).doesNotContain("Jonas", "Mine too", "news");
        assertThat(http.get(ines, "/api/v1/portal/tickets/" + second)).hasStatus(404);
        assertThat(http.get(ines, "/api/v1/attachments/" + file)).hasStatus(404);
        assertThat(http.get(dana, "/api/v1/attachments/" + file)).hasStatusOk();
        assertThat(mails.to("jonas@tealdesk.test")).hasSize(mailsToJonas);
        assertThat(http.get(jonas, "/api/v1/portal/tickets/" + first)).hasStatus(404);
        var ofJonas = http.get(jonas, "/api/v1/portal/tickets/" + second);
        assertThat(body(ofJonas)).contains("Mine too", "Any news for me?").doesNotContain("Ines");
        assertThat(ofJonas).bodyJson().doesNotHavePath("$.mergedInto");
        assertThat(text(ofJonas, "$.canReply")).isEqualTo("true");
        assertThat(text(ofJonas, "$.canClose")).isEqualTo("false");
        assertThat(text(http.get(jonas, "/api/v1/portal/tickets"), "$.items[*].number"))
                .isEqualTo("[" + second + "]");
        assertThat(http.change(HttpMethod.PUT, jonas, "/api/v1/portal/tickets/" + second + "/closure", null, ""))
                .hasStatus(409);
    }

    @Test
    void filesAreReadByWhoeverReadsTheTarget() {
        var first = asked(ines, "Trailer squeaks");
        var file = attached(ines);
        var second = asked(ines, "It squeaks again", file);
        http.change(
                HttpMethod.PUT,
                ada,
                "/api/v1/tickets/" + first + "/team",
                version(first),
                "{\"teamId\":\"" + billing + "\"}");
        assertThat(http.get(finn, "/api/v1/attachments/" + file)).hasStatus(404);

        merge(ada, first, second);

        assertThat(http.get(finn, "/api/v1/attachments/" + file)).hasStatusOk();
        assertThat(messages(finn, first)).hasSize(2);
        assertThat(ticket(finn, second)).hasStatus(404);
    }

    @Test
    void oneThatWasChangedMeanwhileIsNotMerged() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");
        var third = asked(ines, "And again");
        var stale = seen(second);
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/" + second + "/priority",
                version(second),
                "{\"priority\":\"HIGH\"}");

        var refused = http.post(dana, "/api/v1/ticket-merges", """
                {"target":%s,"tickets":[%s,%s]}""".formatted(seen(first), stale, seen(third)));

        assertThat(refused).hasStatus(412);
        assertThat(text(refused, "$.ticket")).isEqualTo(Long.toString(second));
        assertThat(text(ticket(dana, third), "$.status")).isEqualTo("OPEN");
        assertThat(history(first)).hasSize(1);
    }

    @Test
    void aHundredAreMergedInOneGoAndRepeatedByTheSameKeyOnce() {
        var first = asked(ines, "Trailer squeaks");
        var others = Stream.generate(() -> asked(ines, "Squeak")).limit(100).toList();
        var request = """
                {"target":%s,"tickets":[%s]}""".formatted(seen(first), others.stream().map(this::seen).collect(Collectors.joining(",")));
        var key = UUID.randomUUID().toString();

        var merge = http.post(dana, "/api/v1/ticket-merges", key, request);
        var again = http.post(dana, "/api/v1/ticket-merges", key, request);

        assertThat(merge).hasStatus(201);
        assertThat(body(again)).isEqualTo(body(merge));
        assertThat(messages(dana, first)).hasSize(101);
        assertThat(history(first)).hasSize(101);
        assertThat(undo(dana, text(merge, "$.id"))).hasStatusOk();
        assertThat(messages(dana, first)).hasSize(1);
    }

    @Test
    void undoSaysWhatCouldNotBeBroughtBack() {
        var first = asked(ines, "Trailer squeaks");
        reply(dana, first, "Try oil.", "WAITING_ON_CUSTOMER");
        var second = asked(ines, "It squeaks again");
        var third = asked(ines, "And again");
        var merge = text(merge(dana, first, second, third), "$.id");
        // As the release before does, which knows no merging.
        jdbc.sql("update ticket set status = 'OPEN', version = version + 1 where number = :number")
                .param("number", third)
                .update();
        reply(dana, first, "Written since.", "WAITING_ON_THIRD_PARTY");

        var undone = undo(dana, merge);

        assertThat(text(undone, "$.restored")).isEqualTo("[" + second + "]");
        assertThat(text(undone, "$.left[*].number")).isEqualTo("[" + third + "]");
        assertThat(text(undone, "$.left[*].reason")).isEqualTo("[\"CHANGED_MEANWHILE\"]");
        assertThat(text(ticket(dana, second), "$.status")).isEqualTo("OPEN");
        assertThat(messages(dana, first)).endsWith("Dana: Written since.").doesNotContain("Ines: And again");
        assertThat(text(ticket(dana, first), "$.status")).isEqualTo("WAITING_ON_THIRD_PARTY");
        // Said twice, nothing more happens.
        var events = history(first);
        assertThat(undo(dana, merge)).hasStatusOk();
        assertThat(history(first)).isEqualTo(events);
    }

    /** What the release before reopens is one of its own again, and may be merged and changed. */
    @Test
    void survivesWhatTheReleaseBeforeWrites() {
        var first = asked(ines, "Trailer squeaks");
        var second = asked(ines, "It squeaks again");
        merge(dana, first, second);
        jdbc.sql("update ticket set status = 'OPEN', resolved_at = null, version = version + 1 where number = :number")
                .param("number", second)
                .update();

        assertThat(ticket(dana, second)).bodyJson().doesNotHavePath("$.mergedInto");
        assertThat(messages(dana, first)).hasSize(1);
        assertThat(merge(dana, second, first)).hasStatus(201);
        assertThat(messages(dana, second)).hasSize(2);
        assertThat(http.change(HttpMethod.PUT, dana, "/api/v1/tickets/" + second + "/closure", version(second), ""))
                .hasStatusOk();
        assertThat(ticket(dana, second)).bodyJson().doesNotHavePath("$.mergedInto");
    }

    /** Random sets are merged, also one into another, and undone in the reverse order: all is what it was. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void undoBringsEverythingBack(long seed) {
        var random = new Random(seed);
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            numbers.add(aRandomTicket(random, i));
        }
        TestRollUps.rebuild(jdbc);
        searchIndex.bringUpToDate();
        var states = new ArrayDeque<Map<Long, String>>();
        var merges = new ArrayDeque<String>();

        for (int round = 0; round < 5; round++) {
            var free = new ArrayList<>(numbers.stream()
                    .filter(number -> !body(ticket(ada, number)).contains("mergedInto"))
                    .toList());
            if (free.size() < 2) {
                break;
            }
            Collections.shuffle(free, random);
            states.push(state(numbers));
            var some = free.subList(1, 2 + random.nextInt(Math.min(4, free.size() - 1)));
            clock.advance(Duration.ofMinutes(random.nextInt(90)));
            merges.push(text(mergeOfOthers(ada, free.getFirst(), some.toArray(Long[]::new)), "$.id"));
            assertThat(messages(ada, free.getFirst()).size()).isGreaterThan(some.size());
            searchIndex.bringUpToDate();
            TestRollUps.requireTrue(jdbc);
        }
        assertThat(merges).isNotEmpty();
        while (!merges.isEmpty()) {
            clock.advance(Duration.ofMinutes(random.nextInt(90)));
            assertThat(text(undo(ada, merges.pop()), "$.left")).isEqualTo("[]");
            searchIndex.bringUpToDate();
            assertThat(state(numbers)).isEqualTo(states.pop());
            TestRollUps.requireTrue(jdbc);
        }
    }

    @Test
    void undoneInAnyOrderTheLastWordIsRight() {
        var first = asked(ines, "Trailer squeaks");
        clock.advance(Duration.ofHours(1));
        var second = asked(ines, "It squeaks again");
        clock.advance(Duration.ofHours(1));
        var third = asked(ines, "And again");
        var before = state(List.of(first, second, third));
        var one = text(merge(dana, first, second), "$.id");
        var two = text(merge(dana, first, third), "$.id");

        undo(dana, one);
        undo(dana, two);

        assertThat(state(List.of(first, second, third))).isEqualTo(before);
    }

    /** Each is applied to the ticket as it was, or refused; nothing is lost or done twice. */
    @Test
    void aMergeAgainstWhatOthersDoAtTheSameMoment() throws Exception {
        for (int round = 0; round < 6; round++) {
            var first = asked(ines, "Trailer squeaks");
            var second = asked(ines, "It squeaks again");
            var seenFirst = version(first);
            var seenSecond = version(second);
            var mergeRequest = """
                    {"target":%s,"tickets":[%s]}""".formatted(seen(first), seen(second));
            var reverseRequest = """
                    {"target":%s,"tickets":[%s]}""".formatted(seen(second), seen(first));

            var answers = atOnce(List.of(
                    () -> http.post(dana, "/api/v1/ticket-merges", mergeRequest),
                    () -> http.post(ada, "/api/v1/ticket-merges", reverseRequest),
                    () -> http.change(
                            HttpMethod.PUT,
                            ada,
                            "/api/v1/tickets/" + second + "/priority",
                            seenSecond,
                            "{\"priority\":\"HIGH\"}"),
                    () -> http.change(
                            HttpMethod.PUT,
                            ada,
                            "/api/v1/tickets/" + first + "/tags",
                            seenFirst,
                            "{\"tags\":[\"noisy\"]}"),
                    () -> replyInPortal(ines, second, "Still squeaking."),
                    () -> http.post(
                            dana,
                            "/api/v1/tickets/" + second + "/notes",
                            "{\"body\":\"A note\",\"attachmentIds\":[]}")));

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.getResponse().getStatus()).isIn(200, 201, 409, 412));
            var isMerged = List.of(first, second).stream()
                    .filter(number -> body(ticket(ada, number)).contains("mergedInto"))
                    .toList();
            assertThat(isMerged).hasSizeLessThanOrEqualTo(1);
            // Every message is where one of the two is read, exactly once.
            var root = isMerged.contains(first) ? second : first;
            var all = isMerged.isEmpty()
                    ? Stream.concat(messages(ada, first).stream(), messages(ada, second).stream())
                            .toList()
                    : messages(ada, root);
            var written = answers.subList(4, 6).stream()
                    .filter(answer -> answer.getResponse().getStatus() == 201)
                    .count();
            assertThat(all).hasSize((int) (2 + written));
        }
    }

    private long aRandomTicket(Random random, int index) {
        var who = List.of(ines, jonas).get(random.nextInt(2));
        var number = asked(who, "Squeak " + index);
        clock.advance(Duration.ofMinutes(1 + random.nextInt(60)));
        if (random.nextInt(3) > 0) {
            reply(
                    ada,
                    number,
                    "Answer " + index,
                    List.of("IN_PROGRESS", "WAITING_ON_CUSTOMER", "RESOLVED", "CANCELLED", "CLOSED")
                            .get(random.nextInt(5)));
        }
        var isDone = text(ticket(ada, number), "$.lane").equals("DONE");
        if (!isDone && random.nextInt(2) == 0) {
            http.change(
                    HttpMethod.PUT,
                    ada,
                    "/api/v1/tickets/" + number + "/snooze",
                    version(number),
                    random.nextBoolean()
                            ? "{}"
                            : "{\"until\":\"" + clock.instant().plus(Duration.ofDays(20)) + "\"}");
        }
        if (random.nextInt(3) == 0) {
            http.change(
                    HttpMethod.PUT,
                    ada,
                    "/api/v1/tickets/" + number + "/assignment",
                    version(number),
                    "{\"assigneeId\":\"" + dana.personId() + "\"}");
        }
        return number;
    }

    /** All that a merge may touch and its undoing has to bring back. */
    private Map<Long, String> state(List<Long> numbers) {
        var state = new TreeMap<Long, String>();
        for (var number : numbers) {
            state.put(
                    number,
                    String.join(
                                    "\n",
                                    jdbc.sql("""
                                            select (to_jsonb(t) - 'version' - 'updated_at')::text from ticket t
                                            where number = :number""")
                                            .param("number", number)
                                            .query(String.class)
                                            .list())
                            + messages(ada, number)
                            + jdbc.sql("select words::text from ticket_search where ticket_number = :number")
                                    .param("number", number)
                                    .query(String.class)
                                    .list()
                            + body(http.get(
                                    ines.personId().toString().equals(requester(number)) ? ines : jonas,
                                    "/api/v1/portal/tickets/" + number)));
        }
        return state;
    }

    private String requester(long number) {
        return text(ticket(ada, number), "$.requester.id");
    }

    private long asked(Viewer who, String subject) {
        return asked(who, subject, null);
    }

    private long asked(Viewer who, String subject, @Nullable String file) {
        return Long.parseLong(text(
                http.post(who, "/api/v1/portal/tickets", """
                        {"subject":"%s","body":"%s","attachmentIds":[%s]}""".formatted(
                                subject, subject, file == null ? "" : "\"" + file + "\"")),
                "$.number"));
    }

    private String attached(Viewer who) {
        return text(http.upload(who, "squeak.txt", "eek".getBytes(StandardCharsets.UTF_8)), "$.id");
    }

    private void reply(Viewer who, long number, String text, String thenStatus) {
        assertThat(http.post(who, "/api/v1/tickets/" + number + "/replies", """
                        {"body":"%s","attachmentIds":[],"lastSeenMessageId":1000000,"thenStatus":"%s"}""".formatted(text, thenStatus)))
                .hasStatus(201);
    }

    private MvcTestResult replyInPortal(Viewer who, long number, String text) {
        return http.post(who, "/api/v1/portal/tickets/" + number + "/replies", """
                {"body":"%s","attachmentIds":[]}""".formatted(text));
    }

    private MvcTestResult merge(Viewer who, long target, Long... others) {
        return merge(who, false, target, others);
    }

    private MvcTestResult mergeOfOthers(Viewer who, long target, Long... others) {
        return merge(who, true, target, others);
    }

    private MvcTestResult merge(Viewer who, boolean withOtherRequesters, long target, Long... others) {
        return http.post(who, "/api/v1/ticket-merges", """
                {"target":%s,"tickets":[%s],"withOtherRequesters":%s}""".formatted(
                seen(target), Stream.of(others).map(this::seen).collect(Collectors.joining(",")), withOtherRequesters));
    }

    private MvcTestResult undo(Viewer who, String id) {
        return http.change(HttpMethod.DELETE, who, "/api/v1/ticket-merges/" + id, null, "");
    }

    private String seen(long number) {
        return "{\"number\":%d,\"version\":%s}"
                .formatted(number, version(number).replace("\"", ""));
    }

    private String version(long number) {
        return Http.etag(ticket(ada, number));
    }

    private MvcTestResult ticket(Viewer who, long number) {
        return http.get(who, "/api/v1/tickets/" + number);
    }

    private List<String> messages(Viewer who, long number) {
        var answer = http.get(who, "/api/v1/tickets/" + number + "/messages");
        return IntStream.range(0, Integer.parseInt(text(answer, "$.length()")))
                .mapToObj(i -> "$[" + i + "]")
                .map(at -> text(answer, at + ".author.name") + ": " + text(answer, at + ".bodyMarkdown")
                        + all(answer, at + "..fromTicket", " from "))
                .toList();
    }

    private List<String> history(long number) {
        return jdbc.sql("""
                        select concat_ws(' ', coalesce(p.name, 'nobody'), kind, coalesce(from_value, 'null'),
                                         coalesce(to_value, 'null'))
                        from ticket_event e left join person p on p.id = e.actor_id
                        where ticket_number = :number order by e.id""").param("number", number).query(String.class).list();
    }

    private static String all(MvcTestResult answer, String path, String before) {
        return JsonPath.<List<Object>>read(body(answer), path).stream()
                .map(value -> before + value)
                .collect(Collectors.joining());
    }

    private static List<MvcTestResult> atOnce(List<Callable<MvcTestResult>> requests) throws Exception {
        var barrier = new CyclicBarrier(requests.size());
        try (var threads = Executors.newFixedThreadPool(requests.size())) {
            var answers = new ArrayList<Future<MvcTestResult>>();
            for (var request : requests) {
                answers.add(threads.submit(() -> {
                    barrier.await();
                    return request.call();
                }));
            }
            var results = new ArrayList<MvcTestResult>();
            for (var answer : answers) {
                results.add(answer.get());
            }
            return results;
        }
    }
}
