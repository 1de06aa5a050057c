package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A row for each task: how much of a CPU it uses from its start to its end, and what happened to it. */
record TaskPanel(Map<String, List<Sample>> byTask, List<Event> events, double mostCpu) implements Panel {

    private static final double ROW = 24;
    private static final double GAP = 4;
    private static final Duration GAP_BETWEEN_SAMPLES = Duration.ofSeconds(5);
    private static final String PREFIX = "cpu ";

    /** From samples such as {@code cpu backend-green-1}. */
    static TaskPanel of(List<Sample> samples, List<Event> events) {
        Map<String, List<Sample>> byTask = new TreeMap<>();
        double most = 1;
        for (Sample sample : samples) {
            if (sample.name().startsWith(PREFIX)) {
                byTask.computeIfAbsent(sample.name().substring(PREFIX.length()), _ -> new ArrayList<>())
                        .add(sample);
                most = Math.max(most, sample.value());
            }
        }
        List<Event> ofTasks = events.stream()
                .filter(event -> event.subject() != null && byTask.containsKey(event.subject()))
                .toList();
        return new TaskPanel(byTask, ofTasks, Chart.niceAbove(most * 0.95));
    }

    @Override
    public String title() {
        return "CPU of each task, full height is %s; a pin for what happened to it"
                .formatted(mostCpu == 1 ? "1 CPU" : Words.decimal(mostCpu) + " CPUs");
    }

    @Override
    public double height(TimeAxis axis) {
        return byTask.size() * (ROW + GAP);
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        double y = top;
        for (Map.Entry<String, List<Sample>> task : byTask.entrySet()) {
            Chart.line(svg, "grid", axis.left(), y + ROW, axis.right(), y + ROW);
            usage(svg, axis, y, task.getKey(), task.getValue());
            boolean isNarrow = axis.left() < task.getKey().length() * Labels.CHARACTER + 6;
            if (isNarrow) {
                Chart.label(svg, "value halo", "start", axis.left() + 2, y + 9, task.getKey());
            } else {
                Chart.label(svg, "value", "end", axis.left() - 6, y + ROW / 2 + 4, task.getKey());
            }
            for (Event event : events) {
                if (task.getKey().equals(event.subject())) {
                    tick(svg, axis, y, event);
                }
            }
            y += ROW + GAP;
        }
    }

    private void usage(Markup svg, TimeAxis axis, double y, String task, List<Sample> samples) {
        StringBuilder path = new StringBuilder();
        double base = y + ROW;
        Instant last = Instant.MIN;
        double x = axis.left();
        for (Sample sample : samples) {
            boolean isNew =
                    last.equals(Instant.MIN) || last.plus(GAP_BETWEEN_SAMPLES).isBefore(sample.at());
            if (isNew && !path.isEmpty()) {
                path.append(Chart.path(" L", x, base, "Z"));
            }
            x = axis.x(sample.at());
            if (isNew) {
                path.append(Chart.path(" M", x, base));
            }
            path.append(Chart.path(" L", x, base - ROW * Math.min(1, sample.value() / mostCpu)));
            last = sample.at();
        }
        path.append(Chart.path(" L", x, base, "Z"));
        svg.empty("path", "class", "cpu " + (task.contains("green") ? "cpu-new" : "cpu-old"), "d", path);
    }

    private static void tick(Markup svg, TimeAxis axis, double y, Event event) {
        double x = axis.x(event.at());
        svg.open("g");
        svg.leaf("title", "%s: %s %s".formatted(axis.exactClock(event.at()), event.subject(), event.text()));
        Chart.line(svg, "tick", x, y + 3, x, y + ROW);
        svg.empty("circle", "class", "dot", "cx", x, "cy", y + 3, "r", 2.5);
        svg.close();
    }
}
