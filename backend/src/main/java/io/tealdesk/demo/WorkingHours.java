package io.tealdesk.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/** When people write: agents on working days from eight to six, customers mostly by day and less at weekends. */
final class WorkingHours {

    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final int OPENS_AT = 8;
    private static final int CLOSES_AT = 18;

    /** How likely a customer writes in each hour of the day, compared with the busiest one. */
    private static final double[] CUSTOMER_HOURS = {
        0.03, 0.02, 0.01, 0.01, 0.02, 0.06, 0.18, 0.45, 0.80, 1.00, 1.00, 0.90,
        0.65, 0.70, 0.85, 0.85, 0.75, 0.60, 0.45, 0.40, 0.38, 0.30, 0.18, 0.08
    };

    private WorkingHours() {}

    /** The moment at which so much working time has passed. */
    static Instant after(Instant start, Duration workingTime) {
        var moment = opening(start.atZone(ZONE));
        var left = workingTime;
        while (true) {
            var closing = moment.truncatedTo(ChronoUnit.DAYS).withHour(CLOSES_AT);
            var today = Duration.between(moment, closing);
            if (left.compareTo(today) < 0) {
                return moment.plus(left).toInstant();
            }
            left = left.minus(today);
            moment = opening(closing);
        }
    }

    static Instant endOfWorkingDay(Instant from, int days) {
        var day = from.atZone(ZONE).toLocalDate();
        for (int passed = 0; passed < days; ) {
            day = day.plusDays(1);
            passed += isWorkingDay(day) ? 1 : 0;
        }
        return day.atTime(17, 0).atZone(ZONE).toInstant();
    }

    static LocalDate workingDay(LocalDate day) {
        var next = day;
        while (!isWorkingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
    }

    /** A moment between the two at which a customer may well have written. */
    static Instant customerMoment(Instant from, Instant until, Random random) {
        var span = Duration.between(from, until).toSeconds();
        for (int attempt = 0; attempt < 200; attempt++) {
            var moment = from.plusSeconds((long) (random.nextDouble() * span));
            if (random.nextDouble() < likelihood(moment)) {
                return moment;
            }
        }
        return from;
    }

    /** The same moment, or in the next morning when it lies in the night. */
    static Instant awake(Instant moment, Random random) {
        var local = moment.atZone(ZONE);
        if (local.getHour() >= 7 && local.getHour() < 22) {
            return moment;
        }
        var morning = local.getHour() >= 22 ? local.plusDays(1) : local;
        return morning.truncatedTo(ChronoUnit.DAYS)
                .withHour(7)
                .plusSeconds(random.nextInt(3 * 3600))
                .toInstant();
    }

    private static double likelihood(Instant moment) {
        var local = moment.atZone(ZONE);
        double day = switch (local.getDayOfWeek()) {
            case MONDAY -> 1.0;
            case TUESDAY -> 0.88;
            case WEDNESDAY -> 0.78;
            case THURSDAY -> 0.80;
            case FRIDAY -> 0.70;
            case SATURDAY -> 0.30;
            case SUNDAY -> 0.22;
        };
        return day * CUSTOMER_HOURS[local.getHour()];
    }

    private static ZonedDateTime opening(ZonedDateTime moment) {
        var day = moment.toLocalDate();
        if (isWorkingDay(day) && moment.getHour() < CLOSES_AT) {
            return moment.getHour() >= OPENS_AT
                    ? moment
                    : day.atTime(OPENS_AT, 0).atZone(ZONE);
        }
        return workingDay(day.plusDays(1)).atTime(OPENS_AT, 0).atZone(ZONE);
    }
}
