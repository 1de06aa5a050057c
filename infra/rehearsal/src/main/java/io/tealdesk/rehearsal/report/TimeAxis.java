package io.tealdesk.rehearsal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time from left to right, and the page's clock: minutes and seconds since the beginning. */
record TimeAxis(Instant begin, Instant end, double left, double right) {

    private static final int[] STEPS = {5, 10, 15, 30, 60, 120, 300, 600, 1800};

    double x(Instant moment) {
        double share = Duration.between(begin, moment).toNanos()
                / (double) Duration.between(begin, end).toNanos();
        return left + Math.clamp(share, 0, 1) * (right - left);
    }

    double x(int second) {
        return x(begin.plusSeconds(second));
    }

    double width() {
        return right - left;
    }

    long seconds() {
        return Math.ceilDiv(Duration.between(begin, end).toMillis(), 1000L);
    }

    /** Round times with at least so many pixels from one to the next. */
    List<Integer> ticks(double distance) {
        int step = STEPS[STEPS.length - 1];
        for (int candidate : STEPS) {
            if (width() * candidate / Math.max(1, seconds()) >= distance) {
                step = candidate;
                break;
            }
        }
        List<Integer> ticks = new ArrayList<>();
        for (int second = 0; second <= seconds(); second += step) {
            ticks.add(second);
        }
        return ticks;
    }

    String clock(Instant moment) {
        return clock(Math.floorDiv(Duration.between(begin, moment).toMillis(), 1000L));
    }

    /** To the tenth, for logs. */
    String exactClock(Instant moment) {
        long tenths = Math.floorDiv(Duration.between(begin, moment).toMillis(), 100L);
        String before = tenths < 0 ? "−" : "";
        return before + clock(Math.abs(tenths) / 10) + "." + Math.abs(tenths) % 10;
    }

    static String clock(long seconds) {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
