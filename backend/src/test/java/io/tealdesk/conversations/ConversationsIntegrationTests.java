package io.tealdesk.conversations;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.SentMails;
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
