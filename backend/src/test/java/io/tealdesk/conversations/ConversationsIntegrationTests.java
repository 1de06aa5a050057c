package io.tealdesk.conversations;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.SentMails;
import io.tealdesk.StatementCounter;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@DeskTest
class ConversationsIntegrationTests {

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

    private Http http;
    private Viewer dana;
    private Viewer emil;
    private Viewer ines;
    private long number;

    @BeforeEach
    void aCustomerAsks() {
        http = new Http(mvc);
        dana = desk.anAgent("Dana", desk.theDefaultTeam());
        emil = desk.anAgent("Emil", desk.theDefaultTeam());
        ines = desk.aCustomer("Ines");
        number = Long.parseLong(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number"));
    }

    @Test
    void refusesAReplyWhoseAuthorHasNotSeenTheNewestMessage() {
        var seen = newestMessage();
        assertThat(reply(dana, seen, "Grease it.")).hasStatus(201);

        var stale = reply(emil, seen, "Send it in.");

        assertThat(stale).hasStatus(409);
        assertThat(text(stale, "$.newerMessages[0].bodyMarkdown")).isEqualTo("Grease it.");
        assertThat(reply(emil, newestMessage(), "Send it in.")).hasStatus(201);
        assertThat(bodies()).containsExactly("On every bump.", "Grease it.", "Send it in.");
    }

    @Test
    void letsOneOfTwoSimultaneousRepliesThrough() throws Exception {
        var seen = newestMessage();
        var start = new CyclicBarrier(2);
        try (var executor = Executors.newFixedThreadPool(2)) {
            var first = executor.submit(() -> {
                start.await();
                return reply(dana, seen, "From Dana");
            });
            var second = executor.submit(() -> {
                start.await();
                return reply(emil, seen, "From Emil");
            });

            assertThat(java.util.List.of(
                            first.get().getResponse().getStatus(),
                            second.get().getResponse().getStatus()))
                    .containsExactlyInAnyOrder(201, 409);
        }
        assertThat(bodies()).hasSize(2);
    }

    @Test
    void sendsAReplyOnceHoweverOftenItIsAskedFor() {
        var key = UUID.randomUUID().toString();
        var request = replyRequest(newestMessage(), "Grease it.");
        var uri = "/api/v1/tickets/%d/replies".formatted(number);

        var first = http.post(dana, uri, key, request);
        var again = http.post(dana, uri, key, request);

        assertThat(again).hasStatus(201);
        assertThat(text(again, "$.id")).isEqualTo(text(first, "$.id"));
        jobs.runDue();
        assertThat(mails.to("ines@tealdesk.test")).hasSize(2);
    }

    @Test
    void neverShowsANoteToTheCustomerNorMailsIt() {
        var secret = upload(dana, "diagnosis.txt", "internal");
        http.post(dana, "/api/v1/tickets/%d/notes".formatted(number), """
                {"body":"She is wrong.","attachmentIds":["%s"]}""".formatted(secret));
        jobs.runDue();

        var seen = http.get(ines, "/api/v1/portal/tickets/" + number);

        assertThat(Http.body(seen)).doesNotContain("She is wrong", "diagnosis");
        assertThat(http.get(ines, "/api/v1/attachments/" + secret)).hasStatus(404);
        assertThat(http.get(emil, "/api/v1/attachments/" + secret)).hasStatusOk();
        assertThat(mails.all()).noneMatch(mail -> mail.mail().text().contains("She is wrong"));
    }

    @Test
    void bringsATicketBackWhenTheCustomerAnswers() {
        http.post(
                dana,
                "/api/v1/tickets/%d/replies".formatted(number),
                replyRequest(newestMessage(), "Which trailer?")
                        .replace("}", ",\"thenStatus\":\"WAITING_ON_CUSTOMER\"}"));
        assertThat(portalStatus()).isEqualTo("WAITING_FOR_YOU");

        assertThat(customerReply("The long one.")).hasStatus(201);

        assertThat(text(http.get(dana, "/api/v1/tickets/" + number), "$.lane")).isEqualTo("TO_DO");
        assertThat(portalStatus()).isEqualTo("IN_WORK");
    }

    @Test
    void letsACustomerCloseAndReopen() {
        assertThat(http.change(HttpMethod.PUT, ines, "/api/v1/portal/tickets/%d/closure".formatted(number), null, ""))
                .hasStatusOk();
        assertThat(customerReply("One more thing"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/ticket-closed");

        assertThat(http.change(
                        HttpMethod.DELETE, ines, "/api/v1/portal/tickets/%d/closure".formatted(number), null, ""))
                .hasStatusOk();

        assertThat(customerReply("One more thing")).hasStatus(201);
    }

    @Test
    void attachesAFileOnceAndOnlyForItsUploader() {
        var file = upload(ines, "photo.png", "\u0089PNG\r\n\u001a\n");

        assertThat(customerReplyWith(file)).hasStatus(201);
        assertThat(customerReplyWith(file)).hasStatus(400);
        assertThat(customerReplyWith(upload(dana, "other.txt", "x"))).hasStatus(400);
        assertThat(bodies()).hasSize(2);
    }

    @Test
    void comparesACustomersReplyWithWhatCustomersSee() {
        var seen = newestMessage();
        http.post(dana, "/api/v1/tickets/%d/notes".formatted(number), """
                {"body":"She is wrong.","attachmentIds":[]}""");
        assertThat(customerReply("And?", seen)).hasStatus(201);
        assertThat(reply(dana, newestMessage(), "Grease it.")).hasStatus(201);

        var stale = customerReply("Hello?", seen);

        assertThat(stale).hasStatus(409);
        assertThat(text(stale, "$.newerMessages[*].bodyHtml")).contains("And?", "Grease it.");
        assertThat(Http.body(stale)).doesNotContain("She is wrong", "bodyMarkdown");
    }

    @Test
    void leavesNothingBehindOfARefusedReply() {
        var file = upload(dana, "photo.png", "x");
        var closing = replyRequest(newestMessage(), "Bye")
                .replace("[]", "[\"%s\"]".formatted(file))
                .replace("}", ",\"thenStatus\":\"%s\"}");
        http.change(HttpMethod.PUT, ines, "/api/v1/portal/tickets/%d/closure".formatted(number), null, "");
        var uri = "/api/v1/tickets/%d/replies".formatted(number);

        assertThat(http.post(dana, uri, closing.formatted("CANCELLED"))).hasStatus(409);

        assertThat(bodies()).hasSize(1);
        jobs.runDue();
        assertThat(mails.to("ines@tealdesk.test")).hasSize(1);
        assertThat(http.post(dana, uri, closing.formatted("OPEN"))).hasStatus(201);
        assertThat(bodies()).hasSize(2);
    }

    @Test
    void showsCustomersTheNewestOfAVeryLongConversation() {
        jdbc.sql("""
                        insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                        select :number, :dana, 'PUBLIC_REPLY', 'No. ' || i, '<p>No. ' || i || '</p>', now()
                        from generate_series(1, 600) i""").param("number", number).param("dana", dana.personId()).update();

        var seen = http.get(ines, "/api/v1/portal/tickets/" + number);

        assertThat(text(seen, "$.messages.length()")).isEqualTo("500");
        assertThat(text(seen, "$.messages[0].bodyHtml")).isEqualTo("<p>No. 101</p>");
        assertThat(text(seen, "$.messages[499].bodyHtml")).isEqualTo("<p>No. 600</p>");
    }

    @Test
    void readsAConversationInAsManyStatementsHoweverLongItIs(@Autowired StatementCounter statements) {
        Runnable reading = () -> http.get(dana, "/api/v1/tickets/%d/messages".formatted(number));
        Runnable following = () -> http.get(ines, "/api/v1/portal/tickets/" + number);
        var readingOne = statements.statementsOf(reading).size();
        var followingOne = statements.statementsOf(following).size();
        for (int i = 0; i < 20; i++) {
            customerReplyWith(upload(ines, "photo" + i + ".png", "x"));
        }

        assertThat(statements.statementsOf(reading)).hasSize(readingOne);
        assertThat(statements.statementsOf(following)).hasSize(followingOne);
    }

    @Test
    void showsAnOrganisationsTicketsToItsMembersOnlyWhereItSharesThem() {
        var sharing = desk.aSharingOrganisation("Birnbaum");
        var discreet = desk.anOrganisation("Eberesche");
        var shared = asked(desk.aCustomerOf(sharing, "Jo"));
        var secret = asked(desk.aCustomerOf(discreet, "Kai"));
        var colleague = desk.aCustomerOf(sharing, "Lea");

        assertThat(http.get(colleague, "/api/v1/portal/tickets/" + shared)).hasStatusOk();
        assertThat(text(http.get(colleague, "/api/v1/portal/tickets?scope=ORGANISATION"), "$.items[*].number"))
                .isEqualTo("[%s]".formatted(shared));
        assertThat(text(http.get(colleague, "/api/v1/portal/tickets?scope=MINE"), "$.items[*].number"))
                .isEqualTo("[]");
        assertThat(http.get(desk.aCustomerOf(discreet, "Mia"), "/api/v1/portal/tickets/" + secret))
                .hasStatus(404);
    }

    private String asked(Viewer customer) {
        return text(http.post(customer, "/api/v1/portal/tickets", """
                        {"subject":"Help","body":"Please","attachmentIds":[]}"""), "$.number");
    }

    @Test
    void acknowledgesARequestWithoutWakingOutOfOfficeReplies() {
        jobs.runDue();

        assertThat(mails.to("ines@tealdesk.test")).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("[#%d] Trailer squeaks".formatted(number));
            assertThat(mail.headers()).containsEntry("Auto-Submitted", "auto-generated");
        });
    }

    @Test
    void tellsTheAssigneeThatTheCustomerWrote() {
        var ticket = http.get(dana, "/api/v1/tickets/" + number);
        http.change(
                HttpMethod.PUT,
                dana,
                "/api/v1/tickets/%d/assignment".formatted(number),
                Http.etag(ticket),
                "{\"assigneeId\":\"%s\"}".formatted(dana.personId()));

        customerReply("Any news?");
        jobs.runDue();

        assertThat(mails.to("dana@tealdesk.test")).hasSize(1);
    }

    private MvcTestResult reply(Viewer author, long lastSeen, String body) {
        return http.post(author, "/api/v1/tickets/%d/replies".formatted(number), replyRequest(lastSeen, body));
    }

    private static String replyRequest(long lastSeen, String body) {
        return """
                {"body":"%s","attachmentIds":[],"lastSeenMessageId":%d}""".formatted(body, lastSeen);
    }

    private MvcTestResult customerReply(String body) {
        return http.post(ines, "/api/v1/portal/tickets/%d/replies".formatted(number), """
                {"body":"%s","attachmentIds":[]}""".formatted(body));
    }

    private MvcTestResult customerReply(String body, long lastSeen) {
        return http.post(ines, "/api/v1/portal/tickets/%d/replies".formatted(number), replyRequest(lastSeen, body));
    }

    private MvcTestResult customerReplyWith(String attachmentId) {
        return http.post(ines, "/api/v1/portal/tickets/%d/replies".formatted(number), """
                {"body":"See here","attachmentIds":["%s"]}""".formatted(attachmentId));
    }

    private String upload(Viewer uploader, String fileName, String content) {
        return text(http.upload(uploader, fileName, content.getBytes(StandardCharsets.ISO_8859_1)), "$.id");
    }

    private String portalStatus() {
        return text(http.get(ines, "/api/v1/portal/tickets/" + number), "$.status");
    }

    private long newestMessage() {
        return jdbc.sql("select max(id) from message where ticket_number = :number")
                .param("number", number)
                .query(Long.class)
                .single();
    }

    private java.util.List<String> bodies() {
        return jdbc.sql("select body_markdown from message where ticket_number = :number order by id")
                .param("number", number)
                .query(String.class)
                .list();
    }
}
