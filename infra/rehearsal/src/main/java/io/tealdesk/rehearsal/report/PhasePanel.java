package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The phases as bands, by CodeDeploy's names, with a bracket over each deployment. */
record PhasePanel(List<Phase> phases, List<Facts.Outcome> outcomes) implements Panel {

    private static final double BRACKET = 20;
    private static final double BAND = 24;
    private static final int ROWS = 9;

    @Override
    public String title() {
        return "Phases";
    }

    @Override
    public double height(TimeAxis axis) {
        return BRACKET + BAND + hanging(axis).height();
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        brackets(svg, axis, top);
        double y = top + BRACKET;
        for (Phase phase : phases) {
            double x = axis.x(phase.begin());
            double width = axis.x(end(phase, axis)) - x;
            svg.open("g");
            svg.leaf("title", describe(phase, axis));
            svg.empty(
                    "rect",
                    "class",
                    "band " + style(phase),
                    "x",
                    x + 0.5,
                    "y",
                    y,
                    "width",
                    Math.max(1, width - 1),
                    "height",
                    BAND,
                    "rx",
                    Math.min(4, Math.max(0, width / 2 - 1)));
            if (fits(phase, axis)) {
                Chart.label(svg, "band-name", "middle", x + width / 2, y + BAND / 2 + 4, phase.name());
            }
            svg.close();
        }
        hanging(axis).draw(svg, y + BAND);
    }

    private void brackets(Markup svg, TimeAxis axis, double top) {
        Map<String, Instant[]> spans = new LinkedHashMap<>();
        for (Phase phase : phases) {
            if (phase.service() != null) {
                Instant[] span = spans.computeIfAbsent(phase.service(), _ -> new Instant[] {phase.begin(), axis.end()});
                span[1] = end(phase, axis);
            }
        }
        spans.forEach((service, span) -> {
            double from = axis.x(span[0]) + 1;
            double to = axis.x(span[1]) - 1;
            double y = top + BRACKET - 4;
            svg.empty("path", "class", "bracket", "d", Chart.path("M", from, y, "v", -4, "H", to, "v", 4));
            String name = capital(service);
            String whole = name + " " + ending(service);
            double room = to - from;
            String text = whole.length() * Labels.CHARACTER <= room ? whole : name;
            Chart.label(svg, "strong", "middle", (from + to) / 2, y - 8, text);
        });
    }

    private String ending(String service) {
        return outcomes.stream()
                .filter(outcome -> outcome.service().equals(service))
                .findFirst()
                .map(outcome -> Words.ended(outcome.ended()) + " in " + Words.duration(outcome.took()))
                .orElse("deployment");
    }

    private Labels hanging(TimeAxis axis) {
        List<Labels.Label> labels = new ArrayList<>();
        // Where there is little room, the table names what takes next to no time.
        double narrowest = axis.width() < 800 ? 6 : 0;
        for (Phase phase : phases) {
            if (!fits(phase, axis) && width(phase, axis) >= narrowest) {
                double middle = (axis.x(phase.begin()) + axis.x(end(phase, axis))) / 2;
                labels.add(new Labels.Label(middle, phase.name(), "muted"));
            }
        }
        return Labels.place(labels, ROWS, axis.right());
    }

    private static boolean fits(Phase phase, TimeAxis axis) {
        return phase.name().length() * Labels.CHARACTER + 6 <= width(phase, axis);
    }

    private static double width(Phase phase, TimeAxis axis) {
        return axis.x(end(phase, axis)) - axis.x(phase.begin());
    }

    static Instant end(Phase phase, TimeAxis axis) {
        return end(phase.end(), axis);
    }

    private static Instant end(@Nullable Instant end, TimeAxis axis) {
        return end == null ? axis.end() : end;
    }

    private static String describe(Phase phase, TimeAxis axis) {
        String service = phase.service() == null ? "" : phase.service() + " ";
        return "%s%s, from %s to %s"
                .formatted(service, phase.name(), axis.exactClock(phase.begin()), axis.exactClock(end(phase, axis)));
    }

    static String style(Phase phase) {
        return phase.name().equals("Rollback")
                ? "rollback"
                : phase.group().name().toLowerCase(Locale.ROOT);
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
