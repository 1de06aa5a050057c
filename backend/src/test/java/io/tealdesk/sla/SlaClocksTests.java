package io.tealdesk.sla;

import static io.tealdesk.Http.etag;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import io.tealdesk.outbox.OutgoingMail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

@DeskTest
class SlaClocksTests {

    /** Nine o'clock of a Monday in Berlin, in summer. */
    private static final Instant MONDAY_NINE = Instant.parse("2026-07-06T07:00:00Z");

    private static final String WEEK = """
            {'timeZone':'Europe/Berlin','holidays':[],'intervals':[
             {'day':'MONDAY','from':'09:00','to':'17:00'},{'day':'TUESDAY','from':'09:00','to':'17:00'},
             {'day':'WEDNESDAY','from':'09:00','to':'17:00'},{'day':'THURSDAY','from':'09:00','to':'17:00'},
             {'day':'FRIDAY','from':'09:00','to':'17:00'}]}""";

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
    SentMails mails;

    @Autowired
    SlaBreaches breaches;

    @Autowired
    SlaFollowing following;

    @Autowired
    SlaReckoning reckoning;

    @Autowired
    TransactionTemplate transaction;

    private Http http;
    private Viewer ada;
    private Viewer dana;
    private Viewer ines;

    @BeforeEach
    void aDeskWithBusinessHours() {
        http = new Http(mvc);
        clock.stopAt(MONDAY_NINE);
        ada = desk.anAdministrator("Ada");
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        assertThat(http.post(ada, "/api/v1/business-hours", json("{'name':'Week','hours':%s,'teamIds':[]}", WEEK)))
                .hasStatus(201);
    }

    @Test
    void countsFirstReplyNextReplyAndResolutionInBusinessHours() {
        policy(60, 120, 16 * 60);
        var number = aTicket();
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-06T08:00:00Z");
        assertThat(clock(number, "RESOLUTION")).isEqualTo("RUNNING due 2026-07-07T15:00:00Z");

        clock.advance(Duration.ofMinutes(30));
        reply(number, "WAITING_ON_CUSTOMER");
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("FULFILLED");
        assertThat(clock(number, "RESOLUTION")).isEqualTo("PAUSED");

        // Four in the afternoon: an hour is left today, the other is tomorrow's first.
        clock.stopAt(Instant.parse("2026-07-06T14:00:00Z"));
        answer(number);
        assertThat(clock(number, "NEXT_REPLY")).isEqualTo("RUNNING due 2026-07-07T08:00:00Z");
        assertThat(clock(number, "RESOLUTION")).isEqualTo("RUNNING due 2026-07-08T13:30:00Z");
        assertThat(row(number, "$.items[0].sla.target")).isEqualTo("NEXT_REPLY");
        assertThat(row(number, "$.items[0].sla.dueAt")).isEqualTo("2026-07-07T08:00:00Z");

        reply(number, "RESOLVED");
        assertThat(clock(number, "NEXT_REPLY")).isEqualTo("FULFILLED");
        assertThat(clock(number, "RESOLUTION")).isEqualTo("FULFILLED");
        assertThat(http.get(dana, "/api/v1/tickets?lane=DONE")).bodyJson().doesNotHavePath("$.items[0].sla");
    }

    @Test
    void warnsAndTellsOfABreachOnceAndDoesWhatThePolicySays() {
        var warehouse = desk.aTeam("Warehouse");
        desk.anAgent("Finn", warehouse);
        policy(
                "{'firstReplyMinutes':60,'onWarning':{'notifyAssignee':false,'notifyTeam':true,'personIds':[]},"
                        + "'onBreach':{'notifyAssignee':false,'notifyTeam':false,'personIds':['%s'],'raiseTo':'HIGH','teamId':'%s'}}",
                ada.personId(), warehouse);
        var number = aTicket();

        clock.advance(Duration.ofMinutes(45));
        jobs.runDue();
        assertThat(history(number)).doesNotContain("SLA_WARNING FIRST_REPLY");
        clock.advance(Duration.ofSeconds(1));
        jobs.runDue();
        jobs.runDue();
        assertThat(history(number)).endsWith("SLA_WARNING FIRST_REPLY");
        assertThat(mails.to(dana.email()))
                .extracting(OutgoingMail::subject)
                .containsExactly("[#%d] Due soon: Help".formatted(number));

        clock.advance(Duration.ofHours(3));
        jobs.runDue();
        jobs.runDue();
        jobs.runDue();

        assertThat(history(number))
                .endsWith("SLA_WARNING FIRST_REPLY", "SLA_BREACHED FIRST_REPLY", "PRIORITY HIGH", "TEAM " + warehouse);
        assertThat(mails.to(ada.email()))
                .extracting(OutgoingMail::subject)
                .containsExactly("[#%d] Late: Help".formatted(number));
        assertThat(mails.to(ada.email()).getFirst().text())
                .contains("The first reply to ticket #" + number + " is late");
        assertThat(jdbc.sql("select change from live_event where ticket_number = :number")
                        .param("number", number)
                        .query(String.class)
                        .list())
                .contains("SLA", "SLA_WARNING", "SLA_BREACHED");
    }

