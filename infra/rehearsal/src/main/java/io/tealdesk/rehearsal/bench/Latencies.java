package io.tealdesk.rehearsal.bench;

import java.util.Arrays;
import java.util.List;

/** How long each of some things took. */
final class Latencies {

    private static final double NANOS_A_MILLISECOND = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies ofNanos(List<long[]> parts) {
        long[] all = parts.stream().flatMapToLong(Arrays::stream).toArray();
        Arrays.sort(all);
        return new Latencies(all);
    }

    int count() {
        return sorted.length;
    }

    /** The smallest that at least so many of a hundred do not exceed; not a number when there is none. */
    double milliseconds(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int place = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted[Math.max(place, 0)] / NANOS_A_MILLISECOND;
    }
}
