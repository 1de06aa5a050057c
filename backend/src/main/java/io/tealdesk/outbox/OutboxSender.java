package io.tealdesk.outbox;

import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends waiting mails. Any number of tasks may do so at once: each takes a few mails by moving their next attempt behind
 * the end of a lease, sends them outside of any transaction and notes the outcome, holding no connection to the database
 * while it talks to the mail server. A task that dies between the
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
    /** More of them need not begin with a new connection each, nor with a new transaction. */
    static final int MAILS_TOGETHER = 20;

    /** With what one mail may take at the worst, less than the lease. */
    static final Duration BEGUN_WITHIN = Duration.ofSeconds(20);
    /** What has left and is not noted yet is sent again should the task die: that must be a matter of a moment. */
    private static final Duration NOTED_WITHIN = Duration.ofMillis(20);

    private static final int RUNS_MAX = 10;
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
        for (int run = 0; run < RUNS_MAX && !Thread.currentThread().isInterrupted(); run++) {
            var mails = take();
            send(mails);
            if (mails.size() < MAILS_TOGETHER) {
                return;
            }
        }
    }

    private List<TakenMail> take() {
        var now = clock.instant();
        return jdbc.sql("""
                update outbox_mail set attempts = attempts + 1, send_after = :leaseEnd
                where id in (select id from outbox_mail where state = 'WAITING' and send_after <= :now
                             order by send_after limit :most for update skip locked)
                returning id, message_id, recipient, recipient_name, subject, body_text, confidential, headers,
                          attempts""")
                .param("leaseEnd", Sql.timestamp(now.plus(LEASE)))
                .param("now", Sql.timestamp(now))
                .param("most", MAILS_TOGETHER)
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
                .list();
    }

    /** Over one connection, and as far as there is time: what is not begun by then goes back. */
    private void send(List<TakenMail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        var sent = new ArrayList<TakenMail>();
        var left = new ArrayDeque<>(mails);
        var latest = clock.instant().plus(BEGUN_WITHIN);
        var noteBy = Instant.MAX;
        try (var connection = transport.open()) {
            while (!left.isEmpty()
                    && clock.instant().isBefore(latest)
                    && !Thread.currentThread().isInterrupted()) {
                var mail = left.remove();
                try {
                    connection.send(mail.messageId, mail.mail);
                    sent.add(mail);
                    if (sent.size() == 1) {
                        noteBy = clock.instant().plus(NOTED_WITHIN);
                    }
                } catch (MailNotSent failure) {
                    noteNotSent(mail, failure);
                }
                if (clock.instant().isAfter(noteBy)) {
                    noteSent(sent);
                    sent.clear();
                    noteBy = Instant.MAX;
                }
            }
        } finally {
            noteSent(sent);
            giveBack(left);
        }
    }

    private void noteNotSent(TakenMail taken, MailNotSent failure) {
        if (failure.isFinal() || taken.attempts >= ATTEMPTS_MAX) {
            log.warn("Mail {} has failed for good: {}", taken.messageId, failure.getMessage());
            noteFailed(taken, failure);
        } else {
            log.info("Mail {} was not sent, it stays waiting: {}", taken.messageId, failure.getMessage());
            notePostponed(taken, failure);
        }
    }

    private void noteSent(List<TakenMail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update outbox_mail
                set state = 'SENT', sent_at = :now, last_error = null,
                    body_text = case when confidential then '' else body_text end
                where id = any(:ids)""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("ids", ids(mails))
                .update();
    }

    private void giveBack(Collection<TakenMail> mails) {
        if (mails.isEmpty()) {
            return;
        }
        jdbc.sql("update outbox_mail set attempts = attempts - 1, send_after = :now where id = any(:ids)")
                .param("now", Sql.timestamp(clock.instant()))
                .param("ids", ids(mails))
                .update();
    }

    private static UUID[] ids(Collection<TakenMail> mails) {
        return mails.stream().map(TakenMail::id).toArray(UUID[]::new);
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
