package io.tealdesk.rehearsal.report;

import java.time.Instant;
import java.util.List;

/** A mark for each second in which an attempt failed. */
record FailurePanel(Seconds seconds) implements Panel {

    private static final double HEIGHT = 22;
    private static final double GAP = 4;

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
        for (Seconds.Second second : failing) {
            mark(svg, axis, middle, second);
        }
        numbers(svg, axis, middle, failing);
    }

    /** One for marks that leave no room for numbers between them. */
    private void numbers(Markup svg, TimeAxis axis, double middle, List<Seconds.Second> failing) {
        double free = axis.left();
        int from = 0;
        long count = 0;
        for (int i = 0; i < failing.size(); i++) {
            Seconds.Second last = failing.get(i);
            count += last.failed();
            String number = Words.number(count);
            double begin = x(axis, failing.get(from)) - size(failing.get(from));
            double end = x(axis, last) + size(last);
            double room = number.length() * Labels.BOLD_CHARACTER + 2 * GAP;
            double next = i + 1 < failing.size()
                    ? x(axis, failing.get(i + 1)) - size(failing.get(i + 1))
                    : Double.POSITIVE_INFINITY;
            if (next - end < room) {
                continue;
            }
            if (end + room <= axis.right()) {
                Chart.label(svg, "bad halo", "start", end + GAP, middle + 4, number);
                free = end + room;
            } else if (begin - room >= free) {
                Chart.label(svg, "bad halo", "end", begin - GAP, middle + 4, number);
            }
            from = i + 1;
            count = 0;
        }
    }

    private void mark(Markup svg, TimeAxis axis, double middle, Seconds.Second second) {
        double x = x(axis, second);
        double size = size(second);
        svg.open("g");
        svg.leaf("title", "%s: %s failed".formatted(axis.clock(moment(axis, second)), Words.number(second.failed())));
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
    }

    private double x(TimeAxis axis, Seconds.Second second) {
        return axis.x(moment(axis, second));
    }

    private Instant moment(TimeAxis axis, Seconds.Second second) {
        return axis.begin().plusMillis(second.begin() * 1000L + 500L * seconds.step());
    }

    private static double size(Seconds.Second second) {
        return 3.5 + Math.min(4, Math.log10(second.failed()) * 2);
    }
}
