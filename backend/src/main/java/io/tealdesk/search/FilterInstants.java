package io.tealdesk.search;

import io.tealdesk.shared.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the dates of a filter: an instant, or one relative to now in the viewer's time zone. */
record FilterInstants(Instant now, ZoneId zone) {

    static final String ALLOWED =
            "must be an ISO instant between the years 1970 and 2200, or -7d, +2d, -24h (d, w, h, at most 9999), now,"
                    + " startOfToday, startOfWeek, startOfMonth";

    private static final Pattern RELATIVE = Pattern.compile("([+-][0-9]{1,4})([hdw])");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    /** @param zone UTC unless given */
    static FilterInstants of(Instant now, @Nullable String zone) {
        try {
            return new FilterInstants(now, zone == null ? ZoneOffset.UTC : ZoneId.of(zone));
        } catch (DateTimeException e) {
            throw Problem.invalidField("zone", "Malformed", "must be a time zone such as Europe/Berlin");
        }
    }

    Optional<Instant> read(String text) {
        var here = now.atZone(zone);
        var today = here.toLocalDate();
        var relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            int amount = Integer.parseInt(relative.group(1));
            return Optional.of(
                    switch (relative.group(2)) {
                        case "h" -> here.plusHours(amount).toInstant();
                        case "d" -> here.plusDays(amount).toInstant();
                        default -> here.plusWeeks(amount).toInstant();
                    });
        }
        return switch (text) {
            case "now" -> Optional.of(now);
            case "startOfToday" -> Optional.of(startOf(today));
            case "startOfWeek" -> Optional.of(startOf(today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))));
            case "startOfMonth" -> Optional.of(startOf(today.withDayOfMonth(1)));
            default -> instant(text);
        };
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text))
                    .filter(instant -> !instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
