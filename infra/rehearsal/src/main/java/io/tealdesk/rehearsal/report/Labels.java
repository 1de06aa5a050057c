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

    /** The same in bold. */
    static final double BOLD_CHARACTER = 7.2;

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
            return text.length() * (style.equals("bad") ? BOLD_CHARACTER : CHARACTER);
        }
    }

    /** @param right where a text ends that has no room beside its line; it begins left of it */
    private record Placed(Label label, double start, double right, int row) {

        boolean isBeside() {
            return start >= label.x();
        }
    }

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
                    placed.add(new Placed(label, start, right, row));
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
            svg.empty("path", "class", "leader", "d", Chart.path("M", x, top, "V", one.isBeside() ? y - 4 : y - 11));
            // A guess too small would else lead it beyond the drawing, where nobody can read its end.
            Chart.label(
                    svg,
                    one.label.style(),
                    one.isBeside() ? "start" : "end",
                    one.isBeside() ? one.start + 3 : one.right,
                    y,
                    one.label.text());
        }
    }
}
