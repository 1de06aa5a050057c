package io.tealdesk.reporting;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A report by team and agent, or by tag.
 *
 * @param to the last day; it belongs to the period
 * @param previousFrom the first day of the period compared with; absent where none was asked for
 * @param rows the largest first
 */
record ReportTable(
        LocalDate from,
        LocalDate to,
        String zone,
        @Nullable LocalDate previousFrom,
        @Nullable LocalDate previousTo,
        List<Row> rows) {

    /** What a row is about. */
    enum Subject {
        TEAM,
        AGENT,
        TAG
    }

    /**
     * One team, agent or tag.
     *
     * @param id of a team or an agent
     * @param name a name, or the tag itself
     */
    record Row(Subject subject, @Nullable UUID id, String name, List<Cell> cells) {}

    /**
     * One number.
     *
     * @param filter the filter expression of the tickets behind it; absent where no list can show them
     */
    record Cell(
            ReportColumn column,
            long value,
            @Nullable Long previous,

            @Schema(description = "A filter expression, as lists take it") @Nullable Map<String, Object> filter) {}
}
