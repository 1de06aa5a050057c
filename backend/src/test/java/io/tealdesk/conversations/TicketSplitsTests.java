package io.tealdesk.conversations;

import static io.tealdesk.Http.body;
import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.identity.Viewer;
import io.tealdesk.reporting.TestRollUps;
import io.tealdesk.search.TestSearchIndex;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Messages that become a ticket of their own. */
@DeskTest
class TicketSplitsTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MutableClock clock;

    @Autowired
    TestSearchIndex searchIndex;

    private Http http;
    private Viewer dana;
    private Viewer ines;
    private Viewer jonas;
    private long number;
    private long second;
    private long third;
    private String file;

    @BeforeEach
    void aConversationAboutTwoThings() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        jonas = desk.aCustomer("Jonas");
        number = Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
        clock.advance(Duration.ofMinutes(10));
        file = text(http.upload(ines, "invoice.txt", "12 EUR".getBytes(StandardCharsets.UTF_8)), "$.id");
        second = Long.parseLong(
                text(http.post(ines, "/api/v1/portal/tickets/" + number + "/replies", """
                        {"body":"And the invoice is unreadable.","attachmentIds":["%s"]}""".formatted(file)), "$.id"));
        clock.advance(Duration.ofMinutes(10));
        third = Long.parseLong(
                text(http.post(dana, "/api/v1/tickets/" + number + "/replies", """
                        {"body":"Here it is anew.","attachmentIds":[],"lastSeenMessageId":%d,
                         "thenStatus":"WAITING_ON_CUSTOMER"}""".formatted(second)), "$.id"));
        TestRollUps.rebuild(jdbc);
        searchIndex.bringUpToDate();
    }

    @Test
    void makesATicketOfMessages() {
        var split = split(List.of(second, third), "Unreadable invoice");

        assertThat(split).hasStatus(201);
        var made = Long.parseLong(text(split, "$.ticket.number"));
        assertThat(text(split, "$.ticket.status")).isEqualTo("OPEN");
        assertThat(text(split, "$.ticket.requester.name")).isEqualTo("Ines");
        assertThat(texts(number)).isEqualTo("[\"On every bump.\"]");
        assertThat(texts(made)).isEqualTo("[\"And the invoice is unreadable.\",\"Here it is anew.\"]");
        assertThat(history(number)).endsWith("SPLIT null " + made);
        assertThat(history(made)).containsExactly("OPENED null null", "SPLIT_FROM null " + number);
        assertThat(text(http.get(dana, "/api/v1/tickets/" + made + "/links"), "$[0].ticket.number"))
                .isEqualTo(Long.toString(number));
        // Asked when it was written, and answered since.
        assertThat(text(split, "$.ticket.firstRepliedAt")).isNotEqualTo("null");
        assertThat(split).bodyJson().doesNotHavePath("$.from.firstRepliedAt");
        assertThat(Duration.between(
                        java.time.Instant.parse(text(split, "$.from.createdAt")),
                        java.time.Instant.parse(text(split, "$.ticket.createdAt"))))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(11));
        assertThat(http.get(ines, "/api/v1/attachments/" + file)).hasStatusOk();
        searchIndex.bringUpToDate();
        assertThat(text(http.get(dana, "/api/v1/search?q=unreadable"), "$.items[*].number"))
                .isEqualTo("[" + made + "]");
        TestRollUps.requireTrue(jdbc);
    }

    @Test
    void undoBringsTheMessagesBack() {
        var before = state();
        var made = Long.parseLong(text(split(List.of(second, third), "Unreadable invoice"), "$.ticket.number"));
        searchIndex.bringUpToDate();

        var undone = undo(made);

        assertThat(undone).hasStatusOk();
        searchIndex.bringUpToDate();
        assertThat(state()).isEqualTo(before);
        assertThat(text(undone, "$.ticket.mergedInto")).isEqualTo(Long.toString(number));
        assertThat(history(number)).endsWith("SPLIT null " + made, "SPLIT_UNDONE " + made + " null");
        assertThat(text(http.get(dana, "/api/v1/tickets/" + number + "/links"), "$"))
                .isEqualTo("[]");
        TestRollUps.requireTrue(jdbc);
        // Said twice, nothing more happens.
        var events = history(number);
        assertThat(undo(made)).hasStatusOk();
        assertThat(history(number)).isEqualTo(events);
    }

    @Test
    void whatWasWrittenSinceIsNotLost() {
        var made = Long.parseLong(text(split(List.of(third), "Unreadable invoice"), "$.ticket.number"));
        http.post(ines, "/api/v1/portal/tickets/" + made + "/replies", """
                {"body":"Written since.","attachmentIds":[]}""");

        undo(made);

        assertThat(texts(number)).contains("On every bump.", "Here it is anew.", "Written since.");
        assertThat(body(http.get(ines, "/api/v1/portal/tickets/" + number))).contains("Written since.");
    }

    @Test
    void refusesWhatCannotBeSplit() {
        var other = Long.parseLong(text(http.post(jonas, "/api/v1/portal/tickets", """
                        {"subject":"Mine","body":"Mine.","attachmentIds":[]}"""), "$.number"));
        var foreign = jdbc.sql("select id from message where ticket_number = :number")
                .param("number", other)
                .query(Long.class)
                .single();
        var first = jdbc.sql("select min(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();

        for (var ids : List.of(List.of(foreign), List.of(second, second), List.of(first, second, third))) {
            var refused = split(ids, "Unreadable invoice");
            assertThat(refused).hasStatus(400);
            assertThat(text(refused, "$.errors[0].field")).isEqualTo("messageIds");
        }
        assertThat(text(http.get(dana, "/api/v1/tickets/" + number + "/messages"), "$.length()"))
                .isEqualTo("3");
    }

    @Test
    void belongsToWhomeverItIsSaidToBelongTo() {
        var split = http.post(dana, "/api/v1/tickets/" + number + "/splits", """
                {"messageIds":[%d],"subject":"Unreadable invoice","requesterId":"%s"}""".formatted(second, jonas.personId()));

        var made = text(split, "$.ticket.number");
        assertThat(text(split, "$.ticket.requester.name")).isEqualTo("Jonas");
        assertThat(http.get(ines, "/api/v1/portal/tickets/" + made)).hasStatus(404);
        assertThat(body(http.get(jonas, "/api/v1/portal/tickets/" + made))).contains("unreadable");
        assertThat(http.get(jonas, "/api/v1/portal/tickets/" + number)).hasStatus(404);
    }

    private MvcTestResult split(List<Long> ids, String subject) {
        return http.post(dana, "/api/v1/tickets/" + number + "/splits", """
                {"messageIds":%s,"subject":"%s"}""".formatted(ids, subject));
    }

    private MvcTestResult undo(long made) {
        return http.change(HttpMethod.DELETE, dana, "/api/v1/tickets/" + made + "/split", null, "");
    }

    private String state() {
        return jdbc.sql("""
                                select (to_jsonb(t) - 'version' - 'updated_at')::text from ticket t
                                where number = :number""").param("number", number).query(String.class).single()
                + body(http.get(dana, "/api/v1/tickets/" + number + "/messages"))
                + jdbc.sql("select words::text from ticket_search where ticket_number = :number")
                        .param("number", number)
                        .query(String.class)
                        .single();
    }

    private String texts(long of) {
        return text(http.get(dana, "/api/v1/tickets/" + of + "/messages"), "$[*].bodyMarkdown");
    }

    private List<String> history(long of) {
        return jdbc.sql("""
                        select concat_ws(' ', kind, coalesce(from_value, 'null'), coalesce(to_value, 'null'))
                        from ticket_event where ticket_number = :number order by id""").param("number", of).query(String.class).list();
    }
}
