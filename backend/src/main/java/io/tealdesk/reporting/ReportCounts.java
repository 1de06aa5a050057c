package io.tealdesk.reporting;

import java.util.EnumMap;
import java.util.Map;

/** How many of each measure there had been, from the beginning on, at each of some moments. */
class ReportCounts {

    private final int moments;
    private final Map<ReportMeasure, long[]> counts = new EnumMap<>(ReportMeasure.class);

    ReportCounts(int moments) {
        this.moments = moments;
    }

    void add(ReportMeasure measure, int moment, long count) {
        of(measure)[moment] += count;
    }

    private long[] of(ReportMeasure measure) {
        return counts.computeIfAbsent(measure, each -> new long[moments]);
    }

    /** What a table shows of the time that ends at this moment and begins at the one before it. */
    long untilMoment(int moment, ReportColumn column) {
        return switch (column) {
            // Where it is told by tag, that is counted.
            case OPENED -> until(moment, ReportMeasure.OPENED) + until(moment, ReportMeasure.TAGGED);
            case RESOLVED -> until(moment, ReportMeasure.RESOLVED);
            case REOPENED -> until(moment, ReportMeasure.REOPENED);
            case BACKLOG -> backlog(moment);
            case PUBLIC_REPLIES -> until(moment, ReportMeasure.PUBLIC_REPLY);
            case INTERNAL_NOTES -> until(moment, ReportMeasure.INTERNAL_NOTE);
            case CANCELLED,
                    FIRST_REPLY_COUNT,
                    FIRST_REPLY_MEDIAN,
                    FIRST_REPLY_P90,
                    RESOLUTION_COUNT,
                    RESOLUTION_MEDIAN,
                    RESOLUTION_P90 -> throw new IllegalArgumentException(column.name());
        };
    }

    private long until(int moment, ReportMeasure measure) {
        var each = of(measure);
        return each[moment] - each[moment - 1];
    }

    /** How many tickets were not done at that moment. */
    long backlog(int moment) {
        long backlog = 0;
        for (var measure : ReportMeasure.values()) {
            backlog += measure.toBacklog() * of(measure)[moment];
        }
        return backlog;
    }
}
