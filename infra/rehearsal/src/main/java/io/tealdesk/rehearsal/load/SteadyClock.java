package io.tealdesk.rehearsal.load;

import java.time.Instant;
import java.time.InstantSource;

/** Wall-clock time that never jumps, so that latencies are differences of what was really waited. */
public final class SteadyClock implements InstantSource {

    private final Instant begin = Instant.now();
    private final long beginNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return begin.plusNanos(System.nanoTime() - beginNanos);
    }
}
