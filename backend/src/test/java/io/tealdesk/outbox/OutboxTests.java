package io.tealdesk.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tealdesk.DeskTest;
import io.tealdesk.MutableClock;
import io.tealdesk.SentMails;
import io.tealdesk.TestJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

@DeskTest
class OutboxTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Autowired
    Outbox outbox;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    SentMails sent;

    @Autowired
    TestJobs jobs;

    @Autowired
    MutableClock time;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    MeterRegistry meters;

    @BeforeEach
    void atNoon() {
        time.stopAt(NOON);
    }

    @Test
    void sendsWhatWasCommitted() {
        put(new OutgoingMail(
                "ines@example.org", "Ines", "Hello", "A text.", false, Map.of("References", "<1@tealdesk>")));

        jobs.runDue();

        assertThat(sent.to("ines@example.org")).singleElement().satisfies(mail -> {
            assertThat(mail.subject()).isEqualTo("Hello");
            assertThat(mail.text()).isEqualTo("A text.");
            assertThat(mail.headers()).containsEntry("References", "<1@tealdesk>");
        });
        assertThat(row()).containsEntry("state", "SENT").containsEntry("body_text", "A text.");
    }

    @Test
    void sendsNothingOfAChangeThatWasRolledBack() {
        transaction.executeWithoutResult(status -> {
            outbox.put(hello());
            status.setRollbackOnly();
        });

        jobs.runDue();

        assertThat(sent.all()).isEmpty();
    }

    @Test
    void takesMailsOnlyWithTheirChange() {
        assertThatThrownBy(() -> outbox.put(hello())).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void blanksAConfidentialTextOnceItHasLeft() {
        put(OutgoingMail.confidential("ines@example.org", "", "Your link", "https://…/#token=secret"));

        jobs.runDue();

        assertThat(sent.all())
                .singleElement()
                .satisfies(mail -> assertThat(mail.mail().text()).contains("secret"));
        assertThat(row()).containsEntry("body_text", "");
    }

    @Test
    void triesAgainLaterWithTheSameMessageId() {
        put(hello());
        sent.answerWith(MailNotSent.forNow("450 Try again later", null));

        jobs.runDue();

        assertThat(row())
                .containsEntry("state", "WAITING")
                .containsEntry("attempts", 1)
                .containsEntry("last_error", "450 Try again later");
        var messageId = row().get("message_id");
        sent.answerWith(null);
        jobs.runDue();
        assertThat(sent.all()).as("before its time").isEmpty();

        time.advance(Duration.ofMinutes(1));
        jobs.runDue();

        assertThat(sent.all())
                .singleElement()
                .satisfies(mail -> assertThat(mail.messageId()).isEqualTo(messageId));
        assertThat(row()).containsEntry("state", "SENT").containsEntry("attempts", 2);
    }

    @Test
    void givesUpAfterTenAttempts() {
        put(hello());
        sent.answerWith(MailNotSent.forNow("Connection refused", null));

        for (int attempt = 0; attempt < OutboxSender.ATTEMPTS_MAX; attempt++) {
            jobs.runDue();
            time.advance(Duration.ofHours(2));
        }

        assertThat(row()).containsEntry("state", "FAILED").containsEntry("attempts", OutboxSender.ATTEMPTS_MAX);
    }

    @Test
    void givesUpAtOnceWhenTheServerRefuses() {
        put(hello());
        sent.answerWith(MailNotSent.refused("550 No such user", null));

        jobs.runDue();

        assertThat(row()).containsEntry("state", "FAILED").containsEntry("last_error", "550 No such user");
    }

    @Test
    void waitsLongerAfterEachAttempt() {
        assertThat(Duration.between(NOON, OutboxSender.nextAttempt(NOON, 1)))
                .isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36));
        assertThat(Duration.between(NOON, OutboxSender.nextAttempt(NOON, 3)))
                .isBetween(Duration.ofSeconds(96), Duration.ofSeconds(144));
        assertThat(Duration.between(NOON, OutboxSender.nextAttempt(NOON, 9)))
                .isBetween(Duration.ofMinutes(48), Duration.ofMinutes(72));
    }

    @Test
    void sendsEachMailOnceWhenTwoTasksSendAtOnce() throws Exception {
        IntStream.range(0, 60)
                .forEach(i -> put(OutgoingMail.of("person" + i + "@example.org", "", "Hello", "A text.")));
        var senders = IntStream.range(0, 2)
                .mapToObj(i -> new OutboxSender(jdbc, json, sent, time))
                .toList();
        var start = new CountDownLatch(1);

        try (var tasks = Executors.newFixedThreadPool(senders.size())) {
            var running = senders.stream()
                    .<Future<?>>map(sender -> tasks.submit(() -> {
                        start.await();
                        sender.sendDue();
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (var task : running) {
                task.get();
            }
        }

        assertThat(sent.all()).hasSize(60).doesNotHaveDuplicates();
    }

    @Test
    void givesBackWhatASlowMailServerLeavesNoTimeFor() {
        put(hello());
        put(hello());
        sent.afterEach(() -> time.advance(OutboxSender.BEGUN_WITHIN));
        var sender = new OutboxSender(jdbc, json, sent, time);

        sender.sendDue();
        assertThat(sent.all()).hasSize(1);
        assertThat(jdbc.sql("select attempts from outbox_mail where state = 'WAITING'")
                        .query(Integer.class)
                        .single())
                .isZero();
        sender.sendDue();

        assertThat(sent.all()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void sendsMoreThanItTakesTogether() {
        IntStream.range(0, 2 * OutboxSender.MAILS_TOGETHER + 1)
                .forEach(i -> put(OutgoingMail.of("person" + i + "@example.org", "", "Hello", "A text.")));

        new OutboxSender(jdbc, json, sent, time).sendDue();

        assertThat(sent.all()).hasSize(2 * OutboxSender.MAILS_TOGETHER + 1).doesNotHaveDuplicates();
        assertThat(jdbc.sql("select count(*) from outbox_mail where state <> 'SENT'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void sendsAgainWhatATaskTookWithItWhenItDied() {
        put(hello());
        jdbc.sql("update outbox_mail set attempts = 1, send_after = :leaseEnd")
                .param("leaseEnd", NOON.plus(OutboxSender.LEASE).atOffset(java.time.ZoneOffset.UTC))
                .update();
        jobs.runDue();
        assertThat(sent.all()).isEmpty();

        time.advance(OutboxSender.LEASE);
        jobs.runDue();

        assertThat(sent.all()).hasSize(1);
    }

    @Test
    void sendsAtOnceWithoutWaitingForTheJob() {
        var sender = new OutboxSender(jdbc, json, sent, time);
        var dispatch = new OutboxDispatch(sender, new OutboxProperties(true));
        dispatch.start();
        put(hello());

        dispatch.sendSoon();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(sent.all()).hasSize(1));
        dispatch.stop();
    }

    @Test
    void tellsHowLongTheOldestMailHasWaited() {
        put(hello());
        time.advance(Duration.ofMinutes(2));

        assertThat(meters.get("tealdesk.outbox.oldest.waiting")
                        .timeGauge()
                        .value(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(120);
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void logsHowLongTheOldestMailHasWaited(CapturedOutput log) {
        sent.answerWith(MailNotSent.forNow("Connection refused", null));
        put(hello());
        jobs.runDue();
        time.advance(Duration.ofMinutes(2));

        jobs.runDue();

        assertThat(log).contains("The oldest mail has been waiting for 120 s").doesNotContain("waiting for 0 s");
    }

    private static OutgoingMail hello() {
        return OutgoingMail.of("ines@example.org", "Ines", "Hello", "A text.");
    }

    private void put(OutgoingMail mail) {
        transaction.executeWithoutResult(status -> outbox.put(mail));
    }

    private Map<String, Object> row() {
        return jdbc.sql("select state, attempts, message_id, body_text, last_error from outbox_mail")
                .query()
                .singleRow();
    }
}
