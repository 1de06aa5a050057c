package io.tealdesk.rehearsal.report;

import java.util.List;
import java.util.function.ToIntFunction;

/** Requests per second, stacked by the release that answered; the new one grows from below. */
record RequestPanel(Seconds seconds, Facts.Setup setup) implements Panel {

    private static final double HEIGHT = 150;

    @Override
    public String title() {
        return "Requests per second, by the release that answered";
    }

    @Override
    public double height(TimeAxis axis) {
        return HEIGHT;
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        double most = seconds.entries().stream()
                .mapToDouble(second -> seconds.perSecond(second.sent()))
                .max()
                .orElse(0);
        double ceiling = Chart.niceAbove(Math.max(most, setup.rateAsked()) * 1.02);
        Scale scale = new Scale(top, ceiling);
        for (int line = 0; line <= 2; line++) {
            Chart.grid(svg, axis, scale.y(ceiling * line / 2), Words.decimal(ceiling * line / 2));
        }
        area(svg, axis, scale, "old", Seconds.Second::sent);
        area(svg, axis, scale, "new", second -> second.ofNew() + second.ofNobody());
        area(svg, axis, scale, "nobody", Seconds.Second::ofNobody);
        asked(svg, axis, scale);
        name(svg, axis, scale, "old release " + setup.from().id(), Seconds.Second::ofOld, true);
        name(svg, axis, scale, "new release " + setup.to().id(), Seconds.Second::ofNew, false);
    }

    private void asked(Markup svg, TimeAxis axis, Scale scale) {
        double y = scale.y(setup.rateAsked());
        Chart.line(svg, "limit", axis.left(), y, axis.right(), y);
        Chart.label(
                svg,
                "on-area",
                "end",
                axis.right() - 6,
                y + 14,
                Words.decimal(setup.rateAsked()) + " per second asked");
    }

    private void area(Markup svg, TimeAxis axis, Scale scale, String style, ToIntFunction<Seconds.Second> count) {
        if (seconds.entries().stream().mapToInt(count).sum() == 0) {
            return;
        }
        StringBuilder path = new StringBuilder(Chart.path("M", axis.left(), scale.y(0)));
        for (Seconds.Second second : seconds.entries()) {
            path.append(Chart.path(
                    " V",
                    scale.y(seconds.perSecond(count.applyAsInt(second))),
                    "H",
                    axis.x(second.begin() + seconds.step())));
        }
        path.append(Chart.path(" V", scale.y(0), "Z"));
        svg.empty("path", "class", style, "d", path);
    }

    /** In the middle of the longest time in which the release answers more than half. */
    private void name(
            Markup svg, TimeAxis axis, Scale scale, String text, ToIntFunction<Seconds.Second> count, boolean isOnTop) {
        List<Seconds.Second> all = seconds.entries();
        int bestFrom = 0;
        int bestTo = 0;
        int from = 0;
        for (int i = 0; i <= all.size(); i++) {
            boolean leads = i < all.size()
                    && count.applyAsInt(all.get(i)) * 2 > all.get(i).sent();
            if (!leads) {
                if (i - from > bestTo - bestFrom) {
                    bestFrom = from;
                    bestTo = i;
                }
                from = i + 1;
            }
        }
        double left = axis.x(bestFrom * seconds.step());
        double right = axis.x(bestTo * seconds.step());
        String fitting = text.length() * Labels.CHARACTER <= right - left ? text : text.substring(0, text.indexOf(' '));
        if (fitting.length() * Labels.CHARACTER > right - left) {
            return;
        }
        Seconds.Second middle = all.get((bestFrom + bestTo) / 2);
        double height = seconds.perSecond(count.applyAsInt(middle)) / 2;
        double center = isOnTop ? seconds.perSecond(middle.sent()) - height : height;
        Chart.label(svg, "on-area strong", "middle", (left + right) / 2, scale.y(center) + 4, fitting);
    }

    private record Scale(double top, double ceiling) {

        double y(double value) {
            return top + HEIGHT * (1 - Math.min(1, value / ceiling));
        }
    }
}
