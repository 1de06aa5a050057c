package io.tealdesk.outbox;

import io.tealdesk.shared.DeskProperties;
import io.tealdesk.shared.UndeliverableAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Takes mails in the transaction of the change that causes them. One that can never arrive is dropped at once. */
@Component
public class Outbox {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;
    private final DeskProperties desk;
    private final OutboxDispatch dispatch;

    Outbox(JdbcClient jdbc, JsonMapper json, Clock clock, DeskProperties desk, OutboxDispatch dispatch) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
        this.desk = desk;
        this.dispatch = dispatch;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void put(OutgoingMail mail) {
        if (UndeliverableAddress.is(mail.recipient())) {
            return;
        }
        var now = Timestamp.from(clock.instant());
        var host = desk.baseUrl().getHost();
        jdbc.sql("""
                insert into outbox_mail (message_id, recipient, recipient_name, subject, body_text, confidential,
                                         headers, send_after, created_at)
                values (:messageId, :recipient, :recipientName, :subject, :text, :confidential,
                        cast(:headers as jsonb), :now, :now)""")
                .param("messageId", "<" + UUID.randomUUID() + "@" + (host == null ? "tealdesk" : host) + ">")
                .param("recipient", mail.recipient())
                .param("recipientName", mail.recipientName())
                .param("subject", mail.subject())
                .param("text", mail.text())
                .param("confidential", mail.confidential())
                .param("headers", json.writeValueAsString(mail.headers()))
                .param("now", now)
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                dispatch.sendSoon();
            }
        });
    }
}
