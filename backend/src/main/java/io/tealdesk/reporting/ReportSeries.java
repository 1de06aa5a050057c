package io.tealdesk.reporting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A report over time.
 *
 * @param to the last day; it belongs to the period
 * @param previousFrom the first day of the period compared with; absent where none was asked for
 */
record ReportSeries(
        LocalDate from,
        LocalDate to,
        ReportStep by,
        String zone,
        @Nullable LocalDate previousFrom,
        @Nullable LocalDate previousTo,
        List<Series> series) {

    /**
     * One kind of number, bar by bar.
     *
     * @param total of the whole period: a sum, a quantile of all durations, or the backlog at its end
     * @param filter where it is asked for once: of all bars, with the texts "{start}" and "{end}" where a bar's are meant
     */
    record Series(
            ReportColumn column,
            @Nullable Long total,
            @Nullable Long previousTotal,

            @Schema(description = "A filter expression, with {start} and {end} for those of a bar") @Nullable Map<String, Object> filter,

            List<Point> points) {}

    /**
     * One bar.
     *
     * @param value absent where there is nothing to measure
     * @param previous of the bar at the same place in the period before
     * @param filter the filter expression of the tickets behind it; absent where no list can show them, and where it
     *     is asked for once
     */
    record Point(
            Instant start,
            Instant end,
            @Nullable Long value,
            @Nullable Long previous,

            @Schema(description = "A filter expression, as lists take it") @Nullable Map<String, Object> filter) {}
}
