package io.tealdesk.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.reporting.ReportPeriod.Bar;
import io.tealdesk.shared.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportPeriodTests {

    @ParameterizedTest
    @CsvSource({
        "2026-03-29, Europe/Berlin,       23",
        "2026-10-25, Europe/Berlin,       25",
        "2026-11-23, Europe/Berlin,       24",
        "2026-11-23, Asia/Kathmandu,      24",
        // There is no midnight on this day.
        "2022-09-11, America/Santiago,    23",
        // Clocks go back and forth by half an hour.
        "2026-04-05, Australia/Lord_Howe, 25",
        "2026-10-04, Australia/Lord_Howe, 24"
    })
    void cutsADayIntoTheHoursThatItsClockShows(LocalDate day, String zone, int hours) {
        assertThat(ReportPeriod.of(day, day, ReportStep.HOUR, zone).bars()).hasSize(hours);
    }

    @ParameterizedTest
    @CsvSource({"HOUR, 30", "DAY, 400", "WEEK, 400", "MONTH, 400"})
    void leavesNoGapAndNoOverlapInAnyZone(ReportStep by, int days) {
        for (var zone : java.time.ZoneId.getAvailableZoneIds()) {
            var from = LocalDate.of(2026, 3, 10);
            var period = ReportPeriod.of(from, from.plusDays(days), by, zone);
            var bars = period.bars();

            assertThat(bars.getFirst().start()).as(zone).isEqualTo(period.start());
            assertThat(bars.getLast().end()).as(zone).isEqualTo(period.end());
            for (int bar = 0; bar < bars.size(); bar++) {
                assertThat(bars.get(bar).end()).as(zone).isAfter(bars.get(bar).start());
                assertThat(bars.get(bar).start().getEpochSecond() % 900)
                        .as(zone)
                        .isZero();
                assertThat(bar == 0 ? period.start() : bars.get(bar - 1).end())
                        .as(zone)
                        .isEqualTo(bars.get(bar).start());
            }
            assertThat(bars).as(zone).hasSizeLessThanOrEqualTo(ReportPeriod.BARS_MAX);
        }
    }

    @Test
    void weeksBeginOnMonday() {
        var bars = ReportPeriod.of(LocalDate.of(2026, 11, 20), LocalDate.of(2026, 11, 30), ReportStep.WEEK, "UTC")
                .bars();

        assertThat(bars)
                .containsExactly(
                        bar("2026-11-20", "2026-11-23"),
                        bar("2026-11-23", "2026-11-30"),
                        bar("2026-11-30", "2026-12-01"));
    }

    @Test
    void comparesWholeMonthsWithWholeMonthsAndDaysWithAsManyDays() {
        var november = ReportPeriod.of(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), ReportStep.DAY, "UTC");
        var quarter = ReportPeriod.of(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31), ReportStep.DAY, "UTC");
        var week = ReportPeriod.of(LocalDate.of(2026, 11, 9), LocalDate.of(2026, 11, 15), ReportStep.DAY, "UTC");

        assertThat(november.before().from()).isEqualTo("2026-10-01");
        assertThat(november.before().to()).isEqualTo("2026-10-31");
        assertThat(quarter.before().from()).isEqualTo("2025-10-01");
        assertThat(week.before().from()).isEqualTo("2026-11-02");
        assertThat(week.before().to()).isEqualTo("2026-11-08");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-02, 2026-11-01, DAY,  UTC",
        "1999-11-02, 2026-11-01, WEEK, UTC",
        "2015-11-02, 2026-11-01, WEEK, UTC",
        "2022-11-02, 2026-11-01, DAY,  UTC",
        "2026-09-02, 2026-11-01, HOUR, UTC",
        "2026-11-01, 2026-11-01, DAY,  Europe/Atlantis"
    })
    void refusesWhatMakesNoReport(LocalDate from, LocalDate to, ReportStep by, String zone) {
        assertThatThrownBy(() -> ReportPeriod.of(from, to, by, zone)).isInstanceOf(Problem.class);
    }

    @Test
    void anHourIsCountedTwiceWhereTheClockGoesBack() {
        var bars = ReportPeriod.of(
                        LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 25), ReportStep.HOUR, "Europe/Berlin")
                .bars();

        assertThat(bars)
                .allSatisfy(bar ->
                        assertThat(Duration.between(bar.start(), bar.end())).isEqualTo(Duration.ofHours(1)));
    }

    private static Bar bar(String from, String to) {
        return new Bar(Instant.parse(from + "T00:00:00Z"), Instant.parse(to + "T00:00:00Z"));
    }
}
