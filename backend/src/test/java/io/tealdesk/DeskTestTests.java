package io.tealdesk;

import static io.tealdesk.DeskFixtures.as;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The test support itself: what every other test takes for granted. */
@DeskTest
class DeskTestTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    Clock clock;

    @Autowired
    MutableClock time;

    @Autowired
    TestJobs jobs;

    @Autowired
    StatementCounter statements;

    @Autowired
    JdbcClient jdbc;

    @Test
    void runsOnPostgreSql18() {
        assertThat(jdbc.sql("show server_version").query(String.class).single()).startsWith("18.");
    }

    @RepeatedTest(2)
    void beginsWithNobodyAndTheDefaultTeam() {
        assertThat(jdbc.sql("select count(*) from person").query(Long.class).single())
                .isZero();
        assertThat(desk.theDefaultTeam()).isNotNull();

        desk.aCustomer("Ines");
    }

    @Test
    void answersInTheNameOfSomebody() {
        var ines = desk.aCustomerOf(desk.anOrganisation("Birnbaum"), "Ines Birnbaum");

        assertThat(mvc.get().uri("/api/v1/me").with(as(ines)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.email")
                .isEqualTo("ines@tealdesk.test");
        assertThat(mvc.get().uri("/api/v1/me")).hasStatus(401);
    }

    @Test
    void signsInForReal() {
        desk.anAgent("Dana", desk.theDefaultTeam());

        assertThat(mvc.post()
                        .uri("/api/v1/sessions")
                        .contentType("application/json")
                        .content("{\"email\":\"dana@tealdesk.test\",\"password\":\"%s\"}"
                                .formatted(DeskFixtures.PASSWORD)))
                .hasStatusOk();
    }

    @Test
    void movesTheTime() {
        time.stopAt(Instant.parse("2026-11-22T10:00:00Z"));
        time.advance(Duration.ofDays(1));

        assertThat(clock.instant()).isEqualTo("2026-11-23T10:00:00Z");
    }

    @Test
    void countsStatements() {
        assertThat(statements.statementsOf(() -> desk.theDefaultTeam()))
                .containsExactly("select id from team where is_default");
    }

    @Test
    void runsJobsWhenTold() {
        assertThat(mvc.post()
                        .uri("/api/v1/registrations")
                        .contentType("application/json")
                        .content("""
                                {"name":"Ines","email":"ines@example.org","password":"rhubarb and custard","locale":"en"}"""))
                .hasStatus(202);
        assertThat(peopleCalledInes()).isZero();

        jobs.runDue();

        assertThat(peopleCalledInes()).isOne();
    }

    private long peopleCalledInes() {
        return jdbc.sql("select count(*) from person where email = 'ines@example.org'")
                .query(Long.class)
                .single();
    }
}
