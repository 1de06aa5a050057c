package io.tealdesk.rehearsal.load;

import java.time.Duration;
import java.util.Map;

/**
 * How much load, and by whom.
 *
 * @param tickets that are there before anybody comes
 * @param patience after which a person gives an operation up
 * @param repeats whether their browsers send again what was not answered, as the real one does
 * @param mix how often what is done, relative to each other; what is not named is not done
 */
public record Settings(
        Arrivals arrivals,
        Map<Activity, Double> mix,
        int agents,
        int customers,
        int tickets,
        Duration patience,
        boolean repeats,
        long seed) {

    public static Settings usual(double ratePerSecond) {
        return new Settings(
                new Arrivals(ratePerSecond, Arrivals.Spacing.POISSON),
                Activity.usual(),
                20,
                100,
                2_000,
                Duration.ofSeconds(30),
                true,
                1);
    }

    /** The same, with the rate growing for a while. */
    public Settings rampingUp(Duration rampUp) {
        Arrivals slower = new Arrivals(arrivals.ratePerSecond(), arrivals.spacing(), rampUp);
        return new Settings(slower, mix, agents, customers, tickets, patience, repeats, seed);
    }

    /** The same, with people who give up at once, for drills. */
    public Settings withoutRepetition() {
        return new Settings(arrivals, mix, agents, customers, tickets, patience, false, seed);
    }
}
