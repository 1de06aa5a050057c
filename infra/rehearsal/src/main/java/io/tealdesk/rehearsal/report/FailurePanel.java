package io.tealdesk.rehearsal.report;

import java.time.Instant;
import java.util.List;

/** A mark for each second in which an attempt failed. */
record FailurePanel(Seconds seconds) implements Panel {

    private static final double HEIGHT = 22;

    @Override
    public String title() {
        return "Failed attempts";
    }

    @Override
    public double height(TimeAxis axis) {
        return HEIGHT;
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        double middle = top + HEIGHT / 2;
        Chart.line(svg, "grid", axis.left(), middle, axis.right(), middle);
        List<Seconds.Second> failing =
                seconds.entries().stream().filter(second -> second.failed() > 0).toList();
        if (failing.isEmpty()) {
            Chart.label(svg, "good halo", "start", axis.left() + 4, middle + 4, "✓ none");
            return;
        }
        double free = axis.left();
        for (Seconds.Second second : failing) {
            Instant moment = axis.begin().plusMillis(second.begin() * 1000L + 500L * seconds.step());
            double x = axis.x(moment);
            double size = 3.5 + Math.min(4, Math.log10(second.failed()) * 2);
            svg.open("g");
            svg.leaf("title", "%s: %s failed".formatted(axis.clock(moment), Words.number(second.failed())));
            svg.empty(
                    "path",
                    "class",
                    "failure",
                    "d",
                    Chart.path(
                            "M",
                            x - size,
                            middle - size,
                            "L",
                            x + size,
                            middle + size,
                            "M",
                            x - size,
                            middle + size,
                            "L",
                            x + size,
                            middle - size));
            svg.close();
            String number = Words.number(second.failed());
            if (x + size + 2 >= free && x + 50 < axis.right()) {
                Chart.label(svg, "bad halo", "start", x + size + 2, middle + 4, number);
                free = x + size + 10 + number.length() * Labels.CHARACTER;
            }
        }
    }
}
