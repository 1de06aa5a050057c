package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person's browser: repeats what could not be answered as frontend/src/api/client.ts and the person in front of it
 * do, with the same Idempotency-Key, until their patience is at its end.
 */
final class Browser {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(8);
    private static final int UNAUTHORIZED = 401;

    private final Wire wire;
    private final String address;
    private final Session session;
    private final Duration patience;

    Browser(Wire wire, String address, Session session, Duration patience) {
        this.wire = wire;
        this.address = address;
        this.session = session;
        this.patience = patience;
    }

    Session session() {
        return session;
    }

    Instant now() {
        return wire.now();
    }

    /** Sends a call of a signed-in person. */
    Answer send(Call call, Instant intended) throws Lost, InterruptedException {
        return send(call, intended, true);
    }

    /** Sends a call that anybody may make. */
    Answer sendAsVisitor(Call call, Instant intended) throws Lost, InterruptedException {
        return send(call, intended, false);
    }

    private Answer send(Call call, Instant intended, boolean isSignedIn) throws Lost, InterruptedException {
        Instant end = intended.plus(patience);
        Instant meant = intended;
        Duration pause = FIRST_PAUSE;
        boolean wasRefused = true;
        for (int attempt = 1; ; attempt++) {
            String token = isSignedIn ? session.token() : null;
            Answer answer = isSignedIn && token == null
                    ? Answer.none("no session")
                    : wire.send(call, attempt, meant, address, token, null);
            if (answer.failure() == null) {
                return answer;
            }
            wasRefused &= answer.isRefusal();
            boolean mayHelp = answer.isRepeatable();
            if (answer.status() == UNAUTHORIZED && token != null && attempt == 1) {
                mayHelp = session.renewed(token, wire.now()) != null;
                pause = Duration.ZERO;
            }
            Duration wait = wanted(answer.retryAfter(), pause);
            if (!mayHelp
                    || (session.isOver() && isSignedIn)
                    || (wait.isPositive() && wire.now().plus(wait).isAfter(end))) {
                throw new Lost(call, answer, wasRefused);
            }
            Thread.sleep(wait);
            meant = wire.now();
            pause = pause.isZero() ? FIRST_PAUSE : smaller(pause.multipliedBy(2), PAUSE_MAX);
        }
    }

    private static Duration wanted(@Nullable String retryAfter, Duration pause) {
        if (retryAfter == null || !retryAfter.matches("[0-9]{1,6}")) {
            return pause;
        }
        return Duration.ofSeconds(Long.parseLong(retryAfter));
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
