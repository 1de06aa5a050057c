package io.tealdesk.rehearsal.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the browser found, as a part of benchmarks.md. */
final class BrowserReport {

    private BrowserReport() {}

    static List<String> lines(BrowserPaint.Told told) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("## In the browser");
        lines.add("");
        lines.add(
                "%s, 1280 × 800, without a GPU, on the same machine, signed in as an agent, through the load balancer:"
                        .formatted(told.browser()));
        lines.add(
                "milliseconds from the key or click to the paint of its first visible answer, promised below %.0f at p95;"
                        .formatted(told.promiseMs()));
        lines.add(
                "and to the paint of what the server had to be asked for. *Event* is the browser's own figure for the");
        lines.add("next paint after the event was handled. Nothing is left out as warm-up.");
        lines.add("");
        lines.add("| operation | times | paint p50 | p95 | max | content p50 | p95 | max | event p95 | longest task |");
        lines.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        for (BrowserPaint.Operation each : told.operations()) {
            lines.add("| %s | %d | %s | %s | %.0f | %.0f |"
                    .formatted(
                            each.name(),
                            each.count(),
                            spread(each.paint()),
                            spread(each.content()),
                            each.event().p95(),
                            each.longestTask()));
        }
        lines.add("");
        for (BrowserPaint.Scroll each : told.scrolling()) {
            lines.add(
                    "Scrolling %s through %,d rows in %.0f s: %d tasks above %.0f ms, the longest task %.0f ms, the longest"
                            .formatted(
                                    each.name(),
                                    each.rows(),
                                    each.seconds(),
                                    each.longTasks(),
                                    told.longTaskMs(),
                                    each.longestTask()));
            lines.add("frame %.0f ms.".formatted(each.longestFrame()));
            lines.add("");
        }
        lines.add("Until the list is there: %.1f KB of scripts in %d files, of at most %.0f KB."
                .formatted(
                        told.scripts().kilobytes(),
                        told.scripts().files(),
                        told.scripts().limit()));
        lines.add(told.holds() ? "All of it holds." : "**Not all of it holds.**");
        return lines;
    }

    private static String spread(BrowserPaint.@Nullable Spread spread) {
        return spread == null ? " | | " : "%.0f | %.0f | %.0f".formatted(spread.p50(), spread.p95(), spread.max());
    }
}
