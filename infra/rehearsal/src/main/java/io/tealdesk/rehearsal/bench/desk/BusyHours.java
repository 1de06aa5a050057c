package io.tealdesk.rehearsal.bench.desk;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When tickets are opened: mostly on workdays and in the morning, twice as many in the end as in the beginning, and far
 * more in the hours in which something is broken for everybody.
 */
final class BusyHours {

    private static final double[] OF_THE_DAY = {
        1, 1, 1, 1, 1, 2, 4, 10, 22, 30, 32, 28, 20, 24, 28, 26, 20, 14, 9, 7, 6, 5, 3, 2
    };
    private static final int OUTAGES_A_YEAR = 10;
    private static final int OUTAGE_HOURS = 3;
    private static final double OUTAGE = 6;

    private final Instant begin;
    private final long[] openedUpTo;

    BusyHours(Instant begin, Instant end, int tickets, long seed) {
        this.begin = begin;
        int hours = Math.toIntExact(Duration.between(begin, end).toHours());
        double[] weights = weights(begin, hours, new SplittableRandom(seed));
        double all = Arrays.stream(weights).sum();
        openedUpTo = new long[hours];
        double sum = 0;
        for (int hour = 0; hour < hours; hour++) {
            sum += weights[hour];
            openedUpTo[hour] = Math.round(sum / all * tickets);
        }
    }

    private static double[] weights(Instant begin, int hours, SplittableRandom random) {
        double[] weights = new double[hours];
        for (int hour = 0; hour < hours; hour++) {
            ZonedDateTime time = begin.atZone(ZoneOffset.UTC).plusHours(hour);
            DayOfWeek day = time.getDayOfWeek();
            double ofTheWeek = switch (day) {
                case MONDAY -> 1.35;
                case SATURDAY -> 0.25;
                case SUNDAY -> 0.15;
                default -> 1;
            };
            double growth = 1 + (double) hour / hours;
            weights[hour] = OF_THE_DAY[time.getHour()] * ofTheWeek * growth;
        }
        int outages = Math.max(1, hours * OUTAGES_A_YEAR / (365 * 24));
        for (int outage = 0; outage < outages; outage++) {
            int from = random.nextInt(hours);
            for (int hour = from; hour < Math.min(hours, from + OUTAGE_HOURS); hour++) {
                weights[hour] *= OUTAGE;
            }
        }
        return weights;
    }

    /** When the ticket at a place was opened, in the order of places; whole milliseconds. */
    Instant openedAt(int place) {
        int hour = Arrays.binarySearch(openedUpTo, place + 1L);
        if (hour < 0) {
            hour = -hour - 1;
        }
        // Of several hours with the same sum the first is the one that had a ticket.
        while (hour > 0 && openedUpTo[hour - 1] > place) {
            hour--;
        }
        long before = hour == 0 ? 0 : openedUpTo[hour - 1];
        double part = (place - before + 0.5) / (openedUpTo[hour] - before);
        return begin.plus(Duration.ofHours(hour))
                .plusMillis((long) (part * Duration.ofHours(1).toMillis()));
    }
}
