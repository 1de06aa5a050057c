package io.tealdesk.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.sla.SlaCalendarHours.Holiday;
import io.tealdesk.sla.SlaCalendarHours.Interval;
import io.tealdesk.sla.SlaHistory.Change;
import io.tealdesk.sla.SlaHistory.PublicMessage;
import io.tealdesk.sla.SlaRules.SlaEscalation;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Generated calendars and histories against {@link SteppedClock}. {@code -Dsla.seed=…} repeats a run, and
 * {@code -Dsla.cases=…} makes it longer.
 */
class SlaClocksPropertyTests {

    private static final int CASES = Integer.getInteger("sla.cases", 10_000);
    private static final long SEED = Long.getLong("sla.seed", System.nanoTime());
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Pacific/Chatham",
            "Africa/Cairo",
            "America/Santiago",
            "Asia/Kolkata",
            "Atlantic/Azores",
            "UTC");
    private static final UUID POLICY = UUID.randomUUID();
    private static final UUID TEAM = UUID.randomUUID();

    @Test
    void agreesToTheSecondWithLookingAtOneMomentAfterTheOther() {
        System.out.println("SLA clocks: " + CASES + " cases, -Dsla.seed=" + SEED);
        var changesOfTheClock = 0;
        var late = 0;
        for (int i = 0; i < CASES; i++) {
            var random = new Random(SEED + i);
            var hours = random.nextInt(8) == 0 ? null : calendar(random);
            var zone = ZoneId.of(hours == null ? "UTC" : hours.timeZone());
            var opened = moment(random, zone);
            var history = history(random, opened);
            var rules = rules(random, hours == null);
            var end = history.changes().isEmpty()
                    ? opened
                    : history.changes().getLast().at();
            if (zone.getRules().nextTransition(opened) != null
                    && zone.getRules().nextTransition(opened).getInstant().isBefore(end)) {
                changesOfTheClock++;
            }
            var clocks = SlaClocks.of(
                    history,
                    new SlaPolicy(POLICY, "Promises", 0, rules, 0),
                    hours == null ? BusinessHours.AROUND_THE_CLOCK : hours.businessHours());
            var stepped = new SteppedClock(hours, history, rules.pauses());
            assertThat(clocks).isNotEmpty();
            for (var clock : clocks) {
                late += compared(clock, stepped, history, "seed %d: %s %s".formatted(SEED + i, clock, history));
            }
        }
        // That all this was met at all.
        assertThat(changesOfTheClock).isGreaterThan(CASES / 10);
        assertThat(late).isGreaterThan(CASES / 10);
    }

    @Test
    void findsTheMomentAfterWhichSoMuchTimeHasPassed() {
        for (int i = 0; i < CASES / 10; i++) {
            var random = new Random(SEED - i);
            var calendar = calendar(random);
            var hours = calendar.businessHours();
            var start = moment(random, ZoneId.of(calendar.timeZone()));
            var business = Duration.ofSeconds(1 + random.nextInt(200_000));

            var reached = hours.after(start, business).orElseThrow();

            var as = "seed %d: %s from %s".formatted(SEED - i, calendar, start);
            assertThat(hours.elapsed(start, reached)).as(as).isEqualTo(business);
            assertThat(hours.elapsed(start, reached.minusSeconds(1)))
                    .as(as)
                    .isLessThan(business)
                    .isEqualTo(business.minusSeconds(1));
            var between = start.plusSeconds(random.nextInt(300_000));
            assertThat(hours.elapsed(start, between).plus(hours.elapsed(between, between.plusSeconds(100_000))))
                    .as(as)
                    .isEqualTo(hours.elapsed(start, between.plusSeconds(100_000)));
        }
    }

    /** @return 1 where it is late */
    private static int compared(SlaClock clock, SteppedClock stepped, SlaHistory history, String as) {
        var lastChange = history.changes().isEmpty()
                ? history.createdAt()
                : history.changes().getLast().at();
        if (clock.state() == SlaClockState.RUNNING) {
            // The rest is compared up to when it is due, and must be no further away than was reckoned.
            var horizon = clock.dueAt() == null
                    ? lastChange.plus(Duration.ofDays(20))
                    : clock.dueAt().plusSeconds(60);
            if (Duration.between(lastChange, horizon).compareTo(Duration.ofDays(40)) > 0) {
                horizon = lastChange.plus(Duration.ofDays(40));
            }
            var result = stepped.run(clock.startedAt(), null, clock.promised().toSeconds(), horizon);
            if (clock.dueAt() != null && clock.dueAt().isBefore(horizon)) {
                assertThat(result.reached()).as(as).isEqualTo(clock.dueAt());
            } else {
                assertThat(result.reached()).as(as).isNull();
            }
            return 0;
        }
        // What is paused counts no more, so it may be looked at far beyond.
        var horizon = later(lastChange, clock.startedAt()).plusSeconds(3_600);
        var end = clock.endedAt();
        var result = stepped.run(clock.startedAt(), end, clock.promised().toSeconds(), horizon);
        assertThat(clock.elapsed().toSeconds()).as(as).isEqualTo(result.counted());
        assertThat(clock.dueAt()).as(as).isEqualTo(result.reached());
        var warned = clock.promised().toSeconds() / 2;
        assertThat(clock.warnAt())
                .as(as)
                .isEqualTo(stepped.run(clock.startedAt(), end, warned, horizon).reached());
        return clock.dueAt() == null ? 0 : 1;
    }

    private static SlaCalendarHours calendar(Random random) {
        var zone = ZONES.get(random.nextInt(ZONES.size()));
        var intervals = new ArrayList<Interval>();
        for (var day : DayOfWeek.values()) {
            var times = random.nextInt(6) == 0
                    ? List.<Integer>of()
                    : IntStream.generate(() -> random.nextInt(1441))
                            .distinct()
                            .limit(2L * (1 + random.nextInt(3)))
                            .sorted()
                            .boxed()
                            .toList();
            for (int i = 0; i + 1 < times.size(); i += 2) {
                intervals.add(new Interval(day, time(times.get(i)), time(times.get(i + 1))));
            }
            if (random.nextInt(12) == 0) {
                intervals.removeIf(interval -> interval.day() == day);
                intervals.add(new Interval(day, "00:00", "24:00"));
            }
        }
        if (intervals.isEmpty()) {
            intervals.add(new Interval(DayOfWeek.SUNDAY, "00:30", "24:00"));
        }
        var holidays = new ArrayList<Holiday>();
        for (int i = random.nextInt(30); i > 0; i--) {
            holidays.add(new Holiday(
                    LocalDate.of(2024 + random.nextInt(3), 1, 1).plusDays(random.nextInt(366)),
                    random.nextInt(3) == 0,
                    "Holiday"));
        }
        return new SlaCalendarHours(zone, intervals, holidays);
    }

    private static String time(int minute) {
        return "%02d:%02d".formatted(minute / 60, minute % 60);
    }

    /** Every second one shortly before the clocks change, where they do. */
    private static Instant moment(Random random, ZoneId zone) {
        var moment = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextLong(3L * 365 * 86_400));
        var change = zone.getRules().nextTransition(moment);
        return change == null || random.nextBoolean()
                ? moment
                : change.getInstant().minusSeconds(random.nextLong(2L * 86_400));
    }

    private static SlaHistory history(Random random, Instant opened) {
        var changes = new ArrayList<Change>();
        var messages = new ArrayList<PublicMessage>();
        var status = TicketStatus.OPEN;
        var at = opened;
        Instant resolved = null;
        Instant replied = null;
        var steps = random.nextInt(9);
        for (int i = 0; i < steps; i++) {
            at = at.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(100_000));
            switch (random.nextInt(5)) {
                case 0 -> changes.add(new Change(at, null, random.nextBoolean()));
                case 1, 2 -> {
                    var next = List.copyOf(status.next());
                    status = next.get(random.nextInt(next.size()));
                    resolved = !status.isDone() ? null : resolved == null ? at : resolved;
                    changes.add(new Change(at, status, null));
                }
                default -> {
                    var isByStaff = random.nextBoolean();
                    messages.add(new PublicMessage(100 + i, at, isByStaff));
                    replied = isByStaff && replied == null ? at : replied;
                }
            }
        }
        return new SlaHistory(
                10_001,
                TEAM,
                null,
                TicketPriority.MEDIUM,
                status,
                TicketStatus.OPEN,
                opened,
                replied,
                resolved,
                false,
                changes,
                messages);
    }

    private static SlaRules rules(Random random, boolean aroundTheClock) {
        var pauses = EnumSet.noneOf(SlaPause.class);
        for (var pause : SlaPause.values()) {
            if (random.nextBoolean()) {
                pauses.add(pause);
            }
        }
        return new SlaRules(
                Set.of(),
                Set.of(),
                Set.of(),
                minutes(random),
                minutes(random),
                minutes(random),
                aroundTheClock,
                pauses,
                50,
                SlaEscalation.NOTHING,
                SlaEscalation.NOTHING);
    }

    /** Even, so that a half is whole seconds and more. */
    private static int minutes(Random random) {
        return 2 + 2 * random.nextInt(random.nextBoolean() ? 60 : 600);
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
