package io.tealdesk.rehearsal.report;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Latencies from the moment that the schedule intended; percentiles are exact, by nearest rank. */
public record Latencies(int count, Duration p50, Duration p95, Duration p99, Duration max) {

    static Latencies of(List<Duration> durations) {
        long[] sorted = durations.stream().mapToLong(Duration::toNanos).toArray();
        Arrays.sort(sorted);
        return new Latencies(
                sorted.length, percentile(sorted, 50), percentile(sorted, 95), percentile(sorted, 99), last(sorted));
    }

    private static Duration percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = Math.ceilDiv(sorted.length * percent, 100);
        return Duration.ofNanos(sorted[rank - 1]);
    }

    private static Duration last(long[] sorted) {
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[sorted.length - 1]);
    }
}
