package io.tealdesk.rehearsal.load;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts so far.
 *
 * @param failedRequests by operation
 * @param lost operations that never succeeded, one line each
 * @param unknown writes that were sent and never answered
 * @param faults operations that ended by a fault of the generator itself
 */
public record LoadSummary(
        long operations,
        long requests,
        Map<String, Long> failedRequests,
        List<String> lost,
        long acknowledged,
        long unknown,
        long faults,
        @Nullable Throwable firstFault,
        LiveSummary live) {}
