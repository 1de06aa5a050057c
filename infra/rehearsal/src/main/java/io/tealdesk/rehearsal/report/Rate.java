package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.util.List;

/**
 * How many requests per second were sent from the first measured phase to the end of the last.
 *
 * @param lowestSecond the emptiest second
 * @param lowest over the emptiest ten seconds in a row, per second; a schedule of people is never even to the second
 */
public record Rate(double asked, double average, int lowestSecond, double lowest, Duration length) {

    private static final int WINDOW_SECONDS = 10;
    private static final double SHORT_OF_AVERAGE = 0.99;
    /** People come as they like: ten seconds with a sixth fewer of them than usual are no fault of the load's. */
    private static final double SHORT_OF_LOWEST = 0.8;

    static Rate of(List<RequestRecord> requests, PhaseTimes phases, double asked) {
        PhaseTimes.Measured measured = phases.measured();
        if (measured == null || measured.length().toMillis() < 1000) {
            return new Rate(asked, 0, 0, 0, Duration.ZERO);
        }
        int[] seconds = new int[Math.toIntExact(measured.length().toSeconds())];
        for (RequestRecord request : requests) {
            if (measured.contains(request.sent())) {
                long second = Duration.between(measured.begin(), request.sent()).toSeconds();
                if (second < seconds.length) {
                    seconds[Math.toIntExact(second)]++;
                }
            }
        }
        return new Rate(asked, average(seconds), lowest(seconds), lowestWindow(seconds), measured.length());
    }

    /** Kept for the whole length, not only on average. */
    public boolean kept() {
        return !length.isZero() && average >= asked * SHORT_OF_AVERAGE && lowest >= asked * SHORT_OF_LOWEST;
    }

    private static double average(int[] seconds) {
        return sum(seconds, 0, seconds.length) / (double) seconds.length;
    }

    private static int lowest(int[] seconds) {
        int lowest = Integer.MAX_VALUE;
        for (int count : seconds) {
            lowest = Math.min(lowest, count);
        }
        return lowest;
    }

    private static double lowestWindow(int[] seconds) {
        int width = Math.min(WINDOW_SECONDS, seconds.length);
        int lowest = Integer.MAX_VALUE;
        for (int from = 0; from + width <= seconds.length; from++) {
            lowest = Math.min(lowest, sum(seconds, from, from + width));
        }
        return lowest / (double) width;
    }

    private static int sum(int[] seconds, int from, int to) {
        int sum = 0;
        for (int second = from; second < to; second++) {
            sum += seconds[second];
        }
        return sum;
    }
}
