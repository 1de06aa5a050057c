package io.tealdesk.tickets;

import static io.tealdesk.Http.body;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.identity.Viewer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What tickets are to each other. */
@DeskTest
class TicketLinksTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    private Http http;
    private UUID billing;
    private Viewer dana;
    private Viewer ada;
    private Viewer ines;

    @BeforeEach
    void people() {
        http = new Http(mvc);
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        ada = desk.anAdministrator("Ada");
        ines = desk.aCustomer("Ines");
    }

    @Test
    void isReadFromBothEndsAndRemovedFromEither() {
        var first = asked("Trailer squeaks");
        var second = asked("Order grease");

        var link = link(dana, first, "BLOCKED_BY", second);

        assertThat(link).hasStatusOk();
        assertThat(text(link, "$.relation")).isEqualTo("BLOCKED_BY");
        assertThat(links(dana, second)).containsExactly("BLOCKS " + first);
        assertThat(links(dana, first)).containsExactly("BLOCKED_BY " + second);
        assertThat(history(first)).endsWith("LINKED null BLOCKED_BY:" + second);
        assertThat(history(second)).endsWith("LINKED null BLOCKS:" + first);
        // Said again, from either end, it is the same.
        assertThat(text(link(dana, second, "BLOCKS", first), "$.id")).isEqualTo(text(link, "$.id"));
        assertThat(history(first)).hasSize(2);

        assertThat(http.change(
                        HttpMethod.DELETE,
                        dana,
                        "/api/v1/tickets/" + second + "/links/" + text(link, "$.id"),
                        null,
                        ""))
                .hasStatus(204);
        assertThat(links(dana, first)).isEmpty();
        assertThat(history(first)).endsWith("UNLINKED BLOCKED_BY:" + second + " null");
    }

    @Test
    void isNotShownToWhomMayNotSeeTheOther() {
        var first = asked("Trailer squeaks");
        var second = asked("A secret of Billing");
        http.change(
                HttpMethod.PUT,
                ada,
                "/api/v1/tickets/" + second + "/team",
                "\"0\"",
                "{\"teamId\":\"" + billing + "\"}");
        var link = link(ada, first, "RELATED", second);

        assertThat(links(ada, first)).containsExactly("RELATED " + second);
        assertThat(links(dana, first)).isEmpty();
        assertThat(body(http.get(dana, "/api/v1/tickets/" + first + "/events"))).doesNotContain("LINKED");
        assertThat(body(http.get(ada, "/api/v1/tickets/" + first + "/events"))).contains("LINKED");
        assertThat(link(dana, first, "BLOCKS", second)).hasStatus(404);
        assertThat(http.change(
                        HttpMethod.DELETE, dana, "/api/v1/tickets/" + first + "/links/" + text(link, "$.id"), null, ""))
                .hasStatus(404);
    }

    @Test
    void nothingIsADuplicateOfItself() {
        var one = asked("One");
        var two = asked("Two");
        var three = asked("Three");
        link(dana, one, "DUPLICATE_OF", two);
        link(dana, three, "DUPLICATED_BY", two);

        var refused = link(dana, three, "DUPLICATE_OF", one);

        assertThat(refused).hasStatus(409);
        assertThat(text(refused, "$.type")).isEqualTo("/problems/duplicates-in-a-circle");
        assertThat(link(dana, one, "DUPLICATED_BY", three)).hasStatus(409);
        assertThat(link(dana, one, "RELATED", one)).hasStatus(400);
        assertThat(link(dana, three, "BLOCKS", one)).hasStatusOk();
        assertThat(history(three)).hasSize(3);
    }

    @Test
    void linksAtTheSameMomentCloseNoCircle() throws Exception {
        for (int round = 0; round < 5; round++) {
            var tickets = List.of(asked("One"), asked("Two"), asked("Three"), asked("Four"));
            var barrier = new CyclicBarrier(tickets.size());
            try (var threads = Executors.newFixedThreadPool(tickets.size())) {
                var answers = new ArrayList<Future<MvcTestResult>>();
                for (int i = 0; i < tickets.size(); i++) {
                    var from = tickets.get(i);
                    var to = tickets.get((i + 1) % tickets.size());
                    answers.add(threads.submit(() -> {
                        barrier.await();
                        return link(dana, from, "DUPLICATE_OF", to);
                    }));
                }
                var statuses = new ArrayList<Integer>();
                for (var answer : answers) {
                    statuses.add(answer.get().getResponse().getStatus());
                }
                assertThat(statuses).containsExactlyInAnyOrder(200, 200, 200, 409);
            }
        }
    }

    @Test
    void whatIsPartOfAnotherIsNotLinked() {
        var first = asked("Trailer squeaks");
        var second = asked("It squeaks again");
        var third = asked("Order grease");
        http.post(dana, "/api/v1/ticket-merges", """
                {"target":{"number":%d,"version":0},"tickets":[{"number":%d,"version":0}]}""".formatted(first, second));

        assertThat(link(dana, third, "RELATED", second)).hasStatus(409);
        assertThat(link(dana, third, "RELATED", first)).hasStatusOk();
    }

    private long asked(String subject) {
        return Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"%s","body":"Help.","attachmentIds":[]}""".formatted(subject)), "$.number"));
    }

    private MvcTestResult link(Viewer who, long number, String relation, long other) {
        return http.change(
                HttpMethod.PUT, who, "/api/v1/tickets/" + number + "/links", null, """
                {"relation":"%s","number":%d}""".formatted(relation, other));
    }

    private List<String> links(Viewer who, long number) {
        var answer = http.get(who, "/api/v1/tickets/" + number + "/links");
        var found = new ArrayList<String>();
        int count = Integer.parseInt(text(answer, "$.length()"));
        for (int i = 0; i < count; i++) {
            found.add(text(answer, "$[" + i + "].relation") + " " + text(answer, "$[" + i + "].ticket.number"));
        }
        return found;
    }

    private List<String> history(long number) {
        return jdbc.sql("""
                        select concat_ws(' ', kind, coalesce(from_value, 'null'), coalesce(to_value, 'null'))
                        from ticket_event where ticket_number = :number order by id""").param("number", number).query(String.class).list();
    }
}
