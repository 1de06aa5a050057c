package io.tealdesk.rehearsal.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of the rehearsal.
 *
 * @param service whose deployment it belongs to, such as {@code backend}; null for the rehearsal's own
 * @param name CodeDeploy's name of the lifecycle event where it is one, such as {@code AllowTraffic}
 * @param group which of the verdict's comparisons it counts for
 * @param end null while it lasts
 */
public record Phase(
        @Nullable String service,
        String name,
        Group group,
        Instant begin,
        @Nullable Instant end) {

    /** What a phase's latencies are compared as. */
    public enum Group {
        /** Tasks are warm, nothing else happens. */
        BEFORE,
        /** New tasks start, hooks run; not compared, because on AWS they have a machine of their own. */
        PREPARATION,
        /** Traffic moves, the old release waits, drains and ends. */
        SHIFT,
        AFTER,
        /** Neither measured nor compared: warm-up, the way back. */
        OTHER
    }
}
