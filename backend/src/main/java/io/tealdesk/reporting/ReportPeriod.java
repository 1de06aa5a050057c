package io.tealdesk.reporting;

import io.tealdesk.shared.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole days on the calendar of a zone, cut into bars.
 *
 * @param to the last day; it belongs to the period
 */
record ReportPeriod(LocalDate from, LocalDate to, ReportStep by, ZoneId zone) {

    static final int BARS_MAX = 1_000;

    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);
    private static final int DAYS_MAX = 3_660;
    private static final int HOURS_OF_THE_LONGEST_DAY = 25;

    static ReportPeriod of(LocalDate from, LocalDate to, ReportStep by, String zone) {
        if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
            throw Problem.invalidField("from", "Range", "must lie between the years 2000 and 2100");
        }
        if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) >= DAYS_MAX) {
            throw Problem.invalidField("to", "Range", "must not lie before from, nor ten years behind it");
        }
        var period = new ReportPeriod(from, to, by, zone(zone));
        var longest = switch (by) {
            case HOUR -> BARS_MAX / HOURS_OF_THE_LONGEST_DAY;
            case DAY -> BARS_MAX;
            case WEEK, MONTH -> DAYS_MAX;
        };
        if (period.days() > longest) {
            throw Problem.invalidField(
                    "by", "TooFine", "makes more than " + BARS_MAX + " bars of this period: ask for longer ones");
        }
        return period;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Problem.invalidField("zone", "Unknown", "is no time zone, such as Europe/Berlin");
        }
    }

    /** As long, and just before: whole months before whole months, as many days otherwise. */
    ReportPeriod before() {
        var end = from.minusDays(1);
        var isWholeMonths = from.getDayOfMonth() == 1 && to.plusDays(1).getDayOfMonth() == 1;
        var start = isWholeMonths
                ? from.minusMonths(ChronoUnit.MONTHS.between(from, to.plusDays(1)))
                : from.minusDays(days());
        return new ReportPeriod(start, end, by, zone);
    }

    long days() {
        return ChronoUnit.DAYS.between(from, to) + 1;
    }

    Instant start() {
        return from.atStartOfDay(zone).toInstant();
    }

    Instant end() {
        return to.plusDays(1).atStartOfDay(zone).toInstant();
    }

    List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        var end = to.plusDays(1).atStartOfDay(zone);
        var moment = from.atStartOfDay(zone);
        while (moment.isBefore(end)) {
            var next = by.endOfBarFrom(moment);
            var until = next.isAfter(end) ? end : next;
            bars.add(new Bar(moment.toInstant(), until.toInstant()));
            moment = until;
        }
        return bars;
    }

    /** From {@code start} on, until just before {@code end}. */
    record Bar(Instant start, Instant end, String startText, String endText) {

        /** Stands for every bar. */
        static final Bar EACH = new Bar(Instant.EPOCH, Instant.EPOCH, "{start}", "{end}");

        /** The texts are those that filters name the moments by, once for all that repeat them. */
        Bar(Instant start, Instant end) {
            this(start, end, start.toString(), end.toString());
        }
    }
}
