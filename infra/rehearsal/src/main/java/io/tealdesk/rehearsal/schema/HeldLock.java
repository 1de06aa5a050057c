package io.tealdesk.rehearsal.schema;

import java.time.Duration;
import java.util.List;

/**
 * A lock on a table that people use, from when it was asked for, because whoever comes later waits behind the asker
 * too, until it was given back.
 *
 * @param mode PostgreSQL's name of it
 * @param during what the migration was doing meanwhile, each statement once, the one of the beginning first
 * @param longest the one of them that took most of the time
 */
public record HeldLock(String table, String mode, Duration duration, List<String> during, String longest) {

    public HeldLock {
        during = List.copyOf(during);
    }

    /** Who has to wait. */
    public String shutsOut() {
        return mode.equals("AccessExclusiveLock") ? "nobody can read or write it" : "nobody can write it";
    }

    /** What took most of the time, in one line. */
    public String statement() {
        return MigrationStatement.shortened(longest);
    }
}
