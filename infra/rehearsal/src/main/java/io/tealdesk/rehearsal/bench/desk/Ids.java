package io.tealdesk.rehearsal.bench.desk;

import java.util.SplittableRandom;
import java.util.UUID;

/** Ids that are the same each time. */
final class Ids {

    private static final long VERSION = 0xFL << 12;
    private static final long RANDOM = 4L << 12;
    private static final long VARIANT = 1L << 63;

    private Ids() {}

    /** A random UUID (RFC 9562, version 4). */
    static UUID next(SplittableRandom random) {
        return new UUID((random.nextLong() & ~VERSION) | RANDOM, (random.nextLong() >>> 2) | VARIANT);
    }
}
