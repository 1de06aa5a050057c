package io.tealdesk.sla;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When work is done. A moment is within business hours if the clock on the wall then shows a time of one of that day's
 * spans and the day is no holiday: an hour that a change of the clocks skips is no time at all, one that it repeats
 * counts twice. Exact to the microsecond; it steps from day to day, never through them.
 */
final class BusinessHours {

    static final BusinessHours AROUND_THE_CLOCK = new BusinessHours(
            ZoneOffset.UTC,
            Arrays.stream(DayOfWeek.values())
                    .collect(Collectors.toMap(day -> day, day -> List.of(new Span(0, Span.MINUTES_OF_A_DAY)))),
            Set.of(),
            Set.of());

    /** What is not reached by then is never reached: hours may be few, and holidays may take them all. */
    private static final Duration HORIZON = Duration.ofDays(20 * 366);

    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final long MICROS_OF_A_MINUTE = 60 * MICROS_OF_A_SECOND;
    private static final long MICROS_OF_A_DAY = Span.MINUTES_OF_A_DAY * MICROS_OF_A_MINUTE;

    private final ZoneId zone;
    private final Map<DayOfWeek, List<Span>> week;
    private final Set<LocalDate> holidays;
    private final Set<MonthDay> yearlyHolidays;

    /** @param week spans that do not overlap, in order */
    BusinessHours(
            ZoneId zone,
            Map<DayOfWeek, List<Span>> week,
            Collection<LocalDate> holidays,
            Collection<MonthDay> yearlyHolidays) {
        this.zone = zone;
        this.week = Map.copyOf(week);
        this.holidays = Set.copyOf(holidays);
        this.yearlyHolidays = Set.copyOf(yearlyHolidays);
    }

    /** How much business time lies between two moments; none where they are the wrong way round. */
    Duration elapsed(Instant from, Instant to) {
        var sum = new long[1];
        walk(micros(from), micros(to), (opens, closes) -> {
            sum[0] += closes - opens;
            return true;
        });
        return Duration.of(sum[0], ChronoUnit.MICROS);
    }

    /** The first moment at which so much business time has passed; empty where that is more than 20 years away. */
    Optional<Instant> after(Instant start, Duration business) {
        var left = business.dividedBy(Duration.of(1, ChronoUnit.MICROS));
        return left <= 0 ? Optional.of(start) : after(micros(start), micros(start.plus(HORIZON)), left);
    }

    private Optional<Instant> after(long start, long horizon, long business) {
        var left = new long[] {business};
        var reached = new Instant[1];
        walk(start, horizon, (opens, closes) -> {
            if (closes - opens < left[0]) {
                left[0] -= closes - opens;
                return true;
            }
            reached[0] = instant(opens + left[0]);
            return false;
        });
        return Optional.ofNullable(reached[0]);
    }

    /** Between two changes of the clocks the wall is a fixed distance from UTC, so a day's spans are, too. */
    private void walk(long from, long to, Visitor visitor) {
        var rules = zone.getRules();
        long at = from;
        while (at < to) {
            var moment = instant(at);
            long ahead = rules.getOffset(moment).getTotalSeconds() * MICROS_OF_A_SECOND;
            var change = rules.nextTransition(moment);
            long end = change == null ? to : Math.min(to, micros(change.getInstant()));
            for (long day = Math.floorDiv(at + ahead, MICROS_OF_A_DAY); day * MICROS_OF_A_DAY - ahead < end; day++) {
                long midnight = day * MICROS_OF_A_DAY - ahead;
                for (var span : spans(LocalDate.ofEpochDay(day))) {
                    long opens = Math.max(at, midnight + span.from * MICROS_OF_A_MINUTE);
                    long closes = Math.min(end, midnight + span.to * MICROS_OF_A_MINUTE);
                    if (opens < closes && !visitor.isOpen(opens, closes)) {
                        return;
                    }
                }
            }
            at = end;
        }
    }

    private List<Span> spans(LocalDate day) {
        return holidays.contains(day) || yearlyHolidays.contains(MonthDay.of(day.getMonth(), day.getDayOfMonth()))
                ? List.of()
                : week.getOrDefault(day.getDayOfWeek(), List.of());
    }

    /** As fine as PostgreSQL keeps it. */
    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), MICROS_OF_A_SECOND), instant.getNano() / 1_000);
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** In minutes since midnight on the wall; {@code to} is the first minute that is no longer in it. */
    record Span(int from, int to) {

        static final int MINUTES_OF_A_DAY = 24 * 60;
    }

    private interface Visitor {

        /** @return whether to go on */
        boolean isOpen(long opens, long closes);
    }
}
