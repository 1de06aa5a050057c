package io.tealdesk.search;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.Viewer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class SavedViewsTests {

    private static final String VIEWS = "/api/v1/saved-views";
    private static final String MINE = "{\"property\":\"assignee\",\"operator\":\"IN\",\"values\":[\"me\"]}";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    private Http http;
    private UUID support;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;

    @BeforeEach
    void threeWhoWork() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        dana = desk.anAgent("Dana", support);
        finn = desk.anAgent("Finn", support);
        ada = desk.anAdministrator("Ada");
        aTicketOf(dana);
        aTicketOf(dana);
        aTicketOf(finn);
    }

    @Test
    void showsEachWhatIsTheirsAndCountsItForThem() {
        saved(dana, "Private", "PRIVATE", null);
        saved(dana, "Of the team", "TEAM", support);
        saved(ada, "For everyone", "EVERYONE", null);
        var stranger = desk.anAgent("Zoe", desk.aTeam("Billing"));

        var danas = http.get(dana, VIEWS + "?counts=true");
        assertThat(text(danas, "$.views[*].name")).isEqualTo("[\"Private\",\"Of the team\",\"For everyone\"]");
        assertThat(text(danas, "$.views[*].count.value")).isEqualTo("[2,2,2]");
        assertThat(text(danas, "$.views[*].mayChange")).isEqualTo("[true,true,false]");
        var finns = http.get(finn, VIEWS + "?counts=true");
        assertThat(text(finns, "$.views[*].name")).isEqualTo("[\"Of the team\",\"For everyone\"]");
        assertThat(text(finns, "$.views[*].count.value")).isEqualTo("[1,1]");
        assertThat(text(http.get(stranger, VIEWS), "$.views[*].name")).isEqualTo("[\"For everyone\"]");
    }

    @Test
    void changesWhatIsNamedAndLeavesTheRest() {
        var view = saved(dana, "Mine", "PRIVATE", null);
        var uri = VIEWS + "/" + text(view, "$.id");

        assertThat(http.change(HttpMethod.PATCH, dana, uri, null, "{\"name\":\"X\"}"))
                .hasStatus(428);
        var changed = http.change(HttpMethod.PATCH, dana, uri, Http.etag(view), "{\"name\":\"Renamed\"}");
        assertThat(text(changed, "$.name")).isEqualTo("Renamed");
        assertThat(text(changed, "$.filter.property")).isEqualTo("assignee");
        assertThat(text(changed, "$.order")).isEqualTo("WAITING");
        assertThat(http.change(HttpMethod.PATCH, dana, uri, Http.etag(view), "{\"name\":\"Late\"}"))
                .hasStatus(412);
        var shared = http.change(
                HttpMethod.PATCH,
                dana,
                uri,
                Http.etag(changed),
                "{\"visibility\":\"TEAM\",\"teamId\":\"" + support + "\"}");
        assertThat(text(shared, "$.team.id")).isEqualTo(support.toString());
        assertThat(http.change(HttpMethod.DELETE, finn, uri, Http.etag(shared), ""))
                .hasStatus(204);
        assertThat(text(http.get(dana, VIEWS), "$.views")).isEqualTo("[]");
    }

    @Test
    void refusesWhatNobodyCouldUse() {
        var foreign = desk.aTeam("Billing");

        assertThat(saved(dana, "X", "TEAM", null)).hasStatus(400);
        assertThat(saved(dana, "X", "PRIVATE", support)).hasStatus(400);
        assertThat(saved(dana, "X", "TEAM", foreign)).hasStatus(400);
        assertThat(saved(ada, "X", "TEAM", UUID.randomUUID())).hasStatus(400);
        assertThat(saved(ada, "X", "TEAM", foreign)).hasStatus(201);
        assertThat(saved(dana, "X", "EVERYONE", null)).hasStatus(403);
        assertThat(saved(dana, " ", "PRIVATE", null)).hasStatus(400);
        var wrong = http.post(dana, VIEWS, """
                {"name":"X","visibility":"PRIVATE","order":"DUE","filter":{"any":[{"property":"status",
                 "operator":"IN","values":["NEW"]}]}}""");
        assertThat(wrong).hasStatus(400);
        assertThat(text(wrong, "$.errors[0].field")).isEqualTo("filter.any[0].values[0]");
    }

    @Test
    void remembersTheOrderOfEach() {
        assertThat(http.change(HttpMethod.PUT, dana, VIEWS + "/order", null, "{\"keys\":[\"MINE\",\"ALL\"]}"))
                .hasStatus(204);
        assertThat(http.change(HttpMethod.PUT, dana, VIEWS + "/order", null, "{\"keys\":[\"ALL\",\"MINE\"]}"))
                .hasStatus(204);

        assertThat(text(http.get(dana, VIEWS), "$.order")).isEqualTo("[\"ALL\",\"MINE\"]");
        assertThat(text(http.get(finn, VIEWS), "$.order")).isEqualTo("[]");
    }

    private MvcTestResult saved(Viewer viewer, String name, String visibility, @Nullable UUID team) {
        return http.post(
                viewer,
                VIEWS,
                "{\"name\":\"%s\",\"visibility\":\"%s\",%s\"order\":\"WAITING\",\"columns\":[\"due\"],\"filter\":%s}"
                        .formatted(name, visibility, team == null ? "" : "\"teamId\":\"" + team + "\",", MINE));
    }

    private void aTicketOf(Viewer assignee) {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, assignee_id,
                                            created_at, updated_at, last_message_at, last_message_by)
                        values (nextval('ticket_number_seq'), '=1+1, "quoted"', 'OPEN', 'LOW', :assignee, :support,
                                :assignee, now(), now(), now(), 'REQUESTER')""")
                .param("assignee", assignee.personId())
                .param("support", support)
                .update();
    }

    @Test
    void exportsAListThatNoSpreadsheetTakesForFormulas() {
        var export = http.get(dana, "/api/v1/tickets/export.csv?filter={filter}", MINE);

        assertThat(export).hasStatusOk().hasHeader("Content-Disposition", "attachment; filename=\"tickets.csv\"");
        assertThat(Http.body(export).lines()).hasSize(3).first().asString().startsWith("number,subject,status");
        assertThat(Http.body(export)).contains(",\"'=1+1, \"\"quoted\"\"\",OPEN,LOW,Dana,,Support,Dana,,,");
        assertThat(http.get(dana, "/api/v1/tickets/export.csv?filter=x"))
                .hasStatus(400)
                .hasHeader("Content-Type", "application/problem+json");
    }
}
