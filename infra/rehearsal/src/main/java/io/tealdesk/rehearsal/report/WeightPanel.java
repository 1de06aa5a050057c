package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each service's production traffic, blue and green, as the load balancer's weights divide it. */
record WeightPanel(Map<String, List<Sample>> byService) implements Panel {

    private static final double STRIP = 20;
    private static final double GAP = 5;
    private static final double MARGIN = 80;

    /** From samples such as {@code weight backend green}. */
    static WeightPanel of(List<Sample> samples) {
        Map<String, List<Sample>> byService = new TreeMap<>();
        for (Sample sample : samples) {
            String[] words = sample.name().split(" ", -1);
            if (words.length == 3 && words[0].equals("weight") && words[2].equals("green")) {
                byService.computeIfAbsent(words[1], _ -> new ArrayList<>()).add(sample);
            }
        }
        return new WeightPanel(byService);
    }

    @Override
    public String title() {
        return "Weights at the load balancer: blue tasks and green tasks";
    }

    @Override
    public double height(TimeAxis axis) {
        return byService.size() * (STRIP + GAP);
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        double y = top;
        for (Map.Entry<String, List<Sample>> service : byService.entrySet()) {
            boolean hasMargin = axis.left() >= MARGIN;
            if (hasMargin) {
                Chart.label(svg, "value", "end", axis.left() - 6, y + STRIP / 2 + 4, service.getKey());
            }
            Chart.box(svg, "old", axis.left(), y, axis.width(), STRIP);
            strip(svg, axis, y, service.getValue(), hasMargin ? "" : service.getKey() + ": ");
            y += STRIP + GAP;
        }
    }

    private static void strip(Markup svg, TimeAxis axis, double y, List<Sample> steps, String name) {
        Instant from = axis.begin();
        double percent = 0;
        String prefix = name;
        for (Sample step : steps) {
            if (step.value() == percent) {
                continue;
            }
            part(svg, axis, y, from, step.at(), percent, prefix);
            prefix = "";
            from = step.at();
            percent = step.value();
        }
        part(svg, axis, y, from, axis.end(), percent, prefix);
    }

    private static void part(
            Markup svg, TimeAxis axis, double y, Instant from, Instant to, double percent, String prefix) {
        double x = axis.x(from);
        double width = axis.x(to) - x;
        double height = STRIP * percent / 100;
        if (percent > 0) {
            Chart.box(svg, "new", x, y + STRIP - height, width, height);
        }
        String text = percent == 0
                ? "all on blue"
                : percent == 100 ? "all on green" : Markup.decimal(percent) + " % on green";
        String shorter = percent == 0 ? "blue" : percent == 100 ? "green" : Markup.decimal(percent) + " %";
        for (String candidate : List.of(prefix + text, prefix + shorter, shorter)) {
            if (candidate.length() * Labels.CHARACTER + 6 <= width) {
                Chart.label(svg, "on-area", "start", x + 5, y + STRIP / 2 + 4, candidate);
                break;
            }
        }
    }
}
