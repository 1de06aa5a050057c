package io.tealdesk.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryReportTests {

    @TempDir
    private Path folder;

    private final Verdict good = Verdict.of(Scenes.calm(new Scenes.HandClock()), Scenes.facts());
    private final Verdict bad = Verdict.of(oneLost(), Scenes.facts());

    @Test
    void aSeriesAddsUpWhatItsRehearsalsSay() throws IOException {
        SeriesReport series = SeriesReport.of(List.of(written(good, "1"), written(good, "2"), written(bad, "3")));

        SeriesReport.Row total = series.total();

        assertThat(series.rows()).hasSize(3);
        assertThat(total.requests()).isEqualTo(9001);
        assertThat(total.failed()).isEqualTo(1);
        assertThat(total.lost()).isEqualTo(1);
        assertThat(total.writes()).isEqualTo(120);
        assertThat(total.length()).isEqualTo(Duration.ofSeconds(90));
        assertThat(total.p99Ratio()).isEqualTo(1);
        assertThat(series.passed()).isFalse();
        assertThat(series.markdown()).contains("| all | 9,001 | 1 | 1 |", "✗ No request fails, Nothing is lost");
    }

    @Test
    void aSeriesPassesWhenEachOfItDoesAndThereIsOne() throws IOException {
        assertThat(SeriesReport.of(List.of(written(good, "1"))).passed()).isTrue();
        assertThat(SeriesReport.of(List.of()).passed()).isFalse();
    }

    @Test
    void aFileThatIsNoReportIsNotCounted() throws IOException {
        Path file = Files.writeString(folder.resolve("other.json"), "{\"passed\": true}");

        assertThatThrownBy(() -> SeriesReport.of(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other.json");
    }

    @Test
    void aDrillPassesWhenItEndsWellAndItsLossIsSeenWithoutTheSafeguard() {
        assertThat(drill(true, true).passed()).isTrue();
        assertThat(drill(false, true).passed()).isFalse();
        assertThat(drill(true, false).passed()).isFalse();
        assertThat(new DrillsReport(List.of()).passed()).isFalse();
    }

    @Test
    void bothPagesAreWellFormed() throws Exception {
        SeriesReport series = SeriesReport.of(List.of(written(good, "1"), written(bad, "2")));
        Path samples = Files.createDirectories(Path.of("target/sample-reports"));
        series.write(samples.resolve("series.html"), samples.resolve("series.md"));
        DrillsReport drills = drill(true, true);
        drills.write(samples.resolve("drills.html"), samples.resolve("drills.md"));

        HtmlReportTests.parsed(series.page());
        HtmlReportTests.parsed(drills.page());

        assertThat(drills.markdown()).contains("| ✓ draining: 1 of 3,001 requests failed Position: 290 |\n");
    }

    private DrillsReport drill(boolean asDescribed, boolean lossSeen) {
        return new DrillsReport(List.of(new DrillsReport.Row(
                "operator-stops",
                "An operator stops the deployment under the canary.",
                "back under traffic, no request fails",
                DrillsReport.Guarded.of(good, asDescribed, "An operator stopped the deployment.", "one.html"),
                new DrillsReport.Unguarded(
                        lossSeen, "draining", "1 of 3,001 requests failed\n  Position: 290", null))));
    }

    private static Recording oneLost() {
        Scenes.HandClock clock = new Scenes.HandClock();
        Recording recording = Scenes.calm(clock);
        RequestRecord failed = Scenes.failed(clock.instant(), "reply", 1, 502);
        recording.request(failed);
        return recording;
    }

    private Path written(Verdict verdict, String name) throws IOException {
        Path file = folder.resolve(name + ".json");
        JsonReport.write(verdict, file);
        return file;
    }
}