    @Test
    void whatWasDoneInTimeIsNoBreachThoughNobodyHasReckonedItYet() {
        policy(60, null, null);
        var number = aTicket();
        clock.advance(Duration.ofMinutes(59));
        replyUnseen(number);
        clock.advance(Duration.ofHours(1));

        breaches.announceSome();

        assertThat(history(number)).doesNotContain("SLA_BREACHED FIRST_REPLY");
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("FULFILLED");
    }

    @Test
    void whatWasDoneLateIsABreachThoughNobodyLookedMeanwhile() {
        policy(60, null, null);
        var number = aTicket();
        clock.advance(Duration.ofMinutes(61));
        replyUnseen(number);

        jobs.runDue();
        jobs.runDue();

        assertThat(history(number))
                .containsOnlyOnce("SLA_BREACHED FIRST_REPLY")
                .doesNotContain("SLA_WARNING FIRST_REPLY");
    }

    @Test
    void twoTasksTellOfEachBreachOnceThoughOneDiesInBetween() throws Exception {
        policy(60, null, 120);
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < 60; i++) {
            numbers.add(aTicketUnseen());
        }
        following.catchUp();
        clock.advance(Duration.ofHours(4));
        // A task that dies has announced twenty and kept none.
        transaction.executeWithoutResult(status -> {
            assertThat(breaches.announceSome()).isEqualTo(SlaBreaches.BATCH);
            status.setRollbackOnly();
        });

