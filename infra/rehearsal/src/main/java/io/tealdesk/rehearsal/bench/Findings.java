package io.tealdesk.rehearsal.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that was measured of one desk. */
record Findings(
        int tickets,
        long messages,
        int customers,
        double loadSeconds,
        String server,
        Map<String, Long> sizes,
        List<Figures> figures,
        List<Limit> limits,
        Map<String, Map<String, Double>> profiles,
        LiveFanOut.@Nullable Told live,
        BrowserPaint.@Nullable Told browser,
        long memoryAtRest,
        long memoryPeak,
        double speedBefore,
        double speedAfter) {

    /** The desk and PostgreSQL alone in turns. */
    record Limit(String operation, int clients, Figures desk, Figures alone) {

        double share() {
            return desk.perSecond() / alone.perSecond();
        }
    }

    @Nullable Figures figures(String operation, int clients) {
        return figures.stream()
                .filter(each -> each.operation().equals(operation) && each.clients() == clients)
                .findFirst()
                .orElse(null);
    }
}
