package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When requests are wanted: at a constant rate, whatever becomes of the ones before.
 *
 * @param ratePerSecond requests, not operations: one of three requests takes three places
 */
public record Arrivals(double ratePerSecond, Spacing spacing) {

    /** How evenly they come. */
    public enum Spacing {
        EVEN,
        /** As strangers come, who know nothing of each other. */
        POISSON
    }

    Duration pauseAfter(int requests, SplittableRandom random) {
        double places = switch (spacing) {
            case EVEN -> requests;
            case POISSON -> -Math.log(1 - random.nextDouble()) * requests;
        };
        return Duration.ofNanos(Math.round(places / ratePerSecond * 1e9));
    }
}
