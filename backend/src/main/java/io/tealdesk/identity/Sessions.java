package io.tealdesk.identity;

import io.tealdesk.shared.RandomToken;
import io.tealdesk.shared.Sql;
import io.tealdesk.shared.Throttles;
import io.tealdesk.shared.Throttles.Limit;
import io.tealdesk.shared.UndeliverableAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sign-ins and their refresh tokens. A refresh token is good for one use and yields the next; a second use by anybody
 * means that it was copied, so the whole session ends (RFC 9700, section 4.14.2). The one exception keeps honest people
 * signed in when an answer is lost on the way, for example while a release replaces its tasks: the client names each
 * attempt, and the same attempt may be repeated for a minute as long as its outcome was not used. The next token is
 * derived from the old one and the attempt, so the repetition yields the same token and nothing secret is stored.
 */
@Component
class Sessions {

    private static final Logger log = LoggerFactory.getLogger(Sessions.class);
    private static final Limit TRIES_PER_ADDRESS = new Limit("login-address", 10, Duration.ofMinutes(15));
    private static final Limit TRIES_PER_CLIENT = new Limit("login-client", 60, Duration.ofMinutes(15));
    private static final Duration REPEATABLE_FOR = Duration.ofMinutes(1);
    private static final Pattern ATTEMPT_ID = Pattern.compile("[\\x21-\\x7e]{16,100}");

    private final JdbcClient jdbc;
    private final PersonRepository people;
    private final PasswordEncoder passwords;
    private final Throttles throttles;
    private final IdentityProperties properties;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final String hashOfNobody;

    Sessions(
            JdbcClient jdbc,
            PersonRepository people,
            PasswordEncoder passwords,
            Throttles throttles,
            IdentityProperties properties,
            Clock clock,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.people = people;
        this.passwords = passwords;
        this.throttles = throttles;
        this.properties = properties;
        this.clock = clock;
        this.transactions = transactions;
        hashOfNobody = encoded(RandomToken.create().value());
    }

    /** Checks the password and starts a session. Known and unknown addresses cost one hash each. */
    SignedIn logIn(String email, String password, String clientAddress, String userAgent) {
        throttles.take(TRIES_PER_CLIENT, clientAddress);
        // Release checks must get in whatever a stranger tries on their address; its password cannot be guessed.
        var isLimited = !UndeliverableAddress.is(email);
        if (isLimited) {
            throttles.take(TRIES_PER_ADDRESS, email.strip());
        }
        var person = people.findByEmail(email.strip()).filter(Person::isActive);
        var pendingHash = person.filter(p -> p.passwordHash() == null).flatMap(p -> pendingPasswordHash(p.id()));
        var hash = person.map(Person::passwordHash).or(() -> pendingHash).orElse(hashOfNobody);
        if (!passwords.matches(password, hash) || person.isEmpty()) {
            throw IdentityProblem.invalidCredentials();
        }
        if (pendingHash.isPresent()) {
            throw IdentityProblem.emailNotVerified();
        }
        throttles.giveBack(TRIES_PER_CLIENT, clientAddress);
        if (isLimited) {
            throttles.giveBack(TRIES_PER_ADDRESS, email.strip());
        }
        return started(person.get().id(), userAgent);
    }

    /**
     * Exchanges a refresh token for the next one.
     *
     * @param attemptId names this attempt, so that it can be repeated when the answer is lost; null for a client that
     *     does without
     */
    SignedIn refresh(String token, @Nullable String attemptId) {
        var outcome = transactions.execute(status -> refreshed(new RandomToken(token), attemptId));
        if (outcome.isEmpty()) {
            throw IdentityProblem.sessionEnded();
        }
        return outcome.get();
    }

    @Transactional
    void end(UUID sessionId, EndReason reason) {
        jdbc.sql("update session set ended_at = :now, end_reason = :reason where id = :id and ended_at is null")
                .param("now", Sql.timestamp(clock.instant()))
                .param("reason", reason.name())
                .param("id", sessionId)
                .update();
    }

    /** Ends the session of a refresh token, however old; an unknown token is no error. */
    @Transactional
    void logOut(String token) {
        jdbc.sql("select session_id from refresh_token where token_hash = :hash")
                .param("hash", new RandomToken(token).hash())
                .query(UUID.class)
                .optional()
                .ifPresent(sessionId -> end(sessionId, EndReason.LOGGED_OUT));
    }

    /** @param except a session that goes on, such as the one in which the password is changed */
    @Transactional
    void endAll(UUID personId, EndReason reason, @Nullable UUID except) {
        jdbc.sql("""
                update session set ended_at = :now, end_reason = :reason
                where person_id = :person and ended_at is null and id is distinct from cast(:except as uuid)""")
                .param("now", Sql.timestamp(clock.instant()))
                .param("reason", reason.name())
                .param("person", personId)
                .param("except", except)
                .update();
    }

    List<SessionView> list(Viewer viewer) {
        return jdbc.sql("""
                select id, user_agent, created_at, last_used_at from session
                where person_id = :person and ended_at is null and expires_at > :now
                order by last_used_at desc limit 50""")
                .param("person", viewer.personId())
                .param("now", Sql.timestamp(clock.instant()))
                .query((row, index) -> new SessionView(
                        Sql.uuid(row, "id"),
                        viewer.sessionId().equals(Sql.uuid(row, "id")),
                        row.getString("user_agent"),
                        Sql.instant(row, "created_at"),
                        Sql.instant(row, "last_used_at")))
                .list();
    }

