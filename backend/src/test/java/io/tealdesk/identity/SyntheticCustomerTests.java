package io.tealdesk.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.IdentityProperties.Login;
import io.tealdesk.shared.StartProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;

/** Whom release checks sign in as. */
@DeskTest
class SyntheticCustomerTests {

    private static final String ADDRESS = "release-check@tealdesk.invalid";
    private static final int MORE_TRIES_THAN_ANYBODY_HAS = 15;

    @Autowired
    SyntheticCustomer customer;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    JdbcClient jdbc;

    private Http http;

    @BeforeEach
    void start() {
        http = new Http(mvc);
    }

    @Test
    void signsInAndOpensATicketThatNobodyIsMailedAbout() {
        keep("the first password");
        var accessToken = Http.text(logIn("the first password"), "$.accessToken");

        assertThat(mvc.post()
                        .uri("/api/v1/portal/tickets")
                        .header("Authorization", "Bearer " + accessToken)
                        .header("Idempotency-Key", "d-RELEASE123")
                        .contentType("application/json")
                        .content("""
                                {"subject": "Release check d-RELEASE123", "body": "Written by a release check.",
                                 "attachmentIds": []}"""))
                .hasStatus(201);
        assertThat(jdbc.sql("select count(*) from outbox_mail")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void followsItsSecret() {
        keep("the first password");
        keep("the first password");
        keep("the second password");

        assertThat(logIn("the first password")).hasStatus(401);
        assertThat(logIn("the second password")).hasStatusOk();
        assertThat(jdbc.sql("select count(*) from person where email = '" + ADDRESS + "'")
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void isNotLockedOutByAStranger() {
        keep("the first password");
        for (int i = 0; i < MORE_TRIES_THAN_ANYBODY_HAS; i++) {
            assertThat(logIn("a stranger's guess")).hasStatus(401);
        }

        assertThat(logIn("the first password")).hasStatusOk();
    }

    @Test
    void isNobodyReal() {
        var login = new Login("ines@tealdesk.test", "the first password");

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> customer.keep(login)))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("could be somebody's");
    }

    private void keep(String password) {
        transactions.executeWithoutResult(status -> customer.keep(new Login(ADDRESS, password)));
    }

    private MvcTestResult logIn(String password) {
        return http.post(null, "/api/v1/sessions", """
                {"email": "%s", "password": "%s"}""".formatted(ADDRESS, password));
    }
}
