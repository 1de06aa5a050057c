package io.tealdesk.sla;

import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import io.tealdesk.sla.BusinessHours.Span;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Business hours as they are written down.
 *
 * @param timeZone a name of the IANA database
 */
record SlaCalendarHours(
        @NotBlank @Size(max = 60) String timeZone,
        @NotEmpty @Size(max = 50) List<@NotNull @Valid Interval> intervals,
        @NotNull @Size(max = 400) List<@NotNull @Valid Holiday> holidays) {

    private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d";

    /** In the form that is kept, once it makes sense. */
    SlaCalendarHours checked() {
        zone();
        var sorted = intervals.stream()
                .sorted(Comparator.comparing(Interval::day).thenComparing(Interval::from))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            var interval = sorted.get(i);
            if (interval.to.compareTo(interval.from) <= 0) {
                throw Problem.invalidField("hours.intervals", "Order", "must each end after they begin");
            }
            if (i > 0
                    && sorted.get(i - 1).day == interval.day
                    && sorted.get(i - 1).to.compareTo(interval.from) > 0) {
                throw Problem.invalidField("hours.intervals", "Overlap", "must not overlap");
            }
        }
        var days = new HashSet<String>();
        var named = new ArrayList<Holiday>();
        for (var holiday : holidays) {
            if (!days.add(holiday.yearly ? holiday.date.toString().substring(5) : holiday.date.toString())) {
                throw Problem.invalidField("hours.holidays", "Double", "must name each day once");
            }
            named.add(new Holiday(holiday.date, holiday.yearly, OneLine.of("hours.holidays", holiday.name)));
        }
        named.sort(Comparator.comparing(Holiday::date));
        return new SlaCalendarHours(timeZone, sorted, named);
    }

    BusinessHours businessHours() {
        return new BusinessHours(
                zone(),
                intervals.stream()
                        .sorted(Comparator.comparing(Interval::from))
                        .collect(Collectors.groupingBy(
                                Interval::day,
                                Collectors.mapping(
                                        interval -> new Span(minutes(interval.from), minutes(interval.to)),
                                        Collectors.toList()))),
                holidays.stream()
                        .filter(holiday -> !holiday.yearly)
                        .map(Holiday::date)
                        .toList(),
                holidays.stream()
                        .filter(holiday -> holiday.yearly)
                        .map(holiday -> MonthDay.from(holiday.date))
                        .toList());
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(timeZone);
        } catch (DateTimeException unknown) {
            throw Problem.invalidField("hours.timeZone", "Unknown", "is no time zone");
        }
    }

    private static int minutes(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    /** Wall-clock times; {@code to} may be 24:00. */
    record Interval(
            @NotNull DayOfWeek day,
            @NotNull @Pattern(regexp = TIME) String from,
            @NotNull @Pattern(regexp = TIME + "|24:00") String to) {}

    /** @param yearly on that day of every year */
    record Holiday(
            @NotNull LocalDate date,
            @NotNull Boolean yearly,
            @NotBlank @Size(max = 80) String name) {}
}
