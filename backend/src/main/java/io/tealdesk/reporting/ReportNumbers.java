package io.tealdesk.reporting;

import io.tealdesk.reporting.ReportPeriod.Bar;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts what the roll-ups hold of one period into its bars. */
class ReportNumbers implements RollUps.Sink {

    private static final double MEDIAN = 0.5;
    private static final double NINETIETH = 0.9;

    private final List<Bar> bars;
    private final long[] starts;
    private final long backlogBefore;
    private final Instant now;
    private final Map<ReportMeasure, long[]> counts = new EnumMap<>(ReportMeasure.class);
    private final @Nullable ReportHistogram[] durations;
    private long @Nullable [] backlogs;
    private @Nullable ReportHistogram allDurations;
    /** Numbers come by the day, so that the next one mostly belongs to the same bar. */
    private int latest;

    ReportNumbers(List<Bar> bars, long backlogBefore, Instant now) {
        this.bars = bars;
        this.starts =
                bars.stream().mapToLong(bar -> RollUps.quarter(bar.start())).toArray();
        this.backlogBefore = backlogBefore;
        this.now = now;
        this.durations = new ReportHistogram[bars.size()];
    }

    /** Whether that quarter of an hour is not before the first bar. */
    boolean begins(long quarter) {
        return quarter >= starts[0];
    }

    @Override
    public void accept(ReportMeasure measure, long quarter, int bucket, int count) {
        var bar = barOf(quarter);
        of(measure)[bar] += count;
        if (measure.hasDurations()) {
            of(bar).add(bucket, count);
        }
    }

    private int barOf(long quarter) {
        if (quarter < starts[latest] || (latest + 1 < starts.length && quarter >= starts[latest + 1])) {
            var found = Arrays.binarySearch(starts, quarter);
            latest = found >= 0 ? found : -found - 2;
        }
        return latest;
    }

    /** Null where there is nothing to measure, or for what has not begun. */
    @Nullable Long value(ReportColumn column, int bar) {
        return switch (column) {
            case OPENED -> of(ReportMeasure.OPENED)[bar];
            case RESOLVED -> of(ReportMeasure.RESOLVED)[bar];
            case REOPENED -> of(ReportMeasure.REOPENED)[bar];
            case CANCELLED -> of(ReportMeasure.CANCELLED)[bar];
            case BACKLOG -> bars.get(bar).start().isAfter(now) ? null : backlogAtEndOf(bar);
            case PUBLIC_REPLIES -> of(ReportMeasure.PUBLIC_REPLY)[bar];
            case INTERNAL_NOTES -> of(ReportMeasure.INTERNAL_NOTE)[bar];
            case FIRST_REPLY_COUNT, RESOLUTION_COUNT -> of(bar).total();
            case FIRST_REPLY_MEDIAN, RESOLUTION_MEDIAN -> of(bar).quantile(MEDIAN);
            case FIRST_REPLY_P90, RESOLUTION_P90 -> of(bar).quantile(NINETIETH);
        };
    }

    /** Of all bars together; the backlog is that at the end of the last one that has begun. */
    @Nullable Long total(ReportColumn column) {
        return switch (column) {
            case OPENED -> sum(ReportMeasure.OPENED);
            case RESOLVED -> sum(ReportMeasure.RESOLVED);
            case REOPENED -> sum(ReportMeasure.REOPENED);
            case CANCELLED -> sum(ReportMeasure.CANCELLED);
            case BACKLOG -> bars.getFirst().start().isAfter(now) ? null : backlogAtEndOf(bars.size() - 1);
            case PUBLIC_REPLIES -> sum(ReportMeasure.PUBLIC_REPLY);
            case INTERNAL_NOTES -> sum(ReportMeasure.INTERNAL_NOTE);
            case FIRST_REPLY_COUNT, RESOLUTION_COUNT -> allDurations().total();
            case FIRST_REPLY_MEDIAN, RESOLUTION_MEDIAN -> allDurations().quantile(MEDIAN);
            case FIRST_REPLY_P90, RESOLUTION_P90 -> allDurations().quantile(NINETIETH);
        };
    }

    /** Added up once, when all numbers are there. */
    private long backlogAtEndOf(int bar) {
        var sums = backlogs;
        if (sums == null) {
            sums = new long[bars.size()];
            for (var measure : ReportName.BACKLOG.measures()) {
                var changes = of(measure);
                for (int each = 0; each < sums.length; each++) {
                    sums[each] += measure.toBacklog() * changes[each];
                }
            }
            sums[0] += backlogBefore;
            Arrays.parallelPrefix(sums, Long::sum);
            backlogs = sums;
        }
        return sums[bar];
    }

    private ReportHistogram allDurations() {
        var all = allDurations;
        if (all == null) {
            all = new ReportHistogram();
            for (var each : durations) {
                if (each != null) {
                    all.add(each);
                }
            }
            allDurations = all;
        }
        return all;
    }

    private long sum(ReportMeasure measure) {
        return Arrays.stream(of(measure)).sum();
    }

    private long[] of(ReportMeasure measure) {
        return counts.computeIfAbsent(measure, each -> new long[bars.size()]);
    }

    private ReportHistogram of(int bar) {
        var each = durations[bar];
        if (each == null) {
            each = new ReportHistogram();
            durations[bar] = each;
        }
        return each;
    }
}
