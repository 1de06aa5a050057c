package io.tealdesk.rehearsal.recording;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer.
 *
 * @param operation what the person did, such as {@code reply}
 * @param attempt 1 for the first try; a repetition of the same operation counts up
 * @param intended when the arrival schedule wanted it sent; latency counts from here, so that a slow desk cannot slow
 *     down its own measurement
 * @param latency from intended to the answer's last byte, or to the failure
 * @param status 0 without an answer
 * @param release what answered, by its X-Release header; null when nothing or the load balancer itself did
 * @param failure why it counts as failed; null when it was answered as asked
 */
public record RequestRecord(
        String operation,
        int attempt,
        Instant intended,
        Instant sent,
        Duration latency,
        int status,
        @Nullable String release,
        @Nullable String failure) {

    public boolean failed() {
        return failure != null;
    }
}
