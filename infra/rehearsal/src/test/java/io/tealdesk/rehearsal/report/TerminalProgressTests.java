package io.tealdesk.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalProgressTests {

    private final Scenes.HandClock clock = new Scenes.HandClock();
    private final Recording recording = new Recording(clock);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void aPipeGetsALineForEachPhaseAndEventWithoutControlCharacters() {
        try (var _ = started(new Terminal(out, false, false, 100))) {
            recording.phase(null, "Before", Phase.Group.BEFORE);
            Scenes.second(recording, clock, 2, Scenes.OLD, 1);
            recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
            recording.event(Event.Kind.TRAFFIC, "backend", "blue 90 %, green 10 %");
            recording.event(Event.Kind.TASK, "backend-green-1", "is healthy\u001b[2J after 9 s");
        }

        assertThat(printed().lines())
                .containsExactly(
                        "0:00.0  ── Before",
                        "0:02.0  ── backend AllowTraffic   (200 requests, 0 failed, p99 99 ms)",
                        "0:02.0  backend blue 90 %, green 10 %",
                        "0:02.0  backend-green-1 is healthy [2J after 9 s");
    }

    @Test
    void whatIsEndedBySomebodyIsNoNews() {
        try (TerminalProgress progress = started(new Terminal(out, false, false, 100))) {
            recording.phase(null, "Before", Phase.Group.BEFORE);
            progress.interrupt();
            recording.event(Event.Kind.HEALTH, "backend-blue-1", "UNHEALTHY: health check answered 502");
        }

        assertThat(printed().lines()).containsExactly("0:00.0  ── Before", "Interrupted: nothing is judged.");
    }

    @Test
    void theLiveViewShowsThePhaseTheRateAndWhoAnswers() {
        LiveFigures figures = new LiveFigures();
        recording.listen(fact -> add(figures, fact));
        recording.phase("backend", "AllowTraffic", Phase.Group.SHIFT);
        recording.event(Event.Kind.TRAFFIC, "backend", "blue 90 %, green 10 %");
        recording.event(Event.Kind.TRAFFIC, "backend", "test listener: blue 0 %, green 100 %");
        Scenes.second(recording, clock, 4, Scenes.OLD, 1);
        Scenes.second(recording, clock, 1, Scenes.NEW, 1);
        recording.request(Scenes.failed(clock.instant(), "reply", 1, 502));

        String text = text(figures, 80);

        assertThat(text)
                .contains("backend AllowTraffic  5 s of 15 s")
                .contains("501  100/s of 100 asked   1 failed")
                .contains("2d0de47")
                .contains("p99 99 ms  of the last 5 s")
                .contains("backend 10 % to green");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        LiveFigures figures = new LiveFigures();
        recording.listen(fact -> add(figures, fact));
        recording.phase("backend", "AfterAllowTestTraffic", Phase.Group.PREPARATION);
        recording.event(Event.Kind.HOOK, "backend", "x".repeat(300));
        Scenes.second(recording, clock, 1, Scenes.OLD, 1);

        for (int width : new int[] {40, 80, 160}) {
            assertThat(text(figures, width).lines()).allMatch(line -> line.length() <= width);
        }
    }

    @Test
    void coloursAreOnlyWhereTheyAreWanted() {
        Line line = new Line().add("failed", Line.Style.BAD);

        assertThat(line.rendered(new Terminal(out, true, true, 80))).isEqualTo("\u001b[1;31mfailed\u001b[0m");
        assertThat(line.rendered(new Terminal(out, true, false, 80))).isEqualTo("failed");
    }

    @Test
    void itEndsWithTheVerdictAndWhereTheReportLies() {
        Verdict good = Verdict.of(SampleRehearsal.good(), SampleRehearsal.goodFacts());
        Verdict bad = Verdict.of(SampleRehearsal.faulty(), SampleRehearsal.faultyFacts());

        assertThat(ending(good))
                .contains("✓ Nothing was dropped.", "Report: last/rehearsal.html")
                .doesNotContain("✗");
        assertThat(ending(bad)).contains("✗ Not met: Nothing is lost.", "reply r-0193 on #1042");
    }

    @Test
    void aP99ThatDoesNotDecideIsNotShownAsIfItDid() {
        Verdict judged = Verdict.of(SampleRehearsal.good(), SampleRehearsal.goodFacts());
        Verdict lossOnly = Verdict.of(
                SampleRehearsal.good(),
                SampleRehearsal.goodFacts(),
                Tolerance.release().without(Check.P99_KEPT));

        assertThat(ending(judged).replaceAll("\\s+", " "))
                .contains("at most 2 allowed.")
                .doesNotContain("Shown, not judged.");
        assertThat(ending(lossOnly).replaceAll("\\s+", " ")).contains("at most 2 allowed. Shown, not judged.");
    }

    private String ending(Verdict verdict) {
        Terminal plain = new Terminal(out, false, false, 100);
        return String.join(
                "\n",
                TerminalProgress.ending(verdict, Path.of("last/rehearsal.html"), 100).stream()
                        .map(line -> line.rendered(plain))
                        .toList());
    }

    private TerminalProgress started(Terminal terminal) {
        return TerminalProgress.start(recording, terminal, Scenes.OLD, Scenes.NEW, 100, Map.of());
    }

    private String text(LiveFigures figures, int width) {
        LiveView view = new LiveView(
                Scenes.OLD, Scenes.NEW, 100, Map.of("backend AllowTraffic", Duration.ofSeconds(15)), Scenes.BEGIN);
        Terminal terminal = new Terminal(out, true, false, width);
        List<Line> lines = view.lines(figures.at(clock.instant()), width);
        return String.join(
                "\n", lines.stream().map(line -> line.rendered(terminal)).toList());
    }

    private static void add(LiveFigures figures, Object fact) {
        switch (fact) {
            case io.tealdesk.rehearsal.recording.RequestRecord request -> figures.add(request);
            case Event event -> figures.add(event);
            case Phase phase -> figures.begin(phase);
            default -> throw new IllegalArgumentException();
        }
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
