package io.tealdesk.sla;

import io.tealdesk.sla.SlaCalendarHours.Holiday;
import io.tealdesk.sla.SlaCalendarHours.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The same promise reckoned in the plainest way there is: it looks at one moment after the other, asks what the clock on
 * the wall shows and what the ticket's status is, and counts. It shares no line with what it is compared to.
 */
final class SteppedClock {

    private static final String[] TIMES = IntStream.range(0, 1440)
            .mapToObj(minute -> "%02d:%02d".formatted(minute / 60, minute % 60))
            .toArray(String[]::new);

    private final boolean[][] open = new boolean[7][1440];
    private final @Nullable SlaCalendarHours hours;
    private final ZoneId zone;
    private final SlaHistory history;
    private final Set<SlaPause> pauses;

    /** @param hours null for around the clock */
    SteppedClock(@Nullable SlaCalendarHours hours, SlaHistory history, Set<SlaPause> pauses) {
        this.hours = hours;
        this.zone = ZoneId.of(hours == null ? "UTC" : hours.timeZone());
        this.history = history;
        this.pauses = pauses;
        if (hours != null) {
            for (Interval interval : hours.intervals()) {
                for (int minute = 0; minute < 1440; minute++) {
                    var time = TIMES[minute];
                    if (interval.from().compareTo(time) <= 0 && time.compareTo(interval.to()) < 0) {
                        open[interval.day().getValue() - 1][minute] = true;
                    }
                }
            }
        }
    }

    /**
     * @param end when what was promised was done, or the ticket; null where neither was
     * @param horizon looks no further
     */
    Result run(Instant start, @Nullable Instant end, long promisedSeconds, Instant horizon) {
        long stop = (end == null ? horizon : end).getEpochSecond();
        long counted = 0;
        Long reached = null;
        for (long second = start.getEpochSecond(); second < stop; ) {
            long next = Math.min(Math.min(second / 60 * 60 + 60, stop), nextChange(second));
            if (counts(second)) {
                if (reached == null && counted + (next - second) >= promisedSeconds) {
                    reached = second + (promisedSeconds - counted);
                }
                counted += next - second;
            }
            second = next;
        }
        return new Result(
                counted,
                reached != null && (end == null || reached < end.getEpochSecond())
                        ? Instant.ofEpochSecond(reached)
                        : null);
    }

    /** Nothing that matters changes within a minute on the wall, except the ticket. */
    private long nextChange(long second) {
        for (var change : history.changes()) {
            if (change.at().getEpochSecond() > second) {
                return change.at().getEpochSecond();
            }
        }
        return Long.MAX_VALUE;
    }

    private boolean counts(long second) {
        return isRunning(second) && isOpen(second);
    }

    private boolean isRunning(long second) {
        var status = history.firstStatus();
        var snoozed = false;
        for (var change : history.changes()) {
            if (change.at().getEpochSecond() <= second) {
                status = change.status() == null ? status : change.status();
                snoozed = change.isSnoozed() == null ? snoozed : change.isSnoozed();
            }
        }
        if (snoozed && pauses.contains(SlaPause.SNOOZED)) {
            return false;
        }
        return switch (status) {
            case OPEN, IN_PROGRESS -> true;
            case WAITING_ON_CUSTOMER -> !pauses.contains(SlaPause.WAITING_ON_CUSTOMER);
            case WAITING_ON_THIRD_PARTY -> !pauses.contains(SlaPause.WAITING_ON_THIRD_PARTY);
            case RESOLVED, CLOSED, CANCELLED -> false;
        };
    }

    private boolean isOpen(long second) {
        if (hours == null) {
            return true;
        }
        var wall = Instant.ofEpochSecond(second).atZone(zone);
        for (Holiday holiday : hours.holidays()) {
            if (holiday.date().getMonthValue() == wall.getMonthValue()
                    && holiday.date().getDayOfMonth() == wall.getDayOfMonth()
                    && (holiday.yearly() || holiday.date().getYear() == wall.getYear())) {
                return false;
            }
        }
        return open[wall.getDayOfWeek().getValue() - 1][wall.getHour() * 60 + wall.getMinute()];
    }

    record Result(long counted, @Nullable Instant reached) {}
}
