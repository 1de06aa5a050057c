package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.load.Caller;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Something that an agent does and that is measured. For a new endpoint: one more class, and a line in {@link Catalogue}. */
interface Operation {

    /** Begins with its kind, such as {@code list: unassigned}; {@code --only} takes either. */
    String name();

    /** Once, as whoever does it; {@code random} says with what. */
    void run(Caller agent, RandomGenerator random) throws IOException, InterruptedException;

    /** What 95 of 100 may take at 16 clients; null when nobody has promised anything. */
    @Nullable Duration promise();

    /** Whether PostgreSQL alone is measured with the same SQL. Only what changes nothing can be repeated like that. */
    default boolean hasLimit() {
        return false;
    }
}
