package io.tealdesk.conversations;

import static io.tealdesk.Http.body;
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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class SignaturesTests {

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

    private Http http;
    private UUID team;
    private Viewer dana;
    private Viewer ada;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        team = desk.theDefaultTeam();
        dana = desk.anAgent("Dana Whitfield", team);
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines Ivy");
        number = Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
    }

    @Test
    void isTheTeamsUntilSomebodyHasTheirOwn() {
        assertThat(onTheTicket()).isEmpty();
        keep(ada, "/api/v1/teams/" + team + "/signature", "{{agent.firstName}} of *Support*, #{{ticket.number}}");
        assertThat(onTheTicket()).isEqualTo("Dana of *Support*, #" + number);
        assertThat(text(http.get(dana, uri("signature")), "$.html")).contains("<em>Support</em>");

        keep(dana, "/api/v1/me/signature", "Yours, {{agent.name}}");
        assertThat(onTheTicket()).isEqualTo("Yours, Dana Whitfield");
        assertThat(text(http.get(dana, "/api/v1/me/signature"), "$.text")).isEqualTo("Yours, {{agent.name}}");

        keep(dana, "/api/v1/me/signature", " ");
        assertThat(onTheTicket()).startsWith("Dana of");
        keep(ada, "/api/v1/teams/" + team + "/signature", "");
        assertThat(onTheTicket()).isEmpty();
    }

    @Test
    void standsBelowTheReplyAndInItsMail() {
        keep(dana, "/api/v1/me/signature", "Yours, **{{agent.firstName}}**");

        assertThat(http.post(dana, uri("replies") + "?signature=true", json("")))
                .hasStatus(201);

        assertThat(text(http.get(dana, uri("messages")), "$[1].signatureHtml")).contains("<strong>Dana</strong>");
        assertThat(text(http.get(dana, uri("messages")), "$[1].bodyMarkdown")).isEqualTo("Grease it.");
        assertThat(body(http.get(ines, "/api/v1/portal/tickets/" + number))).contains("<strong>Dana</strong>");
        jobs.runDue();
        assertThat(mails.to(ines.email()))
                .anySatisfy(mail -> assertThat(mail.text()).contains("Grease it.\n\nYours, **Dana**\n"));
    }

    @Test
    void isLeftOutWhereItIsNotAskedFor() {
        keep(dana, "/api/v1/me/signature", "Yours, {{agent.firstName}}");

        assertThat(http.post(dana, uri("replies"), json(""))).hasStatus(201);

        assertThat(http.get(dana, uri("messages"))).bodyJson().doesNotHavePath("$[1].signatureHtml");
    }

    /** What its author was shown is what is sent, also where the signature is another by then. */
    @Test
    void waitsWithTheReplyAsItRead() {
        keep(dana, "/api/v1/me/signature", "Yours, {{agent.firstName}}");
        var held = http.post(dana, uri("scheduled-replies"), json(",\"withSignature\":true"));
        assertThat(text(held, "$.content.withSignature")).isEqualTo("true");
        keep(dana, "/api/v1/me/signature", "Never mind");
        clock.advance(Duration.ofSeconds(8));
        jobs.runDue();

        assertThat(text(http.get(dana, uri("messages")), "$[1].signatureHtml")).contains("Yours, Dana");
    }

    @Test
    void refusesWhatCouldNotBeFilledIn() {
        assertThat(http.change(HttpMethod.PUT, dana, "/api/v1/me/signature", null, "{\"text\":\"{{agent.age}}\"}"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].code")
                .isEqualTo("UnknownVariable");
    }

    private String onTheTicket() {
        return text(http.get(dana, uri("signature")), "$.text");
    }

    private void keep(Viewer viewer, String uri, String text) {
        assertThat(http.change(HttpMethod.PUT, viewer, uri, null, "{\"text\":\"" + text + "\"}"))
                .hasStatus(204);
    }

    private String json(String more) {
        return "{\"body\":\"Grease it.\",\"attachmentIds\":[],\"lastSeenMessageId\":%d%s}"
                .formatted(
                        jdbc.sql("select max(id) from message")
                                .query(Long.class)
                                .single(),
                        more);
    }

    private String uri(String part) {
        return "/api/v1/tickets/" + number + "/" + part;
    }
}
