package io.tealdesk.outbox;

import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends waiting mails. Any number of tasks may do so at once: each takes one mail at a time by moving its next attempt
 * behind the end of a lease, sends it outside of any transaction, and notes the outcome. A task that dies between the
 * mail server's answer and the note leaves a mail that is sent again when its lease has run out, with the same
 * Message-ID: at least once, and once for every receiver that minds the id.
 */
@Component
class OutboxSender {

    static final int ATTEMPTS_MAX = 10;
    /** Longer than the mail server may take with all its timeouts. */
    static final Duration LEASE = Duration.ofMinutes(3);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(30);
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    private static final int MAILS_PER_RUN_MAX = 200;
    private static final int ERROR_LENGTH_MAX = 1000;
    private static final Logger log = LoggerFactory.getLogger(OutboxSender.class);

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final MailTransport transport;
    private final Clock clock;

    OutboxSender(JdbcClient jdbc, JsonMapper json, MailTransport transport, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.transport = transport;
        this.clock = clock;
    }

    /** Sends what is due now; what comes up meanwhile beyond a bound is left to the next run. */
    void sendDue() {
        for (int sent = 0; sent < MAILS_PER_RUN_MAX; sent++) {
            var mail = take();
            if (mail.isEmpty() || Thread.currentThread().isInterrupted()) {
                return;
            }
            send(mail.get());
        }
    }

    private Optional<TakenMail> take() {
        var now = clock.instant();
        return jdbc.sql("""
                update outbox_mail set attempts = attempts + 1, send_after = :leaseEnd
                where id = (select id from outbox_mail where state = 'WAITING' and send_after <= :now
                            order by send_after limit 1 for update skip locked)
                returning id, message_id, recipient, recipient_name, subject, body_text, confidential, headers,
                          attempts""")
                .param("leaseEnd", Sql.timestamp(now.plus(LEASE)))
                .param("now", Sql.timestamp(now))
                .query((row, index) -> new TakenMail(
                        Sql.uuid(row, "id"),
                        row.getString("message_id"),
                        new OutgoingMail(
                                row.getString("recipient"),
                                row.getString("recipient_name"),
                                row.getString("subject"),
                                row.getString("body_text"),
                                row.getBoolean("confidential"),
                                json.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {})),
                        row.getInt("attempts")))
                .optional();
    }

    private void send(TakenMail taken) {
        try {
            transport.send(taken.messageId, taken.mail);
            noteSent(taken);
        } catch (MailNotSent failure) {
            if (failure.isFinal() || taken.attempts >= ATTEMPTS_MAX) {
                log.warn("Mail {} has failed for good: {}", taken.messageId, failure.getMessage());
                noteFailed(taken, failure);
            } else {
                log.info("Mail {} was not sent, it stays waiting: {}", taken.messageId, failure.getMessage());
                notePostponed(taken, failure);
            }
        }
    }

    private void noteSent(TakenMail taken) {
        jdbc.sql("""
                update outbox_mail
                set state = 'SENT', sent_at = :now, last_error = null,
                    body_text = case when confidential then '' else body_text end
                where id = :id""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("id", taken.id)
                .update();
    }

    private void noteFailed(TakenMail taken, MailNotSent failure) {
        jdbc.sql("update outbox_mail set state = 'FAILED', last_error = :error where id = :id")
                .param("error", error(failure))
                .param("id", taken.id)
                .update();
    }

    private void notePostponed(TakenMail taken, MailNotSent failure) {
        jdbc.sql("update outbox_mail set send_after = :next, last_error = :error where id = :id")
                .param("next", Sql.timestamp(nextAttempt(clock.instant(), taken.attempts)))
                .param("error", error(failure))
                .param("id", taken.id)
                .update();
    }

    /** Twice as long after each attempt, and spread by a fifth so that a mended server is not overrun. */
    static Instant nextAttempt(Instant now, int attempts) {
        var wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 10));
        var bounded = wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait;
        var spread = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        return now.plusMillis((long) (bounded.toMillis() * spread));
    }

    private static String error(MailNotSent failure) {
        var text = String.valueOf(failure.getMessage()).replace("\0", "");
        return text.length() <= ERROR_LENGTH_MAX ? text : text.substring(0, ERROR_LENGTH_MAX);
    }

    private record TakenMail(UUID id, String messageId, OutgoingMail mail, int attempts) {}
}
