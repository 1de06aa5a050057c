package io.tealdesk.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.recording.Recording;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Words that have to find room in the drawing. */
class TimelineLabelsTests {

    private final Scenes.HandClock clock = new Scenes.HandClock();
    private final Recording recording = new Recording(clock);

    @Test
    void aTextWithoutRoomBesideItsLineEndsWithTheDrawing() {
        Labels labels = Labels.place(
                List.of(
                        new Labels.Label(10, "begins", "muted"),
                        new Labels.Label(290, "An alarm went off", "bad"),
                        new Labels.Label(295, "All traffic is back", "bad")),
                9,
                300);
        Markup svg = new Markup();
        labels.draw(svg, 0);

        assertThat(svg.toString())
                .contains("text-anchor=\"start\" x=\"13\" y=\"15\">begins")
                .contains("text-anchor=\"end\" x=\"300\" y=\"15\">All traffic is back")
                .contains("text-anchor=\"end\" x=\"300\" y=\"30\">An alarm went off");
    }

    @Test
    void failuresThatTouchHaveOneNumber() {
        fail(28);
        clock.pass(Duration.ofSeconds(1));
        fail(3);
        clock.pass(Duration.ofSeconds(59));
        fail(2);
        clock.pass(Duration.ofSeconds(60));

        assertThat(numbers()).containsExactly("31", "2");
    }

    @Test
    void theNumberOfFailuresAtTheEndStandsBeforeThem() {
        clock.pass(Duration.ofSeconds(119));
        fail(7);

        assertThat(drawn()).containsPattern("text-anchor=\"end\"[^>]*>7<");
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            recording.request(Scenes.failed(clock.instant(), "reply", 1, 502));
        }
    }

    private List<String> numbers() {
        return drawn().lines()
                .filter(line -> line.startsWith("<text"))
                .map(line -> line.replaceAll("<[^>]*>", ""))
                .toList();
    }

    private String drawn() {
        Markup svg = new Markup();
        svg.open("svg");
        Seconds seconds = Seconds.of(recording.requests(), Scenes.facts().setup(), Scenes.BEGIN, 120, 1);
        TimeAxis axis = new TimeAxis(Scenes.BEGIN, Scenes.BEGIN.plusSeconds(120), 100, 400);
        new FailurePanel(seconds).draw(svg, axis, 0);
        return svg.close().toString();
    }
}
