package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Phase;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The rehearsal from left to right as one drawing, in the width that it is given. */
final class Timeline {

    private static final double TITLE = 22;
    private static final double BETWEEN = 14;
    private static final double AXIS = 22;
    private static final double RIGHT = 10;

    private final Verdict verdict;
    private final Recording recording;
    private final List<Phase> phases;
    private final List<RequestRecord> requests;
    private final Instant begin;
    private final Instant end;

    Timeline(Verdict verdict, Recording recording) {
        this.verdict = verdict;
        this.recording = recording;
        requests = recording.requests();
        Instant first = firstMoment();
        Instant last = lastMoment(first);
        phases = recording.phases().stream()
                .filter(phase -> !phase.begin().isBefore(first))
                .toList();
        begin = first;
        end = last.isAfter(first) ? last : first.plusSeconds(1);
    }

    /** Without a drawing there is still a clock for the tables. */
    TimeAxis axis() {
        return new TimeAxis(begin, end, 0, 1);
    }

    Seconds seconds(int step) {
        return Seconds.of(requests, verdict.facts().setup(), begin, axis().seconds(), step);
    }

    String drawn(int width, int margin, boolean withTips) {
        TimeAxis axis = new TimeAxis(begin, end, margin, width - RIGHT);
        List<Panel> panels = panels(axis);
        double height = AXIS;
        for (Panel panel : panels) {
            height += TITLE + panel.height(axis) + BETWEEN;
        }
        String id = "timeline-" + width;
        Markup svg = new Markup();
        svg.open(
                "svg",
                "class",
                "timeline w" + width,
                "viewBox",
                "0 0 %d %s".formatted(width, Markup.decimal(Math.ceil(height))),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-text");
        svg.leaf("title", "Timeline of the rehearsal", "id", id + "-title");
        svg.leaf("desc", description(), "id", id + "-text");
        shading(svg, axis, height - AXIS);
        double top = 0;
        double tipsFrom = 0;
        double tipsTo = 0;
        for (Panel panel : panels) {
            Chart.label(svg, "title", "start", 0, top + 12, fitting(panel.title(), width));
            panel.draw(svg, axis, top + TITLE);
            tipsFrom = panel instanceof RequestPanel ? top + TITLE : tipsFrom;
            top += TITLE + panel.height(axis) + BETWEEN;
            tipsTo = panel instanceof LatencyPanel ? top - BETWEEN : tipsTo;
        }
        time(svg, axis, top);
        if (withTips) {
            tips(svg, axis, tipsFrom, tipsTo);
        }
        return svg.close().toString();
    }

    /** Up to its first pause where there is no room for more. */
    private static String fitting(String title, int width) {
        return title.length() * Labels.CHARACTER * 1.15 <= width ? title : title.split("[:,]", 2)[0];
    }

    private List<Panel> panels(TimeAxis axis) {
        // Two pixels are the narrowest step that can still be seen.
        int step = Math.max(1, (int) Math.ceil(axis.seconds() * 2 / axis.width()));
        Seconds seconds = seconds(step);
        List<Panel> panels = new ArrayList<>();
        panels.add(new PhasePanel(phases, verdict.facts().deployments()));
        panels.add(WeightPanel.of(recording.samples()));
        panels.add(new RequestPanel(seconds, verdict.facts().setup()));
        panels.add(new FailurePanel(seconds));
        panels.add(new LatencyPanel(
                seconds, verdict.all(), phases, verdict.tolerance().p99Ratio()));
        List<Event> events = recording.events().stream()
                .filter(event -> !event.at().isBefore(begin))
                .toList();
        panels.add(TaskPanel.of(recording.samples(), events));
        panels.add(EventPanel.of(events, services()));
        panels.removeIf(panel -> panel.height(axis) == 0);
        return panels;
    }

    private Set<String> services() {
        Set<String> services = new HashSet<>();
        for (Phase phase : phases) {
            if (phase.service() != null) {
                services.add(phase.service());
            }
        }
        return services;
    }

    /** Lets the eye follow the shift through all rows. */
    private void shading(Markup svg, TimeAxis axis, double height) {
        for (Phase phase : phases) {
            if (phase.group() == Phase.Group.SHIFT) {
                double x = axis.x(phase.begin());
                Chart.box(svg, "shading", x, TITLE, axis.x(PhasePanel.end(phase, axis)) - x, height - TITLE);
            }
        }
    }

    private static void time(Markup svg, TimeAxis axis, double top) {
        Chart.line(svg, "axis", axis.left(), top, axis.right(), top);
        for (int second : axis.ticks(52)) {
            double x = axis.x(second);
            Chart.line(svg, "axis", x, top, x, top + 4);
            Chart.label(svg, "value", x > axis.right() - 14 ? "end" : "middle", x, top + 17, TimeAxis.clock(second));
        }
    }

    /** The browser shows a title where the mouse is, so that no script is needed. */
    private void tips(Markup svg, TimeAxis axis, double from, double to) {
        int step = Math.max(1, (int) Math.ceil(axis.seconds() * 3 / axis.width()));
        for (Seconds.Second second : seconds(step).entries()) {
            double x = axis.x(second.begin());
            svg.open("g");
            svg.leaf("title", tip(second, step));
            Chart.box(svg, "tip", x, from, axis.x(second.begin() + step) - x, to - from);
            svg.close();
        }
    }

    private String tip(Seconds.Second second, int step) {
        Facts.Setup setup = verdict.facts().setup();
        return "%s · %s%s: %s from old %s, %s from new %s, %s failed · median %s, p99 %s"
                .formatted(
                        TimeAxis.clock(second.begin()),
                        Words.count(second.sent(), "request"),
                        step == 1 ? "" : " in " + step + " s",
                        Words.number(second.ofOld()),
                        setup.from().id(),
                        Words.number(second.ofNew()),
                        setup.to().id(),
                        Words.number(second.failed()),
                        Words.duration(second.latencies().p50()),
                        Words.duration(second.latencies().p99()));
    }

    private String description() {
        Facts.Setup setup = verdict.facts().setup();
        return "%s over %s, %s failed. Release %s takes over from %s%s. The tables below have the same figures."
                .formatted(
                        Words.count(requests.size(), "request"),
                        Words.duration(Duration.between(begin, end)),
                        Words.number(
                                requests.stream().filter(RequestRecord::failed).count()),
                        setup.to().id(),
                        setup.from().id(),
                        verdict.facts().deployments().stream()
                                .map(outcome -> "; %s %s in %s"
                                        .formatted(
                                                outcome.service(),
                                                Words.ended(outcome.ended()),
                                                Words.duration(outcome.took())))
                                .collect(Collectors.joining()));
    }

    /** What comes before the warm-up is setting the stage, and nobody wants to see that. */
    private Instant firstMoment() {
        List<Phase> all = recording.phases();
        if (all.isEmpty()) {
            return requests.stream()
                    .map(RequestRecord::sent)
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        }
        Phase last = all.getFirst();
        for (Phase phase : all) {
            if (phase.group() != Phase.Group.OTHER) {
                return last.begin();
            }
            last = phase;
        }
        return all.getFirst().begin();
    }

    private Instant lastMoment(Instant first) {
        Instant last = requests.stream()
                .map(RequestRecord::sent)
                .max(Comparator.naturalOrder())
                .orElse(first);
        for (Phase phase : recording.phases()) {
            Instant ended = phase.end();
            last = ended != null && ended.isAfter(last) ? ended : last;
        }
        return last;
    }
}
