package io.tealdesk.reporting;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.TestJobs;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class HomeNumbersTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestJobs jobs;

    @Test
    void countsAndMeasuresWhatTheViewerMaySee() {
        var support = desk.theDefaultTeam();
        var billing = desk.aTeam("Billing");
        var ines = desk.aCustomer("Ines").personId();
        ticket(1, support, ines, "OPEN", "HIGH", "interval '1 day'", "interval '1 minute'", null);
        ticket(2, support, ines, "WAITING_ON_CUSTOMER", "HIGH", null, "interval '3 minutes'", null);
        ticket(3, support, ines, "RESOLVED", "LOW", "interval '1 day'", "interval '8 minutes'", "interval '2 hours'");
        ticket(4, support, ines, "CLOSED", "LOW", null, null, "interval '4 hours'");
        ticket(5, billing, ines, "OPEN", "CRITICAL", "interval '1 day'", "interval '9 days'", null);

        jobs.runDue();

        var ofDana = new Http(mvc).get(desk.anAgent("Dana", support), "/api/v1/home");
        var ofAda = new Http(mvc).get(desk.anAdministrator("Ada"), "/api/v1/home");

        assertThat(text(ofDana, "$.openByPriority.HIGH")).isEqualTo("2");
        assertThat(text(ofDana, "$.openByPriority.CRITICAL")).isEqualTo("0");
        assertThat(text(ofDana, "$.unassigned")).isEqualTo("2");
        assertThat(text(ofDana, "$.overdue")).isEqualTo("1");
        assertThat(Long.valueOf(text(ofDana, "$.firstReplyMedianSeconds"))).isCloseTo(180, withinPercentage(9));
        assertThat(Long.valueOf(text(ofDana, "$.resolutionMedianSeconds"))).isCloseTo(10_800, withinPercentage(9));
        assertThat(text(ofAda, "$.openByPriority.CRITICAL")).isEqualTo("1");
        assertThat(text(ofAda, "$.overdue")).isEqualTo("2");
    }

    @Test
    void stopsCountingWhereNobodyCountsAlong() {
        var ines = desk.aCustomer("Ines").personId();
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                                            updated_at, last_message_at, last_message_by)
                        select n, 'Help', 'OPEN', 'LOW', :ines, :team, now(), now(), now(), 'REQUESTER'
                        from generate_series(1, 1000) n""").param("ines", ines).param("team", desk.theDefaultTeam()).update();

        var home = new Http(mvc).get(desk.anAdministrator("Ada"), "/api/v1/home");

        assertThat(text(home, "$.openByPriority.LOW")).isEqualTo("999");
        assertThat(text(home, "$.capped")).contains("LOW", "UNASSIGNED").doesNotContain("OVERDUE");
    }

    @Test
    void leavesMediansOutWhereThereIsNothingToMeasure() {
        var home = new Http(mvc).get(desk.anAgent("Dana", desk.theDefaultTeam()), "/api/v1/home");

        assertThat(home).hasStatusOk().bodyJson().doesNotHavePath("$.firstReplyMedianSeconds");
    }

    /** Opened ten days ago; {@code overdueBy}, {@code repliedAfter} and {@code resolvedAfter} are SQL or null. */
    private void ticket(
            int number,
            UUID team,
            UUID requester,
            String status,
            String priority,
            @org.jspecify.annotations.Nullable String overdueBy,
            @org.jspecify.annotations.Nullable String repliedAfter,
            @org.jspecify.annotations.Nullable String resolvedAfter) {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, due_at, created_at,
                                            updated_at, first_replied_at, resolved_at, last_message_at, last_message_by)
                        select :number, 'Help', :status, :priority, :requester, :team, now() - cast(%s as interval), opened, opened,
                               opened + cast(%s as interval), opened + cast(%s as interval), opened, 'REQUESTER'
                        from (select now() - interval '10 days' as opened) o""".formatted(overdueBy, repliedAfter, resolvedAfter))
                .param("number", number)
                .param("status", status)
                .param("priority", priority)
                .param("requester", requester)
                .param("team", team)
                .update();
    }
}
