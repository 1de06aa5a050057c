package io.tealdesk.sla;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How one promise of a ticket stands. It does not depend on what time it is: late is what has a {@code dueAt} in the past.
 *
 * @param cycle the message that waits for its reply, 0 for what is promised once
 * @param warnAt when little time is left, or was; of a paused or ended clock only what came to pass
 * @param dueAt when the time is over, or was; of a paused or ended clock only what came to pass
 * @param elapsed the time that has passed, until it was started for the last time where it runs
 * @param endedAt when it was fulfilled or dropped
 */
record SlaClock(
        SlaTarget target,
        long cycle,
        UUID policyId,
        SlaClockState state,
        Instant startedAt,
        Duration promised,
        Duration elapsed,
        @Nullable Instant warnAt,
        @Nullable Instant dueAt,
        @Nullable Instant endedAt) {}