        var both = new CyclicBarrier(2);
        List<Callable<Integer>> tasks = List.of(() -> untilNothingIsLeft(both), () -> untilNothingIsLeft(both));
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> task : threads.invokeAll(tasks)) {
                task.get();
            }
        }
        // And what was restarted looks again.
        jobs.runDue();
        jobs.runDue();

        assertThat(numbers)
                .allSatisfy(number -> assertThat(history(number))
                        .containsOnlyOnce("SLA_BREACHED FIRST_REPLY")
                        .containsOnlyOnce("SLA_BREACHED RESOLUTION"));
        assertThat(jdbc.sql("select count(*) from sla_clock where next_at is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void rulesThatChangeReckonWhatIsOpenAgainAndTellNothingOfThePast() {
        var old = aTicket();
        clock.advance(Duration.ofHours(5));
        var policy = policy(60, null, 16 * 60);
        jobs.runDue();
        assertThat(clock(old, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-06T08:00:00Z");
        jobs.runDue();
        assertThat(history(old)).doesNotContain("SLA_BREACHED FIRST_REPLY", "SLA_WARNING FIRST_REPLY");

        http.change(
                HttpMethod.PUT,
                ada,
                "/api/v1/sla-policies/" + text(policy, "$.id"),
                etag(policy),
                json(
                        "{'name':'Promise','rules':%s}",
                        rules("{'firstReplyMinutes':60,'resolutionMinutes':480,'aroundTheClock':true}")));
        jobs.runDue();

        assertThat(clock(old, "RESOLUTION")).isEqualTo("RUNNING due 2026-07-06T15:00:00Z");
        // What comes to pass from now on is told.
        clock.advance(Duration.ofHours(4));
        jobs.runDue();
        assertThat(history(old)).contains("SLA_BREACHED RESOLUTION").doesNotContain("SLA_BREACHED FIRST_REPLY");
    }

    @Test
    void aSweepGoesOnWhereItStoppedAndBeginsAnewWhenTheRulesChange() {
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            numbers.add(aTicketUnseen());
        }
        following.catchUp();
        policy(60, null, null);

        // Another task reads the tickets that were left.
        jdbc.sql("""
                        update sla_sweep set at_created = t.created_at, at_number = t.number
                        from ticket t where t.number = :number""").param("number", numbers.get(6)).update();
        following.sweep();
        assertThat(withClocks()).containsExactlyElementsOf(numbers.subList(0, 6));

        policy("{'firstReplyMinutes':30,'priorities':['CRITICAL']}");
        following.sweep();
        assertThat(withClocks()).containsExactlyElementsOf(numbers);
    }

    @Test
    void followsTheTeamsHoursAndTheFirstPolicyThatFits() {
        var night = desk.aTeam("Night");
        http.post(
                ada,
                "/api/v1/business-hours",
                json(
                        "{'name':'Night','hours':{'timeZone':'Europe/Berlin','holidays':[],'intervals':[{'day':'MONDAY','from':'20:00','to':'24:00'}]},'teamIds':['%s']}",
                        night));
        policy("{'firstReplyMinutes':30,'priorities':['CRITICAL']}");
        policy("{'firstReplyMinutes':60}");
        var number = aTicket();
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-06T08:00:00Z");

        change(number, "priority", "{'priority':'CRITICAL'}");
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-06T07:30:00Z");

        change(number, "team", json("{'teamId':'%s'}", night));
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-06T18:30:00Z");
    }

    @Test
    void snoozingPausesAndWakingGoesOn() {
        policy(120, null, null);
        var number = aTicket();
        clock.advance(Duration.ofMinutes(30));
        change(number, "snooze", "{}");
        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("PAUSED");
        assertThat(row(number, "$.items[0].sla.isPaused")).isEqualTo("true");

        clock.advance(Duration.ofDays(1));
        http.change(HttpMethod.DELETE, dana, "/api/v1/tickets/%d/snooze".formatted(number), version(number), "");
        jobs.runDue();

        assertThat(clock(number, "FIRST_REPLY")).isEqualTo("RUNNING due 2026-07-07T09:00:00Z");
    }

    @Test
    void theClocksAreWhatReckoningEverythingAnewMakesOfThem() {
        policy(60, 60, 480);
        for (int i = 0; i < 15; i++) {
            var number = aTicketUnseen();
            clock.advance(Duration.ofMinutes(17));
            if (i % 2 == 0) {
                replyUnseen(number);
            }
            clock.advance(Duration.ofMinutes(11));
            if (i % 4 == 0) {
                answerUnseen(number);
                jobs.runDue();
            }
            if (i % 5 == 0) {
                change(number, "snooze", "{}");
            }
        }
        jobs.runDue();
        jobs.runDue();
        var followed = everything();

        jdbc.sql("delete from sla_clock").update();
        transaction.executeWithoutResult(status -> {
            reckoning.begin();
            reckoning.reckon(
                    jdbc.sql("select number from ticket").query(Long.class).list());
        });

        assertThat(followed).isNotEmpty().isEqualTo(everything());
    }

    private int untilNothingIsLeft(CyclicBarrier both) throws Exception {
        both.await();
        int announced = 0;
        for (int some = breaches.announceSome(); some > 0; some = breaches.announceSome()) {
            announced += some;
        }
        return announced;
    }

    private List<String> everything() {
        return jdbc.sql("select to_jsonb(c)::text from sla_clock c order by ticket_number, target, cycle")
                .query(String.class)
                .list();
    }

    private List<Long> withClocks() {
        return jdbc.sql("select distinct ticket_number from sla_clock order by ticket_number")
                .query(Long.class)
                .list();
    }

    private String clock(long number, String target) {
        var found = jdbc.sql("""
                        select state || case when state = 'RUNNING'
                               then ' due ' || to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') else '' end
                        from sla_clock where ticket_number = :number and target = :target
                        order by cycle desc limit 1""")
                .param("number", number)
                .param("target", target)
                .query(String.class)
                .single();
        assertThat(http.get(dana, "/api/v1/tickets/%d/sla".formatted(number))
                        .getResponse()
                        .getStatus())
                .isIn(200, 404);
        return found;
    }

    private String row(long number, String path) {
        var list = http.get(dana, "/api/v1/tickets");
        assertThat(text(list, "$.items[0].number")).isEqualTo(Long.toString(number));
        return text(list, path);
    }

    private List<String> history(long number) {
        return jdbc.sql("""
                        select kind || coalesce(' ' || to_value, '') from ticket_event
                        where ticket_number = :number order by id""").param("number", number).query(String.class).list();
    }

    private MvcTestResult policy(
            @Nullable Integer firstReply, @Nullable Integer nextReply, @Nullable Integer resolution) {
        return policy(
                "{'firstReplyMinutes':%s,'nextReplyMinutes':%s,'resolutionMinutes':%s}",
                firstReply, nextReply, resolution);
    }

    private MvcTestResult policy(String rules, @Nullable Object... values) {
        var name = "Promise "
                + jdbc.sql("select count(*) from sla_policy")
                        .query(Integer.class)
                        .single();
        var added = http.post(
                ada, "/api/v1/sla-policies", json("{'name':'%s','rules':%s}", name, rules(filled(rules, values))));
        assertThat(added).hasStatus(201);
        return added;
    }

    /** With what the test does not speak of. */
    private static String rules(String rules) {
        var nothing = "{'notifyAssignee':false,'notifyTeam':false,'personIds':[]}";
        var all = new StringBuilder(rules.substring(0, rules.length() - 1));
        for (var other : List.of(
                "'teamIds':[]",
                "'organisationIds':[]",
                "'priorities':[]",
                "'aroundTheClock':false",
                "'pauses':['WAITING_ON_CUSTOMER','SNOOZED']",
                "'warningPercent':75",
                "'onWarning':" + nothing,
                "'onBreach':" + nothing)) {
            if (!rules.contains(other.substring(0, other.indexOf(':')))) {
                all.append(',').append(other);
            }
        }
        return all.append('}').toString();
    }

    private long aTicket() {
        var number = aTicketUnseen();
        jobs.runDue();
        return number;
    }

    private long aTicketUnseen() {
        var opened = http.post(
                ines, "/api/v1/portal/tickets", "{\"subject\":\"Help\",\"body\":\"It broke.\",\"attachmentIds\":[]}");
        return Long.parseLong(text(opened, "$.number"));
    }

    private void reply(long number, String status) {
        reply(number, ",\"thenStatus\":\"%s\"".formatted(status), true);
    }

    private void replyUnseen(long number) {
        reply(number, "", false);
    }

    private void reply(long number, String status, boolean isSeen) {
        var last = jdbc.sql("select max(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
        assertThat(http.post(
                        dana,
                        "/api/v1/tickets/%d/replies".formatted(number),
                        "{\"body\":\"Look here.\",\"attachmentIds\":[],\"lastSeenMessageId\":%d%s}"
                                .formatted(last, status)))
                .hasStatus(201);
        if (isSeen) {
            jobs.runDue();
        }
    }

    private void answer(long number) {
        answerUnseen(number);
        jobs.runDue();
    }

    private void answerUnseen(long number) {
        assertThat(http.post(
                        ines,
                        "/api/v1/portal/tickets/%d/replies".formatted(number),
                        "{\"body\":\"Still broken.\",\"attachmentIds\":[]}"))
                .hasStatus(201);
    }

    private void change(long number, String property, String body) {
        assertThat(http.change(
                        HttpMethod.PUT,
                        dana,
                        "/api/v1/tickets/%d/%s".formatted(number, property),
                        version(number),
                        json(body)))
                .hasStatusOk();
        jobs.runDue();
    }

    private String version(long number) {
        return "\"%d\""
                .formatted(jdbc.sql("select version from ticket where number = :number")
                        .param("number", number)
                        .query(Long.class)
                        .single());
    }

    private static String json(String json, Object... values) {
        return filled(json, values).replace('\'', '"');
    }

    private static String filled(String json, @Nullable Object... values) {
        var filled = json;
        for (var value : values) {
            filled = filled.replaceFirst("%s", Matcher.quoteReplacement(String.valueOf(value)));
        }
        return filled;
    }
}
