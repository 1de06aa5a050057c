package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When requests are wanted: at a constant rate, whatever becomes of the ones before.
 *
 * @param ratePerSecond requests, not operations: one of three requests takes three places
 * @param rampUp for which the rate grows from a tenth, so that tasks that have just started are not overrun
 */
public record Arrivals(double ratePerSecond, Spacing spacing, Duration rampUp) {

    private static final double FIRST = 0.1;

    public Arrivals(double ratePerSecond, Spacing spacing) {
        this(ratePerSecond, spacing, Duration.ZERO);
    }

    /** How evenly they come. */
    public enum Spacing {
        EVEN,
        /** As strangers come, who know nothing of each other. */
        POISSON
    }

    /** @param elapsed since the first arrival */
    Duration pauseAfter(int requests, Duration elapsed, SplittableRandom random) {
        double places = switch (spacing) {
            case EVEN -> requests;
            case POISSON -> -Math.log(1 - random.nextDouble()) * requests;
        };
        return Duration.ofNanos(Math.round(places / (ratePerSecond * share(elapsed)) * 1e9));
    }

    private double share(Duration elapsed) {
        if (elapsed.compareTo(rampUp) >= 0) {
            return 1;
        }
        return FIRST + (1 - FIRST) * elapsed.toNanos() / rampUp.toNanos();
    }
}
