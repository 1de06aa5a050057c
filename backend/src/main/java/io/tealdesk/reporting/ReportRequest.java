package io.tealdesk.reporting;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param from the first day
 * @param to the last day; it belongs to the period
 * @param by how much time one bar covers; a day unless said otherwise
 * @param zone whose days and hours they are, such as Europe/Berlin; UTC unless said otherwise
 * @param team only tickets of this team
 * @param agent only tickets assigned to this person
 * @param compare with the period of the same length before, too
 * @param filterOnce the filter of the tickets behind a bar once for all bars of a kind, see {@link ReportSeries.Series};
 *     with each bar they are most of a long report
 */
record ReportRequest(
        @NotNull LocalDate from,
        @NotNull LocalDate to,
        @Nullable ReportStep by,
        @Nullable @Size(max = 50) String zone,
        @Nullable UUID team,
        @Nullable UUID agent,
        @Nullable Boolean compare,
        @Nullable Boolean filterOnce) {

    ReportPeriod period() {
        return ReportPeriod.of(
                from, to, Objects.requireNonNullElse(by, ReportStep.DAY), Objects.requireNonNullElse(zone, "UTC"));
    }

    boolean isFilteredOnce() {
        return Boolean.TRUE.equals(filterOnce);
    }

    /** Null where nothing is to be compared. */
    @Nullable ReportPeriod periodBefore() {
        return Boolean.TRUE.equals(compare) ? period().before() : null;
    }
}
