package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Median and p99 of each second, and the p99 of what the verdict compares, on a logarithmic scale. */
record LatencyPanel(Seconds seconds, OperationFigures all, List<Phase> phases, double ratioAllowed) implements Panel {

    private static final double HEIGHT = 170;
    private static final double WIDE_ENOUGH = 500;

    @Override
    public String title() {
        return "Latency from the intended moment: median and p99 of each second, and p99 of each part";
    }

    @Override
    public double height(TimeAxis axis) {
        return HEIGHT;
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        Scale scale = scale(top);
        for (double value : scale.lines()) {
            Chart.grid(
                    svg,
                    axis,
                    scale.y(value),
                    value < 1000 ? Markup.decimal(value) + " ms" : Markup.decimal(value / 1000) + " s");
        }
        curve(svg, axis, scale, "median", Latencies::p50);
        curve(svg, axis, scale, "p99", Latencies::p99);
        names(svg, axis, scale);
        for (Phase.Group group : List.of(Phase.Group.BEFORE, Phase.Group.SHIFT, Phase.Group.AFTER)) {
            bars(svg, axis, scale, group);
        }
        allowed(svg, axis, scale);
    }

    private Scale scale(double top) {
        double least = 10;
        double most = 100;
        for (Seconds.Second second : seconds.entries()) {
            if (second.latencies().count() > 0) {
                least = Math.min(least, millis(second.latencies().p50()));
                most = Math.max(most, millis(second.latencies().p99()));
            }
        }
        double limit = millis(all.latencies(Phase.Group.BEFORE).p99()) * ratioAllowed;
        return new Scale(top, roundBelow(Math.max(0.2, least * 0.8)), roundAbove(Math.max(most, limit)));
    }

    private static double roundBelow(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        return value >= power * 5 ? power * 5 : value >= power * 2 ? power * 2 : power;
    }

    private static double roundAbove(double value) {
        double below = roundBelow(value);
        return below == value ? value : roundBelow(below * 2.5);
    }

    private void curve(Markup svg, TimeAxis axis, Scale scale, String style, Function<Latencies, Duration> figure) {
        StringBuilder path = new StringBuilder();
        boolean isDrawing = false;
        for (Seconds.Second second : seconds.entries()) {
            boolean has = second.latencies().count() > 0;
            if (has) {
                path.append(Chart.path(
                        isDrawing ? " L" : " M",
                        axis.x(axis.begin().plusMillis(second.begin() * 1000L + 500L * seconds.step())),
                        scale.y(millis(figure.apply(second.latencies())))));
            }
            isDrawing = has;
        }
        if (!path.isEmpty()) {
            svg.empty("path", "class", style, "d", path);
        }
    }

    private void names(Markup svg, TimeAxis axis, Scale scale) {
        seconds.entries().stream()
                .filter(second -> second.latencies().count() > 0)
                .reduce((_, last) -> last)
                .ifPresent(last -> {
                    double x = axis.right() - 4;
                    double median = scale.y(millis(last.latencies().p50()));
                    double p99 = Math.min(scale.y(millis(last.latencies().p99())), median - 16);
                    if (axis.width() < WIDE_ENOUGH) {
                        return;
                    }
                    Chart.label(svg, "muted halo", "end", x, median - 6, "median");
                    Chart.label(svg, "p99-name halo", "end", x, p99 - 6, "p99");
                });
    }

    /** The p99 of a part, over each of its stretches, named at the longest. */
    private void bars(Markup svg, TimeAxis axis, Scale scale, Phase.Group group) {
        Latencies latencies = all.latencies(group);
        if (latencies.count() == 0) {
            return;
        }
        double y = scale.y(millis(latencies.p99()));
        Span widest = null;
        for (Span span : spans(axis, group)) {
            Chart.line(svg, "part", span.from, y, span.to, y);
            widest = widest == null || span.width() > widest.width() ? span : widest;
        }
        String text = "p99 " + Words.duration(latencies.p99());
        if (widest != null && text.length() * Labels.CHARACTER >= widest.width()) {
            text = Words.duration(latencies.p99());
        }
        if (widest != null && text.length() * Labels.CHARACTER < widest.width() + 20) {
            double middle = Math.clamp(
                    (widest.from + widest.to) / 2,
                    axis.left() + text.length() * Labels.CHARACTER / 2,
                    axis.right() - text.length() * Labels.CHARACTER / 2);
            Chart.label(svg, "strong halo", "middle", middle, y - 7, text);
        }
    }

    private void allowed(Markup svg, TimeAxis axis, Scale scale) {
        Latencies before = all.latencies(Phase.Group.BEFORE);
        if (before.count() == 0) {
            return;
        }
        double limit = millis(before.p99()) * ratioAllowed;
        double y = scale.y(limit);
        // The bar of the shift's own p99 and its name are on the other side.
        boolean isBroken = millis(all.latencies(Phase.Group.SHIFT).p99()) > limit;
        boolean isNamed = false;
        for (Span span : spans(axis, Phase.Group.SHIFT)) {
            Chart.line(svg, "limit", span.from, y, span.to, y);
            String text = "%s× allowed".formatted(Words.decimal(ratioAllowed));
            if (!isNamed && text.length() * Labels.CHARACTER < span.width()) {
                Chart.label(svg, "muted halo", "start", span.from + 4, isBroken ? y + 13 : y - 4, text);
                isNamed = true;
            }
        }
    }

    /** Phases of a group that follow each other are one stretch. */
    private List<Span> spans(TimeAxis axis, Phase.Group group) {
        List<Span> spans = new ArrayList<>();
        Instant ended = Instant.MIN;
        for (Phase phase : phases) {
            if (phase.group() != group) {
                continue;
            }
            Instant end = PhasePanel.end(phase, axis);
            if (phase.begin().equals(ended)) {
                spans.addLast(new Span(spans.removeLast().from, axis.x(end)));
            } else {
                spans.add(new Span(axis.x(phase.begin()), axis.x(end)));
            }
            ended = end;
        }
        return spans;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private record Span(double from, double to) {
        double width() {
            return to - from;
        }
    }

    private record Scale(double top, double lowest, double highest) {

        /** At 1, 2 and 5 as long as they have room, else at powers of ten. */
        List<Double> lines() {
            boolean isWide = highest / lowest > 150;
            List<Double> lines = new ArrayList<>();
            for (double power = 0.1; power <= highest; power *= 10) {
                for (double factor : isWide ? new double[] {1} : new double[] {1, 2, 5}) {
                    double value = power * factor;
                    if (value > lowest * 0.99 && value < highest * 1.01) {
                        lines.add(value);
                    }
                }
            }
            return lines;
        }

        double y(double millis) {
            double share = Math.log10(Math.max(lowest, millis) / lowest) / Math.log10(highest / lowest);
            return top + HEIGHT * (1 - Math.min(1, share));
        }
    }
}
