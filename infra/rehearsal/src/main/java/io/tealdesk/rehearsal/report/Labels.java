package io.tealdesk.rehearsal.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Texts that hang on lines below the moments that they name, in as few rows as they need without touching each other.
 */
final class Labels {

    /** Of a character at the chart's size of eleven; a guess on the safe side, because only the browser knows. */
    static final double CHARACTER = 6;

    private static final double ROW = 15;
    private static final double GAP = 8;

    private final List<Placed> placed;
    private final int rows;

    private Labels(List<Placed> placed, int rows) {
        this.placed = placed;
        this.rows = rows;
    }

    record Label(double x, String text, String style) {

        double width() {
            return text.length() * CHARACTER;
        }
    }

    private record Placed(Label label, double start, int row) {}

    /** Those for which there is no row left are left out; their lines stay. */
    static Labels place(List<Label> labels, int rowsMax, double right) {
        double[] frontier = new double[rowsMax];
        Arrays.fill(frontier, right + GAP);
        List<Placed> placed = new ArrayList<>();
        int rows = 0;
        // From the right, so that the line of a label further left passes beside those that hang there already.
        for (Label label : labels.stream()
                .sorted(Comparator.comparingDouble(Label::x).reversed())
                .toList()) {
            double start = Math.min(label.x(), right - label.width() - GAP);
            for (int row = 0; row < rowsMax; row++) {
                if (start + label.width() + GAP <= frontier[row]) {
                    placed.add(new Placed(label, start, row));
                    rows = Math.max(rows, row + 1);
                    for (int above = 0; above <= row; above++) {
                        frontier[above] = Math.min(frontier[above], start);
                    }
                    break;
                }
            }
        }
        return new Labels(placed, rows);
    }

    double height() {
        return rows * ROW + (rows == 0 ? 0 : 4);
    }

    void draw(Markup svg, double top) {
        for (Placed one : placed) {
            double y = top + (one.row + 1) * ROW;
            double x = one.label.x();
            svg.empty("path", "class", "leader", "d", Chart.path("M", x, top, "V", y - 4));
            svg.leaf("text", one.label.text(), "class", one.label.style(), "x", one.start + 3, "y", y);
        }
    }
}
