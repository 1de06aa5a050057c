package io.tealdesk.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class AccountsIntegrationTests {

    private static final String PASSWORD = "rhubarb and custard";
    private static final Pattern TOKEN = Pattern.compile("#token=([A-Za-z0-9_-]+)");

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    TestJobs jobs;

    @Autowired
    SentMails mails;

    @Autowired
    MutableClock clock;

    @Autowired
    JdbcClient jdbc;

    private Http http;

    @BeforeEach
    void http() {
        http = new Http(mvc);
    }

    @Test
    void letsACustomerInOnceTheirAddressIsConfirmed() {
        register("ines@example.org", "Ines", PASSWORD);
        assertThat(logIn("ines@example.org", PASSWORD)).hasStatus(403);

        assertThat(verify(tokenSentTo("ines@example.org"))).hasStatus(204);

        assertThat(logIn("ines@example.org", PASSWORD))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.person.role")
                .isEqualTo("CUSTOMER");
    }

    @Test
    void takesALinkOnce() {
        register("ines@example.org", "Ines", PASSWORD);
        var token = tokenSentTo("ines@example.org");
        verify(token);

        assertThat(verify(token))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/link-invalid");
    }

    @Test
    void takesNoLinkThatIsTooOld() {
        register("ines@example.org", "Ines", PASSWORD);
        var token = tokenSentTo("ines@example.org");
        clock.advance(Duration.ofDays(2).plusSeconds(1));

        assertThat(verify(token)).hasStatus(400);
    }

    @Test
    void takesNoLinkOfAnotherPurpose() {
        register("ines@example.org", "Ines", PASSWORD);
        var token = tokenSentTo("ines@example.org");

        assertThat(resetPassword(token, "another good password")).hasStatus(400);
        assertThat(verify(token)).hasStatus(204);
    }

    @Test
    void answersAKnownAddressLikeAnUnknownOneAndTellsItsOwnerByMail() {
        desk.aCustomer("Ines");

        var known = register("ines@tealdesk.test", "Mallory", "mallory's own password");
        var unknown = register("new@tealdesk.test", "New", PASSWORD);

        assertThat(known).hasStatus(202);
        assertThat(Http.body(known)).isEqualTo(Http.body(unknown));
        assertThat(mails.to("ines@tealdesk.test"))
                .singleElement()
                .satisfies(mail -> assertThat(mail.text()).contains("already have an account"));
        assertThat(logIn("ines@tealdesk.test", "mallory's own password")).hasStatus(401);
    }

    @Test
    void doesNotLetAStrangerPlantAPasswordOnAnAddressThatItsOwnerConfirms() {
        register("ines@example.org", "Mallory", "mallory's own password");
        register("ines@example.org", "Ines", PASSWORD);

        verify(tokenSentTo("ines@example.org"));

        assertThat(logIn("ines@example.org", "mallory's own password")).hasStatus(401);
        assertThat(logIn("ines@example.org", PASSWORD)).hasStatusOk();
    }

    @Test
    void sendsTheVerificationMailAgain() {
        register("ines@example.org", "Ines", PASSWORD);
        var first = tokenSentTo("ines@example.org");

        http.post(null, "/api/v1/email-verification-requests", "{\"email\":\"ines@example.org\"}");
        jobs.runDue();

        assertThat(verify(first)).hasStatus(400);
        assertThat(verify(tokenSentTo("ines@example.org"))).hasStatus(204);
        assertThat(logIn("ines@example.org", PASSWORD)).hasStatusOk();
    }

    @Test
    void resetsAPasswordAndEndsEverySignIn() {
        desk.aCustomer("Ines");
        var token = Http.text(logIn("ines@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");
        askForReset("ines@tealdesk.test");

        assertThat(resetPassword(tokenSentTo("ines@tealdesk.test"), "another good password"))
                .hasStatus(204);

        assertThat(mvc.get().uri("/api/v1/me").header("Authorization", "Bearer " + token))
                .hasStatus(401);
        assertThat(logIn("ines@tealdesk.test", DeskFixtures.PASSWORD)).hasStatus(401);
        assertThat(logIn("ines@tealdesk.test", "another good password")).hasStatusOk();
    }

    @Test
    void keepsALinkGoodWhenThePasswordIsRefused() {
        desk.aCustomer("Ines");
        askForReset("ines@tealdesk.test");
        var token = tokenSentTo("ines@tealdesk.test");

        assertThat(resetPassword(token, "short")).hasStatus(400);
        assertThat(resetPassword(token, "another good password")).hasStatus(204);
    }

    @Test
    void sendsNothingToAnUnknownAddress() {
        assertThat(askForReset("nobody@example.org")).hasStatus(202);

        assertThat(mails.all()).isEmpty();
    }

    @Test
    void throttlesMailToOneAddress() {
        for (int i = 0; i < 5; i++) {
            assertThat(askForReset("ines@example.org")).hasStatus(202);
        }

        assertThat(askForReset("ines@example.org")).hasStatus(429);
        assertThat(askForReset("jo@example.org")).hasStatus(202);
    }

    @Test
    void invitesAnAgentWhoChoosesNameAndPassword() {
        var ada = desk.anAdministrator("Ada");
        assertThat(http.post(ada, "/api/v1/invitations", """
                        {"email":"emil@example.org","name":"Emil","role":"AGENT","teamIds":["%s"]}""".formatted(desk.theDefaultTeam())))
                .hasStatus(201);
        jobs.runDue();

        assertThat(http.post(null, "/api/v1/invitation-acceptances", """
                        {"token":"%s","name":"Emil Eberesche","password":"%s"}""".formatted(
                                tokenSentTo("emil@example.org"), PASSWORD)))
                .hasStatus(204);

        assertThat(logIn("emil@example.org", PASSWORD))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.person.teams[0].name")
                .isEqualTo("Support");
    }

    @Test
    void changesAPasswordAndKeepsThisSignInOnly() {
        desk.aCustomer("Ines");
        var here = Http.text(logIn("ines@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");
        var there = Http.text(logIn("ines@tealdesk.test", DeskFixtures.PASSWORD), "$.accessToken");

        assertThat(mvc.put()
                        .uri("/api/v1/me/password")
                        .header("Authorization", "Bearer " + here)
                        .contentType("application/json")
                        .content("{\"currentPassword\":\"%s\",\"newPassword\":\"%s\"}"
                                .formatted(DeskFixtures.PASSWORD, PASSWORD)))
                .hasStatus(204);

        assertThat(mvc.get().uri("/api/v1/me").header("Authorization", "Bearer " + here))
                .hasStatusOk();
        assertThat(mvc.get().uri("/api/v1/me").header("Authorization", "Bearer " + there))
                .hasStatus(401);
    }

    @Test
    void keepsTheLastAdministrator() {
        var ada = desk.anAdministrator("Ada");
        var uri = "/api/v1/people/%s/".formatted(ada.personId());

        assertThat(http.change(HttpMethod.PUT, ada, uri + "role", null, "{\"role\":\"AGENT\"}"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/last-administrator");
        assertThat(http.change(HttpMethod.PUT, ada, uri + "deactivation", null, ""))
                .hasStatus(409);

        desk.anAdministrator("Bo");
        assertThat(http.change(HttpMethod.PUT, ada, uri + "role", null, "{\"role\":\"AGENT\"}"))
                .hasStatusOk();
    }

    @Test
    void blanksMailsWithLinksOnceTheyHaveLeft() {
        register("ines@example.org", "Ines", PASSWORD);
        var token = tokenSentTo("ines@example.org");

        assertThat(jdbc.sql("select count(*) from outbox_mail where body_text like '%' || :token || '%'")
                        .param("token", token)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private MvcTestResult register(String email, String name, String password) {
        var answer = http.post(null, "/api/v1/registrations", """
                {"name":"%s","email":"%s","password":"%s","locale":"en"}""".formatted(name, email, password));
        jobs.runDue();
        return answer;
    }

    private MvcTestResult verify(String token) {
        return http.post(null, "/api/v1/email-verifications", "{\"token\":\"%s\"}".formatted(token));
    }

    private MvcTestResult askForReset(String email) {
        var answer = http.post(null, "/api/v1/password-reset-requests", "{\"email\":\"%s\"}".formatted(email));
        jobs.runDue();
        return answer;
    }

    private MvcTestResult resetPassword(String token, String password) {
        return http.post(
                null, "/api/v1/password-resets", "{\"token\":\"%s\",\"password\":\"%s\"}".formatted(token, password));
    }

    private MvcTestResult logIn(String email, String password) {
        return http.post(null, "/api/v1/sessions", "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    private String tokenSentTo(String recipient) {
        var matcher = TOKEN.matcher(mails.to(recipient).getLast().text());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