    private SignedIn started(UUID personId, String userAgent) {
        return transactions.execute(status -> {
            var now = clock.instant();
            var sessionId = jdbc.sql("""
                    insert into session (person_id, user_agent, created_at, last_used_at, expires_at)
                    values (:person, :userAgent, :now, :now, :expires) returning id""")
                    .param("person", personId)
                    .param("userAgent", userAgent.substring(0, Math.min(userAgent.length(), 300)))
                    .param("now", Sql.timestamp(now))
                    .param("expires", Sql.timestamp(now.plus(properties.sessionLifetime())))
                    .query(UUID.class)
                    .single();
            var token = RandomToken.create();
            store(token, sessionId, now);
            return new SignedIn(personId, sessionId, token);
        });
    }

    private Optional<SignedIn> refreshed(RandomToken token, @Nullable String attemptId) {
        var now = clock.instant();
        var found = jdbc.sql("""
                select t.session_id, t.used_at, t.attempt_hash, s.person_id
                from refresh_token t
                join session s on s.id = t.session_id
                join person p on p.id = s.person_id
                where t.token_hash = :hash
                  and s.ended_at is null and s.expires_at > :now and p.deactivated_at is null
                for update of t, s""")
                .param("hash", token.hash())
                .param("now", Sql.timestamp(now))
                .query((row, index) -> new StoredToken(
                        Sql.uuid(row, "session_id"),
                        Sql.uuid(row, "person_id"),
                        Sql.instantOrNull(row, "used_at"),
                        Optional.ofNullable(row.getBytes("attempt_hash"))))
                .optional()
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        var attempt = Optional.ofNullable(attemptId)
                .filter(id -> ATTEMPT_ID.matcher(id).matches());
        if (found.usedAt == null) {
            return Optional.of(rotated(token, found, attempt, now));
        }
        var repeated = attempt.map(id -> successor(token, id))
                .filter(next -> isRepetition(found, attempt.get(), now) && isUnused(next));
        if (repeated.isPresent()) {
            return Optional.of(new SignedIn(found.personId, found.sessionId, repeated.get()));
        }
        log.warn("A refresh token of session {} was used twice; the session is ended", found.sessionId);
        end(found.sessionId, EndReason.TOKEN_REUSED);
        return Optional.empty();
    }

    private SignedIn rotated(RandomToken token, StoredToken found, Optional<String> attempt, Instant now) {
        jdbc.sql("update refresh_token set used_at = :now, attempt_hash = :attempt where token_hash = :hash")
                .param("now", Sql.timestamp(now))
                .param("attempt", attempt.map(Sessions::hashOf).orElse(null))
                .param("hash", token.hash())
                .update();
        jdbc.sql("update session set last_used_at = :now, expires_at = :expires where id = :id")
                .param("now", Sql.timestamp(now))
                .param("expires", Sql.timestamp(now.plus(properties.sessionLifetime())))
                .param("id", found.sessionId)
                .update();
        var next = attempt.map(id -> successor(token, id)).orElseGet(RandomToken::create);
        store(next, found.sessionId, now);
        return new SignedIn(found.personId, found.sessionId, next);
    }

    private static boolean isRepetition(StoredToken found, String attempt, Instant now) {
        return found.usedAt != null
                && now.isBefore(found.usedAt.plus(REPEATABLE_FOR))
                && found.attemptHash.isPresent()
                && Arrays.equals(found.attemptHash.get(), hashOf(attempt));
    }

    private boolean isUnused(RandomToken token) {
        return jdbc.sql("select used_at is null from refresh_token where token_hash = :hash")
                .param("hash", token.hash())
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    private void store(RandomToken token, UUID sessionId, Instant now) {
        jdbc.sql("insert into refresh_token (token_hash, session_id, issued_at) values (:hash, :session, :now)")
                .param("hash", token.hash())
                .param("session", sessionId)
                .param("now", Sql.timestamp(now))
                .update();
    }

    private Optional<String> pendingPasswordHash(UUID personId) {
        return jdbc.sql("""
                select pending_password_hash from mail_token
                where person_id = :person and purpose = 'VERIFY_EMAIL' and used_at is null and expires_at > :now
                  and pending_password_hash is not null
                order by created_at desc limit 1""")
                .param("person", personId)
                .param("now", Sql.timestamp(clock.instant()))
                .query(String.class)
                .optional();
    }

    private String encoded(String password) {
        return java.util.Objects.requireNonNull(passwords.encode(password));
    }

    private static byte[] hashOf(String attempt) {
        return RandomToken.sha256(attempt.getBytes(StandardCharsets.UTF_8));
    }

    private static RandomToken successor(RandomToken token, String attempt) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var bytes = mac.doFinal(attempt.getBytes(StandardCharsets.UTF_8));
            return new RandomToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    enum EndReason {
        LOGGED_OUT,
        LOGGED_OUT_EVERYWHERE,
        PASSWORD_CHANGED,
        TOKEN_REUSED,
        DEACTIVATED
    }

    record SignedIn(UUID personId, UUID sessionId, RandomToken refreshToken) {}

    /** A sign-in as its owner sees it in the profile. */
    record SessionView(UUID id, boolean current, String userAgent, Instant createdAt, Instant lastUsedAt) {}

    private record StoredToken(
            UUID sessionId, UUID personId, @Nullable Instant usedAt, Optional<byte[]> attemptHash) {}
}
