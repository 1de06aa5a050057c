package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A person's sign-in in one browser, kept as frontend/src/api/session.ts keeps it: the access token in memory, renewed
 * a minute ahead; the refresh cookie used by one at a time; an attempt whose answer was lost made again under its name.
 */
final class Session {

    static final String COOKIE = "tealdesk_refresh";

    private static final Duration REFRESH_AHEAD = Duration.ofMinutes(1);
    private static final Duration[] PAUSES = {
        Duration.ZERO,
        Duration.ofMillis(400),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(3),
        Duration.ofSeconds(5),
        Duration.ofSeconds(8)
    };
    private static final int UNAUTHORIZED = 401;

    private final Wire wire;
    private final String address;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable String cookie;
    private volatile @Nullable String accessToken;
    private volatile Instant renewAt = Instant.MIN;
    private @Nullable String attemptKey;

    Session(Wire wire, String address, @Nullable String cookie) {
        this.wire = wire;
        this.address = address;
        this.cookie = cookie;
    }

    @Nullable String cookie() {
        return cookie;
    }

    /** Whether the desk ended it; such a person has to sign in again. */
    boolean isOver() {
        return cookie == null;
    }

    /** A token that is good for a request; null when none can be had now. */
    @Nullable String token() throws InterruptedException {
        String token = accessToken;
        if (token != null && wire.now().isBefore(renewAt)) {
            return token;
        }
        return renewed(token, wire.now());
    }

    /** After a 401, a newer one. */
    @Nullable String renewed(@Nullable String refused, Instant intended) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            String token = accessToken;
            // While this tab waited, another one may have got it.
            if (token != null && !token.equals(refused)) {
                return token;
            }
            return refresh(intended) ? accessToken : null;
        } finally {
            oneAtATime.unlock();
        }
    }

    /** As a page that is loaded anew does it. True when it worked. */
    boolean reload(Instant intended) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            return refresh(intended);
        } finally {
            oneAtATime.unlock();
        }
    }

    private boolean refresh(Instant intended) throws InterruptedException {
        if (cookie == null) {
            return false;
        }
        if (attemptKey == null) {
            attemptKey = UUID.randomUUID().toString();
        }
        Instant meant = intended;
        for (int attempt = 1; attempt <= PAUSES.length; attempt++) {
            Duration pause = PAUSES[attempt - 1];
            if (pause.isPositive()) {
                Thread.sleep(pause);
                meant = wire.now();
            }
            Call call = Call.post("refresh", "/api/v1/sessions/refresh", null, Map.of("Idempotency-Key", attemptKey));
            Answer answer = wire.send(call, attempt, meant, address, null, cookie);
            if (answer.failure() == null) {
                attemptKey = null;
                adopt(answer);
                return true;
            }
            if (answer.status() == UNAUTHORIZED) {
                attemptKey = null;
                cookie = null;
                accessToken = null;
                return false;
            }
        }
        return false;
    }

    /** Takes over what a sign-in or a refresh answered. */
    void adopt(Answer answer) {
        var json = Json.read(answer);
        cookie = answer.cookie();
        Duration lifetime = Duration.ofSeconds(json.path("expiresInSeconds").asLong());
        renewAt = wire.now().plus(lifetime.compareTo(REFRESH_AHEAD) > 0 ? lifetime.minus(REFRESH_AHEAD) : lifetime);
        accessToken = json.path("accessToken").asString();
    }
}
