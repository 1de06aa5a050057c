package io.tealdesk.tickets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Sql;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The rule of who may see a ticket, in its two forms. */
@DeskTest
class TicketScopeTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Test
    void saysTheSameOfEveryTicketToEveryViewerInSqlAndInJava() {
        var support = desk.theDefaultTeam();
        var billing = desk.aTeam("Billing");
        var sharing = desk.aSharingOrganisation("Birnbaum");
        var discreet = desk.anOrganisation("Eberesche");
        var administrator = desk.anAdministrator("Ada");
        var customers = List.of(
                desk.aCustomerOf(sharing, "Ines"),
                desk.aCustomerOf(sharing, "Jo"),
                desk.aCustomerOf(discreet, "Kai"),
                desk.aCustomerOf(discreet, "Lea"),
                desk.aCustomer("Mia"));
        var staff = List.of(
                administrator,
                desk.anAgent("Dana", support),
                desk.anAgent("Emil", billing),
                desk.anAgent("Fay", support, billing),
                desk.anAgent("Gus"));
        var http = new Http(mvc);
        for (var customer : customers) {
            for (var team : List.of(support, billing)) {
                assertThat(http.post(administrator, "/api/v1/tickets", """
                                {"subject":"Help","body":"Please","attachmentIds":[],"requesterId":"%s","teamId":"%s"}""".formatted(customer.personId(), team)))
                        .hasStatus(201);
            }
        }

        for (var viewer : java.util.stream.Stream.concat(customers.stream(), staff.stream())
                .toList()) {
            assertThat(visibleBySql(viewer)).as(viewer.name()).isEqualTo(visibleByJava(viewer));
        }
        assertThat(visibleBySql(administrator)).hasSize(10);
        assertThat(visibleBySql(customers.getFirst())).hasSize(4);
        assertThat(visibleBySql(customers.get(2))).hasSize(2);
        assertThat(visibleBySql(staff.get(4))).isEmpty();
    }

    private List<Long> visibleBySql(Viewer viewer) {
        var scope = TicketScope.of(viewer);
        return jdbc.sql("select t.number from ticket t where " + scope.condition() + " order by t.number")
                .params(scope.parameters())
                .query(Long.class)
                .list();
    }

    private List<Long> visibleByJava(Viewer viewer) {
        return jdbc
                .sql("select number, requester_id, organisation_id, team_id from ticket order by number")
                .query((row, index) -> new Row(
                        row.getLong("number"),
                        TicketScope.includes(
                                viewer,
                                Sql.uuid(row, "requester_id"),
                                Sql.uuidOrNull(row, "organisation_id"),
                                UUID.fromString(row.getString("team_id")))))
                .list()
                .stream()
                .filter(Row::isVisible)
                .map(Row::number)
                .toList();
    }

    private record Row(long number, boolean isVisible) {}
}
