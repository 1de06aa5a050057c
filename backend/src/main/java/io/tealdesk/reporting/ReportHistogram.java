package io.tealdesk.reporting;

import org.jspecify.annotations.Nullable;

/**
 * How many durations fell into each bucket of the function {@code report_bucket}: they begin at no time at all and grow
 * by the eighth root of two, so that a quantile read from them is never further off than nine percent and a few seconds.
 */
class ReportHistogram {

    private static final int BUCKETS = 256;
    private static final double FIRST_OCTAVE_SECONDS = 30;
    private static final double BUCKETS_PER_OCTAVE = 8;

    private final long[] counts = new long[BUCKETS];
    private long total;

    void add(int bucket, int count) {
        counts[bucket] += count;
        total += count;
    }

    void add(ReportHistogram other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /** In seconds, between the two durations nearest to that share; null where there is nothing to measure. */
    @Nullable Long quantile(double share) {
        if (total == 0) {
            return null;
        }
        var rank = share * (total - 1);
        var lower = duration((long) Math.floor(rank));
        var upper = duration((long) Math.ceil(rank));
        return Math.round(lower + (rank - Math.floor(rank)) * (upper - lower));
    }

    /** The durations of one bucket count as evenly spread. */
    private double duration(long rank) {
        long below = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (rank < below + counts[bucket]) {
                var within = (rank - below + 0.5) / counts[bucket];
                return startOf(bucket) + within * (startOf(bucket + 1) - startOf(bucket));
            }
            below += counts[bucket];
        }
        throw new IllegalStateException("Counts do not add up to their total");
    }

    private static double startOf(int bucket) {
        return FIRST_OCTAVE_SECONDS * (Math.pow(2, bucket / BUCKETS_PER_OCTAVE) - 1);
    }
}
