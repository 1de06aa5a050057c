package io.tealdesk.reporting;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How much time one bar of a report covers. Weeks begin on Monday. */
enum ReportStep {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** Where the bar ends that begins, or is, at that moment: on the clock and calendar of its zone. */
    ZonedDateTime endOfBarFrom(ZonedDateTime moment) {
        return switch (this) {
            case HOUR -> {
                var end = moment.plusHours(1).truncatedTo(ChronoUnit.HOURS);
                // Where a clock is put back by half an hour, an hour begins at its half.
                yield end.isAfter(moment) ? end : moment.plusHours(1);
            }
            case DAY -> startOfDay(moment.plusDays(1));
            case WEEK -> startOfDay(moment.with(TemporalAdjusters.next(DayOfWeek.MONDAY)));
            case MONTH -> startOfDay(moment.with(TemporalAdjusters.firstDayOfNextMonth()));
        };
    }

    /** Not midnight everywhere: there are zones whose clocks are put forward at that hour. */
    private static ZonedDateTime startOfDay(ZonedDateTime moment) {
        return moment.toLocalDate().atStartOfDay(moment.getZone());
    }
}
