package io.tealdesk.macros;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.identity.Viewer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** How saved replies and macros are kept. */
@DeskTest
class MacrosTests {

    private static final String REPLIES = "/api/v1/saved-replies";
    private static final String MACROS = "/api/v1/macros";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Macros macros;

    @Autowired
    MutableClock clock;

    private Http http;
    private UUID support;
    private UUID billing;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;

    @BeforeEach
    void threeWhoWork() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", support);
        finn = desk.anAgent("Finn", billing);
        ada = desk.anAdministrator("Ada");
    }

    @Test
    void showsEachWhatIsTheirs() {
        assertThat(reply(dana, "Own", "PRIVATE", "")).hasStatus(201);
        assertThat(reply(ada, "Of Support", "TEAMS", support.toString())).hasStatus(201);
        assertThat(reply(ada, "For all", "EVERYONE", "")).hasStatus(201);

        var danas = http.get(dana, REPLIES);
        assertThat(text(danas, "$[*].name")).isEqualTo("[\"For all\",\"Of Support\",\"Own\"]");
        assertThat(text(danas, "$[*].mayChange")).isEqualTo("[false,false,true]");
        assertThat(text(danas, "$[1].teams[*].id")).isEqualTo("[\"" + support + "\"]");
        assertThat(text(http.get(finn, REPLIES), "$[*].name")).isEqualTo("[\"For all\"]");
        assertThat(text(http.get(ada, REPLIES), "$[*].name")).isEqualTo("[\"For all\",\"Of Support\"]");
        assertThat(text(http.get(ada, REPLIES), "$[*].mayChange")).isEqualTo("[true,true]");
    }

    @Test
    void putsWhatIsUsedMostFirst() {
        reply(dana, "A", "PRIVATE", "");
        var b = reply(dana, "B", "PRIVATE", "");

        assertThat(http.post(dana, REPLIES + "/" + text(b, "$.id") + "/uses", ""))
                .hasStatus(204);

        assertThat(text(http.get(dana, REPLIES), "$[*].name")).isEqualTo("[\"B\",\"A\"]");
        // Counting is no change that anybody has to know of.
        assertThat(text(http.get(dana, REPLIES), "$[0].version")).isEqualTo("0");
    }

    @Test
    void aNameIsTakenWithinItsScopeAndKind() {
        assertThat(reply(ada, "Hello", "EVERYONE", "")).hasStatus(201);

        var taken = reply(ada, "hELLO", "TEAMS", support.toString());
        assertThat(taken).hasStatus(409);
        assertThat(text(taken, "$.type")).isEqualTo("/problems/name-taken");
        assertThat(reply(dana, "Hello", "PRIVATE", "")).hasStatus(201);
        assertThat(reply(finn, "Hello", "PRIVATE", "")).hasStatus(201);
        assertThat(reply(finn, "hello", "PRIVATE", "")).hasStatus(409);
        assertThat(macro(ada, "Hello", "{\"status\":\"CLOSED\"}")).hasStatus(201);
    }

    @Test
    void refusesWhatNobodyCouldUse() {
        assertThat(reply(dana, "X", "EVERYONE", "")).hasStatus(403);
        assertThat(reply(dana, "X", "TEAMS", support.toString())).hasStatus(403);
        assertThat(reply(ada, "X", "TEAMS", "")).hasStatus(400);
        assertThat(reply(ada, "X", "PRIVATE", support.toString())).hasStatus(400);
        assertThat(reply(ada, "X", "TEAMS", UUID.randomUUID().toString())).hasStatus(400);
        assertThat(reply(ada, " ", "PRIVATE", "")).hasStatus(400);
        assertThat(http.post(dana, REPLIES, "{\"name\":\"X\",\"visibility\":\"PRIVATE\",\"text\":\" \"}"))
                .hasStatus(400);
        var unknown = http.post(
                dana, REPLIES, "{\"name\":\"X\",\"visibility\":\"PRIVATE\",\"text\":\"Hi {{requester.age}}\"}");
        assertThat(unknown).hasStatus(400);
        assertThat(text(unknown, "$.errors[0].field")).isEqualTo("text");
        assertThat(text(unknown, "$.errors[0].message")).contains("{{requester.firstName}}");

        assertThat(macro(ada, "X", "{}")).hasStatus(400);
        assertThat(macro(ada, "X", "{\"addTags\":[]}")).hasStatus(400);
        assertThat(macro(ada, "X", "{\"addTags\":[\"a,b\"]}")).hasStatus(400);
        assertThat(macro(ada, "X", "{\"addTags\":[\"VIP\"],\"removeTags\":[\"vip \"]}"))
                .hasStatus(400);
        assertThat(macro(ada, "X", "{\"teamId\":\"" + UUID.randomUUID() + "\"}"))
                .hasStatus(400);
        assertThat(macro(ada, "X", "{\"assignee\":{\"to\":\"PERSON\"}}")).hasStatus(400);
        assertThat(macro(ada, "X", "{\"assignee\":{\"to\":\"ME\",\"personId\":\"" + dana.personId() + "\"}}"))
                .hasStatus(400);
        var customer = desk.aCustomer("Ines").personId();
        assertThat(macro(ada, "X", "{\"assignee\":{\"to\":\"PERSON\",\"personId\":\"" + customer + "\"}}"))
                .hasStatus(400);
        assertThat(macro(ada, "X", "{\"dueDate\":{\"inHours\":0}}")).hasStatus(400);
        assertThat(macro(ada, "X", "{\"message\":{\"kind\":\"NOTE\",\"text\":\"{{x}}\"}}"))
                .hasStatus(400);
        assertThat(text(http.get(ada, MACROS), "$")).isEqualTo("[]");
    }

    @Test
    void keepsTagsInTheirOneFormAndNamesWhatActionsSpeakOf() {
        var kept = macro(ada, "X", """
                {"addTags":["VIP ","a"],"teamId":"%s","assignee":{"to":"PERSON","personId":"%s"}}""".formatted(billing, finn.personId()));

        assertThat(text(kept, "$.actions.addTags")).isEqualTo("[\"a\",\"vip\"]");
        assertThat(text(kept, "$.team.name")).isEqualTo("Billing");
        assertThat(text(kept, "$.assignee.name")).isEqualTo("Finn");
        assertThat(text(kept, "$.actions.keys()")).doesNotContain("removeTags", "status");
    }

    @Test
    void changesNothingThatSomebodyElseChanged() {
        var kept = reply(ada, "Hello", "EVERYONE", "");
        var uri = REPLIES + "/" + text(kept, "$.id");
        var change = "{\"name\":\"Hi\",\"visibility\":\"TEAMS\",\"teamIds\":[\"" + support + "\"],\"text\":\"Hi\"}";

        assertThat(http.change(HttpMethod.PUT, ada, uri, null, change)).hasStatus(428);
        var changed = http.change(HttpMethod.PUT, ada, uri, Http.etag(kept), change);
        assertThat(text(changed, "$.teams[0].id")).isEqualTo(support.toString());
        assertThat(http.change(HttpMethod.PUT, ada, uri, Http.etag(kept), change))
                .hasStatus(412);
        assertThat(http.change(HttpMethod.DELETE, ada, uri, Http.etag(kept), ""))
                .hasStatus(412);
        assertThat(http.change(HttpMethod.DELETE, dana, uri, Http.etag(changed), ""))
                .hasStatus(403);
    }

    @Test
    void bringsBackWhatWasDeleted() {
        var kept = macro(ada, "Close", "{\"status\":\"CLOSED\"}");
        var uri = MACROS + "/" + text(kept, "$.id");

        assertThat(http.change(HttpMethod.DELETE, ada, uri, Http.etag(kept), ""))
                .hasStatus(204);
        assertThat(text(http.get(dana, MACROS), "$")).isEqualTo("[]");
        assertThat(http.change(HttpMethod.PUT, ada, uri + "/restoration", null, ""))
                .hasStatusOk();
        assertThat(text(http.get(dana, MACROS), "$[*].name")).isEqualTo("[\"Close\"]");

        var now = http.get(ada, MACROS);
        http.change(HttpMethod.DELETE, ada, uri, "\"" + text(now, "$[0].version") + "\"", "");
        assertThat(macro(ada, "Close", "{\"status\":\"CLOSED\"}")).hasStatus(201);
        assertThat(http.change(HttpMethod.PUT, ada, uri + "/restoration", null, ""))
                .hasStatus(409);
    }

    @Test
    void forgetsWhatWasDeletedLongAgo() {
        var kept = macro(ada, "Close", "{\"status\":\"CLOSED\"}");
        http.change(HttpMethod.DELETE, ada, MACROS + "/" + text(kept, "$.id"), Http.etag(kept), "");

        macros.forgetDeleted();
        assertThat(count()).isEqualTo(1);
        clock.advance(Duration.ofDays(31));
        macros.forgetDeleted();
        assertThat(count()).isZero();
    }

    @Test
    void outlivesATeamThatSharedIt() {
        assertThat(reply(ada, "Of Billing", "TEAMS", billing.toString())).hasStatus(201);
        jdbc.sql("delete from team_member where team_id = :id")
                .param("id", billing)
                .update();
        jdbc.sql("delete from team where id = :id").param("id", billing).update();

        assertThat(text(http.get(finn, REPLIES), "$")).isEqualTo("[]");
        assertThat(text(http.get(ada, REPLIES), "$[0].teams")).isEqualTo("[]");
    }

    @Test
    void keepsNoMoreThanCanBeListed() {
        jdbc.sql("""
                insert into macro (kind, owner_id, visibility, name, content, created_at)
                select 'SAVED_REPLY', :owner, 'PRIVATE', 'No. ' || i, '{"text":"x"}', now()
                from generate_series(1, 100) i""").param("owner", dana.personId()).update();

        assertThat(reply(dana, "One more", "PRIVATE", "")).hasStatus(400);
        assertThat(reply(finn, "One more", "PRIVATE", "")).hasStatus(201);
    }

    @Test
    void showsATextFilledInBeforeItIsKept() {
        var preview = http.post(dana, REPLIES + "/preview", """
                {"text":"Hi {{requester.firstName}}, **{{ticket.subject}}** {{organisation.name|us}} {{agent.name}}",
                 "requesterName":"Robin Winter","subject":"A *star*"}""");

        assertThat(text(preview, "$.text")).isEqualTo("Hi Robin, **A \\*star\\*** us Dana");
        assertThat(text(preview, "$.html")).contains("<strong>A *star*</strong>");
        assertThat(http.post(dana, REPLIES + "/preview", """
                {"text":"{{x}}","requesterName":"R","subject":"S"}""")).hasStatus(400);
    }

    private MvcTestResult reply(Viewer viewer, String name, String visibility, String teamId) {
        return http.post(
                viewer, REPLIES, """
                {"name":"%s","visibility":"%s","teamIds":[%s],"text":"Hi {{requester.firstName|there}}"}""".formatted(name, visibility, teamId.isEmpty() ? "" : "\"" + teamId + "\""));
    }

    private MvcTestResult macro(Viewer viewer, String name, String actions) {
        return http.post(viewer, MACROS, """
                {"name":"%s","visibility":"EVERYONE","actions":%s}""".formatted(name, actions));
    }

    private long count() {
        return jdbc.sql("select count(*) from macro").query(Long.class).single();
    }
}
