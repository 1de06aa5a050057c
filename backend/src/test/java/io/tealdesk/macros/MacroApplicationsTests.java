package io.tealdesk.macros;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What a macro does to a ticket. */
@DeskTest
class MacroApplicationsTests {

    private static final Instant NOW = Instant.parse("2027-01-15T09:30:00Z");

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
    SentMails mails;

    private Http http;
    private UUID support;
    private UUID billing;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana Okafor", support);
        finn = desk.anAgent("Finn", billing);
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines Carvalhal");
        number = Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer *squeaks*","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
        http.change(HttpMethod.PUT, dana, ticket() + "/tags", "\"0\"", "{\"tags\":[\"old\",\"stays\"]}");
        jobs.runDue();
    }

    @Test
    void doesAllItSaysInOneGo() {
        var macro = macro("""
                {"status":"WAITING_ON_CUSTOMER","priority":"HIGH","assignee":{"to":"ME"},"addTags":["picture"],
                 "removeTags":["old","never-there"],"dueDate":{"inHours":48},
                 "message":{"kind":"REPLY","text":"Hi {{requester.firstName}}, send a picture of {{ticket.subject}}."}}""");

        clock.stopAt(NOW);
        var applied = apply(dana, macro, lastSeen());

        assertThat(applied).hasStatus(201);
        assertThat(text(applied, "$.ticket.status")).isEqualTo("WAITING_ON_CUSTOMER");
        assertThat(text(applied, "$.ticket.priority")).isEqualTo("HIGH");
        assertThat(text(applied, "$.ticket.assignee.name")).isEqualTo("Dana Okafor");
        assertThat(text(applied, "$.ticket.tags")).isEqualTo("[\"picture\",\"stays\"]");
        assertThat(text(applied, "$.ticket.dueAt"))
                .isEqualTo(NOW.plus(Duration.ofDays(2)).toString());
        assertThat(text(applied, "$.message.bodyMarkdown"))
                .isEqualTo("Hi Ines, send a picture of Trailer \\*squeaks\\*.");
        assertThat(Http.etag(applied)).isEqualTo(Http.etag(http.get(dana, ticket())));
        assertThat(history()).containsExactly("STATUS", "ASSIGNEE", "PRIORITY", "TAGS", "DUE_DATE");
        jobs.runDue();
        assertThat(mails.to("ines@tealdesk.test")).hasSize(2);
    }

    @Test
    void sendsWhatItsApplierSaw() {
        var macro = macro("{\"message\":{\"kind\":\"REPLY\",\"text\":\"Hi {{requester.name}}\"}}");
        var shown = text(http.get(dana, ticket() + "/macros"), "$[0].actions.message.text");
        jdbc.sql("update person set name = 'Somebody else' where id = :id")
                .param("id", ines.personId())
                .update();

        var applied = send(dana, macro, version(), UUID.randomUUID().toString(), """
                ,"lastSeenMessageId":%d,"body":"%s\"""".formatted(lastSeen(), shown));

        assertThat(shown).isEqualTo("Hi Ines Carvalhal");
        assertThat(text(applied, "$.message.bodyMarkdown")).isEqualTo(shown);
    }

    @Test
    void aNoteIsForStaffAlone() {
        var macro = macro("""
                {"status":"IN_PROGRESS","message":{"kind":"NOTE","text":"{{requester.name}} called {{agent.firstName}}."}}""");

        var applied = apply(dana, macro, null);

        assertThat(text(applied, "$.message.kind")).isEqualTo("INTERNAL_NOTE");
        assertThat(text(applied, "$.message.bodyMarkdown")).isEqualTo("Ines Carvalhal called Dana.");
        assertThat(text(applied, "$.ticket.status")).isEqualTo("IN_PROGRESS");
        assertThat(Http.body(http.get(ines, "/api/v1/portal/tickets/" + number)))
                .doesNotContain("called");
        jobs.runDue();
        assertThat(mails.to("ines@tealdesk.test")).hasSize(1);
    }

    @Test
    void writesBeforeItHandsOverToATeamThatItsApplierIsNotIn() {
        var macro = macro("""
                {"teamId":"%s","message":{"kind":"REPLY","text":"Billing will answer."}}""".formatted(billing));
        http.change(HttpMethod.PUT, dana, ticket() + "/assignment", version(), assignee(dana));

        var applied = apply(dana, macro, lastSeen());

        assertThat(text(applied, "$.ticket.team.name")).isEqualTo("Billing");
        assertThat(text(applied, "$.ticket.status")).isEqualTo("IN_PROGRESS");
        // Dana is not in Billing.
        assertThat(Http.body(applied)).doesNotContain("assignee");
        assertThat(http.get(dana, ticket())).hasStatus(404);
        assertThat(text(http.get(finn, ticket()), "$.version")).isEqualTo(text(applied, "$.ticket.version"));
    }

    @Test
    void assignsToWhomeverIsInTheTeamItMovesTo() {
        var macro = macro("""
                {"teamId":"%s","assignee":{"to":"PERSON","personId":"%s"}}""".formatted(billing, finn.personId()));

        assertThat(text(apply(dana, macro, null), "$.ticket.assignee.name")).isEqualTo("Finn");
        assertThat(history()).containsExactly("TEAM", "ASSIGNEE");
    }

    @Test
    void doesNothingWhereOneActionIsNotAllowed() {
        var macro = macro("""
                {"priority":"LOW","addTags":["x"],"assignee":{"to":"PERSON","personId":"%s"},
                 "message":{"kind":"REPLY","text":"Finn will answer."}}""".formatted(finn.personId()));
        var before = version();

        var refused = apply(dana, macro, lastSeen());

        assertRefused(refused, "assignee", "validation-failed");
        assertThat(version()).isEqualTo(before);
        assertThat(history()).isEmpty();
        assertThat(text(http.get(dana, ticket() + "/messages"), "$.length()")).isEqualTo("1");
        jobs.runDue();
        assertThat(mails.to("ines@tealdesk.test")).hasSize(1);
    }

    @Test
    void namesTheActionThatIsNotAllowed() {
        var gone = desk.anAgent("Gone", support);
        var toGone = macro("""
                {"priority":"LOW","assignee":{"to":"PERSON","personId":"%s"}}""".formatted(gone.personId()));
        jdbc.sql("update person set deactivated_at = now() where id = :id")
                .param("id", gone.personId())
                .update();
        var emptied = desk.aTeam("Emptied");
        var toEmptied = macro("{\"teamId\":\"" + emptied + "\"}");
        jdbc.sql("delete from team where id = :id").param("id", emptied).update();
        var waits = macro("{\"status\":\"WAITING_ON_CUSTOMER\"}");
        var waitsWithReply = macro("""
                {"status":"WAITING_ON_CUSTOMER","message":{"kind":"REPLY","text":"Well?"}}""");
        var tags = macro("{\"addTags\":[" + quoted("more", 20) + "]}");

        assertRefused(apply(dana, toGone, null), "assignee", "validation-failed");
        assertRefused(apply(dana, toEmptied, null), "teamId", "validation-failed");
        assertRefused(apply(dana, tags, null), "addTags", "validation-failed");
        http.change(HttpMethod.PUT, dana, ticket() + "/status", version(), "{\"status\":\"RESOLVED\"}");
        assertRefused(apply(dana, waits, null), "status", "illegal-status-change");
        assertRefused(apply(dana, waitsWithReply, lastSeen()), "status", "illegal-status-change");
    }

    @Test
    void doesNothingToATicketThatSomebodyElseChanged() {
        var macro = macro("{\"priority\":\"LOW\"}");
        var before = version();
        http.change(HttpMethod.PUT, ada, ticket() + "/subject", before, "{\"subject\":\"Other\"}");

        assertThat(send(dana, macro, before, UUID.randomUUID().toString(), "")).hasStatus(412);
        assertThat(send(dana, macro, null, UUID.randomUUID().toString(), "")).hasStatus(428);
        assertThat(text(http.get(dana, ticket()), "$.priority")).isEqualTo("MEDIUM");
    }

    @Test
    void doesNotAnswerOverAColleague() {
        var macro = macro("{\"priority\":\"LOW\",\"message\":{\"kind\":\"REPLY\",\"text\":\"Hi\"}}");
        var seen = lastSeen();
        http.post(ada, ticket() + "/notes", "{\"body\":\"Wait.\",\"attachmentIds\":[]}");

        var refused = apply(dana, macro, seen);

        assertThat(refused).hasStatus(409);
        assertThat(text(refused, "$.type")).isEqualTo("/problems/newer-messages");
        assertThat(text(refused, "$.newerMessages[0].bodyMarkdown")).isEqualTo("Wait.");
        assertThat(text(http.get(dana, ticket()), "$.priority")).isEqualTo("MEDIUM");
        assertThat(apply(dana, macro, null)).hasStatus(400);
        assertThat(apply(dana, macro, lastSeen())).hasStatus(201);
    }

    @Test
    void appliesNoMacroThatIsAnotherThanWasShown() {
        var macro = macro("{\"priority\":\"LOW\"}");
        http.change(
                HttpMethod.PUT,
                ada,
                "/api/v1/macros/" + text(macro, "$.id"),
                "\"0\"",
                "{\"name\":\"M\",\"visibility\":\"EVERYONE\",\"actions\":{\"status\":\"CANCELLED\"}}");

        var refused = apply(dana, macro, null);

        assertThat(refused).hasStatus(409);
        assertThat(text(refused, "$.type")).isEqualTo("/problems/macro-changed");
        assertThat(text(http.get(dana, ticket()), "$.status")).isEqualTo("OPEN");
    }

    @Test
    void appliesOnceHoweverOftenItIsAskedFor() {
        var macro = macro("{\"priority\":\"LOW\",\"message\":{\"kind\":\"NOTE\",\"text\":\"Once\"}}");
        var key = UUID.randomUUID().toString();
        var before = version();

        var first = send(dana, macro, before, key, "");
        var again = send(dana, macro, before, key, "");

        assertThat(Http.body(again)).isEqualTo(Http.body(first));
        assertThat(text(http.get(dana, ticket() + "/messages"), "$.length()")).isEqualTo("2");
        assertThat(history()).containsExactly("PRIORITY");
        assertThat(text(http.get(dana, "/api/v1/macros"), "$[0].name")).isEqualTo("M");
    }

    @Test
    void isOnlyForThoseWhoMayUseItOnWhatTheyMaySee() {
        var foreign = http.post(ada, "/api/v1/macros", """
                {"name":"Billing's","visibility":"TEAMS","teamIds":["%s"],"actions":{"priority":"LOW"}}""".formatted(billing));
        var own = http.post(finn, "/api/v1/macros", """
                {"name":"Finn's","visibility":"PRIVATE","actions":{"priority":"LOW"}}""");

        assertThat(apply(dana, foreign, null)).hasStatus(400);
        assertThat(apply(dana, own, null)).hasStatus(400);
        assertThat(send(finn, own, version(), UUID.randomUUID().toString(), "")).hasStatus(404);
        assertThat(apply(ada, foreign, null)).hasStatus(201);
    }

    @Test
    void fillsInSavedRepliesForATicket() {
        http.post(dana, "/api/v1/saved-replies", """
                {"name":"Hi","visibility":"PRIVATE","text":"Hi {{requester.firstName}}, #{{ticket.number}}"}""");

        assertThat(text(http.get(dana, ticket() + "/saved-replies"), "$[*].text"))
                .isEqualTo("[\"Hi Ines, #" + number + "\"]");
        assertThat(text(http.get(ada, ticket() + "/saved-replies"), "$")).isEqualTo("[]");
    }

    private MvcTestResult macro(String actions) {
        var isFirst = jdbc.sql("select not exists (select from macro)")
                .query(Boolean.class)
                .single();
        var name = isFirst ? "M" : UUID.randomUUID().toString();
        var kept = http.post(ada, "/api/v1/macros", """
                {"name":"%s","visibility":"EVERYONE","actions":%s}""".formatted(name, actions));
        assertThat(kept).hasStatus(201);
        return kept;
    }

    private MvcTestResult apply(Viewer viewer, MvcTestResult macro, @Nullable Long lastSeen) {
        return send(
                viewer,
                macro,
                version(),
                UUID.randomUUID().toString(),
                lastSeen == null ? "" : ",\"lastSeenMessageId\":" + lastSeen);
    }

    private MvcTestResult send(Viewer viewer, MvcTestResult macro, @Nullable String ifMatch, String key, String more) {
        var request = mvc.post()
                .uri(ticket() + "/macro-applications")
                .with(DeskFixtures.as(viewer))
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"macroId\":\"%s\",\"macroVersion\":%s%s}"
                        .formatted(text(macro, "$.id"), text(macro, "$.version"), more));
        if (ifMatch != null) {
            request.header("If-Match", ifMatch);
        }
        return request.exchange();
    }

    private static void assertRefused(MvcTestResult answer, String action, String reason) {
        assertThat(answer).hasStatus(409);
        assertThat(text(answer, "$.type")).isEqualTo("/problems/macro-refused");
        assertThat(text(answer, "$.action")).isEqualTo(action);
        assertThat(text(answer, "$.reason")).isEqualTo(reason);
    }

    /** Since the macro; opening the ticket and its first tags come before. */
    private List<String> history() {
        return jdbc.sql("""
                        select kind from ticket_event where ticket_number = :number
                          and not (kind = 'TAGS' and to_value = 'old,stays') and kind <> 'OPENED'
                        order by id""").param("number", number).query(String.class).list();
    }

    private String ticket() {
        return "/api/v1/tickets/" + number;
    }

    private String version() {
        return "\""
                + jdbc.sql("select version from ticket where number = :number")
                        .param("number", number)
                        .query(Long.class)
                        .single()
                + "\"";
    }

    private long lastSeen() {
        return jdbc.sql("select max(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    private static String assignee(Viewer person) {
        return "{\"assigneeId\":\"" + person.personId() + "\"}";
    }

    private static String quoted(String prefix, int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> "\"" + prefix + i + "\"")
                .collect(java.util.stream.Collectors.joining(","));
    }
}
