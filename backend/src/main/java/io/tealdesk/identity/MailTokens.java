package io.tealdesk.identity;

import io.tealdesk.shared.RandomToken;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Single-use, expiring links in mails, bound to one person; looked up by hash only. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MailTokens {

    private final JdbcClient jdbc;
    private final Clock clock;

    MailTokens(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    RandomToken create(Purpose purpose, UUID personId) {
        return create(purpose, personId, new Pending(null, null));
    }

    /** Makes a link; older ones of its purpose stop working. */
    RandomToken create(Purpose purpose, UUID personId, Pending pending) {
        jdbc.sql("delete from mail_token where person_id = :person and purpose = :purpose and used_at is null")
                .param("person", personId)
                .param("purpose", purpose.name())
                .update();
        var token = RandomToken.create();
        var now = clock.instant();
        jdbc.sql("""
                insert into mail_token (token_hash, purpose, person_id, created_at, expires_at,
                                        pending_name, pending_password_hash)
                values (:hash, :purpose, :person, :now, :expires, :name, :passwordHash)""")
                .param("hash", token.hash())
                .param("purpose", purpose.name())
                .param("person", personId)
                .param("now", Sql.timestamp(now))
                .param("expires", Sql.timestamp(now.plus(purpose.lifetime)))
                .param("name", pending.name)
                .param("passwordHash", pending.passwordHash)
                .update();
        return token;
    }

    /** Uses a link up, or refuses it. */
    Redeemed redeem(Purpose purpose, String token) {
        return jdbc.sql("""
                update mail_token set used_at = :now
                where token_hash = :hash and purpose = :purpose and used_at is null and expires_at > :now
                returning person_id, pending_name, pending_password_hash""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("hash", new RandomToken(token).hash())
                .param("purpose", purpose.name())
                .query((row, index) -> new Redeemed(
                        Sql.uuid(row, "person_id"),
                        new Pending(row.getString("pending_name"), row.getString("pending_password_hash"))))
                .optional()
                .orElseThrow(IdentityProblem::linkInvalid);
    }

    /** What the newest open registration of a person asked for. */
    Pending pendingRegistration(UUID personId) {
        return jdbc.sql("""
                select pending_name, pending_password_hash from mail_token
                where person_id = :person and purpose = 'VERIFY_EMAIL' and used_at is null
                order by created_at desc limit 1""")
                .param("person", personId)
                .query((row, index) -> new Pending(row.getString(1), row.getString(2)))
                .optional()
                .orElse(new Pending(null, null));
    }

    enum Purpose {
        VERIFY_EMAIL(Duration.ofDays(2)),
        RESET_PASSWORD(Duration.ofHours(1)),
        ACCEPT_INVITATION(Duration.ofDays(7));

        private final Duration lifetime;

        Purpose(Duration lifetime) {
            this.lifetime = lifetime;
        }
    }

    record Pending(@Nullable String name, @Nullable String passwordHash) {}

    record Redeemed(UUID personId, Pending pending) {}
}
