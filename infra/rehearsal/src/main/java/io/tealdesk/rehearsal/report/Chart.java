package io.tealdesk.rehearsal.report;

/** What the timeline's rows draw with. */
final class Chart {

    private Chart() {}

    static String path(Object... parts) {
        StringBuilder path = new StringBuilder();
        for (Object part : parts) {
            if (!path.isEmpty()) {
                path.append(' ');
            }
            path.append(part instanceof Number number ? Markup.decimal(number.doubleValue()) : part);
        }
        return path.toString();
    }

    static void line(Markup svg, String style, double x1, double y1, double x2, double y2) {
        svg.empty("path", "class", style, "d", path("M", x1, y1, "L", x2, y2));
    }

    static void box(Markup svg, String style, double x, double y, double width, double height) {
        svg.empty("rect", "class", style, "x", x, "y", y, "width", Math.max(0, width), "height", Math.max(0, height));
    }

    static void label(Markup svg, String style, String anchor, double x, double y, String text) {
        svg.leaf("text", text, "class", style, "text-anchor", anchor, "x", x, "y", y);
    }

    /** A horizontal line across the plot with its value in the margin. */
    static void grid(Markup svg, TimeAxis axis, double y, String value) {
        line(svg, "grid", axis.left(), y, axis.right(), y);
        label(svg, "value", "end", axis.left() - 6, y + 3.5, value);
    }

    /** The next round number whose half is one, too. */
    static double niceAbove(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))));
        for (double factor : new double[] {1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (power * factor >= value) {
                return power * factor;
            }
        }
        return power * 10;
    }
}
