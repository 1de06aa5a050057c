package io.tealdesk.rehearsal.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One operation at one number of clients. {@code failures} were not counted; {@code failure} is the first of them. */
record Figures(
        String operation,
        int clients,
        long count,
        double perSecond,
        double p50,
        double p95,
        double p99,
        long failures,
        @Nullable String failure) {

    static Figures of(
            String operation,
            int clients,
            Latencies latencies,
            Duration length,
            long failures,
            @Nullable String failure) {
        return new Figures(
                operation,
                clients,
                latencies.count(),
                latencies.count() / (length.toNanos() / 1e9),
                latencies.milliseconds(50),
                latencies.milliseconds(95),
                latencies.milliseconds(99),
                failures,
                failure);
    }
}
