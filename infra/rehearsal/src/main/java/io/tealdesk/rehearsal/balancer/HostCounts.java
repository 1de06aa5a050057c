package io.tealdesk.rehearsal.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToIntFunction;

/** How many targets of a group were healthy and unhealthy, from change to change. */
final class HostCounts {

    record Count(Instant since, int healthy, int unhealthy, int registered) {}

    private final List<Count> counts = new ArrayList<>();

    synchronized void add(Count count) {
        counts.add(count);
    }

    /** Empty while nothing is registered: "Reported if there are registered targets" (CloudWatch metrics). */
    synchronized OptionalDouble statistic(String name, ToIntFunction<Count> value, Instant from, Duration period) {
        Instant to = from.plus(period);
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        double sum = 0;
        double seconds = 0;
        for (int i = 0; i < counts.size(); i++) {
            Count count = counts.get(i);
            Instant begin = count.since().isBefore(from) ? from : count.since();
            Instant next = i + 1 < counts.size() ? counts.get(i + 1).since() : to;
            Instant end = next.isAfter(to) ? to : next;
            if (count.registered() == 0 || !begin.isBefore(end)) {
                continue;
            }
            double lasted = Duration.between(begin, end).toNanos() / 1e9;
            minimum = Math.min(minimum, value.applyAsInt(count));
            maximum = Math.max(maximum, value.applyAsInt(count));
            sum += value.applyAsInt(count) * lasted;
            seconds += lasted;
        }
        if (seconds == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                switch (name) {
                    case "Minimum" -> minimum;
                    case "Maximum" -> maximum;
                    case "Average" -> sum / seconds;
                    default -> throw new IllegalArgumentException("No statistic of host counts: " + name);
                });
    }
}
