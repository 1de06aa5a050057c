package io.tealdesk.rehearsal.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One operation at one number of clients, in milliseconds.
 *
 * @param failures were not counted; {@code failure} is the first of them
 * @param promised what p95 may be at this number of clients; null where nobody has promised anything
 */
record Figures(
        String operation,
        int clients,
        long count,
        double perSecond,
        double p50,
        double p95,
        double p99,
        long failures,
        @Nullable String failure,
        @Nullable Double promised) {

    /** Whether nothing that was promised is broken. */
    boolean holds() {
        return failures == 0 && (promised == null || p95 < promised);
    }

    static Figures of(
            Operation operation,
            int clients,
            Latencies latencies,
            Duration length,
            long failures,
            @Nullable String failure) {
        Duration promise = operation.promise();
        return new Figures(
                operation.name(),
                clients,
                latencies.count(),
                latencies.count() / (length.toNanos() / 1e9),
                latencies.milliseconds(50),
                latencies.milliseconds(95),
                latencies.milliseconds(99),
                failures,
                failure,
                promise == null || clients != Bench.PROMISED_CLIENTS ? null : (double) promise.toMillis());
    }
}
