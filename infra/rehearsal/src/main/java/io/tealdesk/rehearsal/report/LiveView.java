package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.report.Line.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A moment as lines for a terminal.
 *
 * @param expected by phase, as {@code backend AllowTraffic} or {@code Before}, as far as somebody knows
 */
record LiveView(String from, String to, double rateAsked, Map<String, Duration> expected, Instant begin) {

    private static final int NARROW = 70;
    private static final int BAR = 40;

    List<Line> lines(LiveFigures.Moment moment, int width) {
        int column = width < NARROW ? 12 : 19;
        List<Line> lines = new ArrayList<>();
        lines.add(new Line());
        lines.add(heading(moment, width));
        lines.add(phase(moment, width));
        lines.add(requests(moment, column));
        for (String release : releases(moment)) {
            lines.add(release(release, moment, width, column));
        }
        lines.add(latency(moment, column));
        lines.add(traffic(moment, column));
        lines.add(new Line());
        for (Event event : moment.events()) {
            lines.add(event(event));
        }
        return lines;
    }

    private Line heading(LiveFigures.Moment moment, int width) {
        String clock = TimeAxis.clock(Duration.between(begin, moment.now()).toSeconds());
        return new Line()
                .add("Tealdesk rehearsal  ", Style.STRONG)
                .add(from, Style.OLD)
                .add(" → ")
                .add(to, Style.NEW)
                .to(width - clock.length())
                .add(clock, Style.STRONG);
    }

    private Line phase(LiveFigures.Moment moment, int width) {
        Phase phase = moment.phase();
        if (phase == null) {
            return new Line().add("Getting ready", Style.MUTED);
        }
        Duration elapsed = Duration.between(phase.begin(), moment.now());
        Duration expectedLength = expected(phase);
        Line line = new Line()
                .add(phase.service() == null ? "" : phase.service() + " ")
                .add(phase.name(), Style.ACCENT);
        if (expectedLength == null) {
            return line.add("  " + seconds(elapsed), Style.MUTED);
        }
        line.add("  %s of %s ".formatted(seconds(elapsed), seconds(expectedLength)), Style.MUTED);
        double done = Math.clamp(elapsed.toMillis() / (double) Math.max(1, expectedLength.toMillis()), 0, 1);
        int cells = Math.clamp(width - line.length(), 0, BAR);
        int full = (int) Math.round(done * cells);
        return line.add("━".repeat(full), Style.ACCENT).add("─".repeat(cells - full), Style.MUTED);
    }

    private @Nullable Duration expected(Phase phase) {
        Duration ofService = phase.service() == null ? null : expected.get(phase.service() + " " + phase.name());
        return ofService == null ? expected.get(phase.name()) : ofService;
    }

    private Line requests(LiveFigures.Moment moment, int column) {
        return new Line()
                .add("requests", Style.MUTED)
                .to(column)
                .add(Words.number(moment.sent()), Style.STRONG)
                .add("  %s/s of %s asked".formatted(Words.decimal(moment.rate()), Words.decimal(rateAsked)))
                .add("   ")
                .add(moment.failed() + " failed", moment.failed() == 0 ? Style.GOOD : Style.BAD)
                .add(moment.repeated() == 0 ? "" : ", " + Words.number(moment.repeated()) + " sent again", Style.MUTED);
    }

    /** The two always, so that the lines below do not jump. */
    private List<String> releases(LiveFigures.Moment moment) {
        List<String> names = new ArrayList<>(List.of(from, to));
        moment.byRelease().keySet().stream()
                .filter(name -> !names.contains(name))
                .forEach(names::add);
        return names;
    }

    private Line release(String name, LiveFigures.Moment moment, int width, int column) {
        long all = Math.max(
                1,
                moment.byRelease().values().stream().mapToLong(Long::longValue).sum());
        long count = moment.byRelease().getOrDefault(name, 0L);
        Style style = name.equals(from) ? Style.OLD : name.equals(to) ? Style.NEW : Style.BAD;
        int cells = Math.clamp(width - column - 7L, 0, BAR);
        int full = (int) Math.round(cells * count / (double) all);
        return new Line()
                .add(name.length() < column ? name : name.substring(0, column - 1), style)
                .to(column)
                .add("█".repeat(full), style)
                .add("░".repeat(cells - full), Style.MUTED)
                .add("%4d %%".formatted(Math.round(100.0 * count / all)));
    }

    private static Line latency(LiveFigures.Moment moment, int column) {
        return new Line()
                .add("latency", Style.MUTED)
                .to(column)
                .add("median " + Words.duration(moment.latencies().p50()))
                .add("  p99 ")
                .add(Words.duration(moment.latencies().p99()), Style.STRONG)
                .add("  of the last %d s".formatted(LiveFigures.RECENT.toSeconds()), Style.MUTED);
    }

    private static Line traffic(LiveFigures.Moment moment, int column) {
        Line line = new Line().add("traffic", Style.MUTED).to(column);
        if (moment.traffic().isEmpty()) {
            return line.add("all to blue");
        }
        String text = String.join(
                " · ",
                new TreeMap<>(moment.traffic())
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .toList());
        return line.add(text);
    }

    Line event(Event event) {
        Style style = switch (event.kind()) {
            case ALARM, DRILL, ROLLBACK -> Style.BAD;
            case TRAFFIC, HOOK, MIGRATION -> Style.PLAIN;
            case TASK, HEALTH, LOAD -> Style.MUTED;
        };
        return new Line().add(clock(event.at()), Style.MUTED).add("  ").add(EventPanel.sentence(event), style);
    }

    /** For where nothing can be drawn again: the figures so far stand beside the phase that begins. */
    Line begun(Phase phase, LiveFigures.Moment moment) {
        Line line = new Line()
                .add(clock(phase.begin()), Style.MUTED)
                .add("  ── ")
                .add(phase.service() == null ? "" : phase.service() + " ")
                .add(phase.name(), Style.ACCENT);
        if (moment.sent() > 0) {
            line.add("   (%s, %s failed, p99 %s)"
                    .formatted(
                            Words.count(moment.sent(), "request"),
                            Words.number(moment.failed()),
                            Words.duration(moment.latencies().p99())));
        }
        return line;
    }

    private String clock(Instant at) {
        return "%6s".formatted(new TimeAxis(begin, begin.plusSeconds(1), 0, 1).exactClock(at));
    }

    private static String seconds(Duration duration) {
        return Math.round(duration.toMillis() / 1000.0) + " s";
    }
}
