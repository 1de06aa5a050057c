package io.tealdesk.rehearsal.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened at one moment.
 *
 * @param subject the service or task that it happened to; null for the whole
 */
public record Event(Instant at, Kind kind, @Nullable String subject, String text) {

    /** What a reader filters by. */
    public enum Kind {
        TASK,
        HEALTH,
        TRAFFIC,
        HOOK,
        ALARM,
        DRILL,
        ROLLBACK,
        MIGRATION,
        LOAD
    }
}
