package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Event;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What happened to the whole: weights, hooks, alarms, drills, the way back. Tasks have rows of their own. */
record EventPanel(List<Event> events, Set<String> services) implements Panel {

    private static final Set<Event.Kind> SHOWN = EnumSet.of(
            Event.Kind.TRAFFIC,
            Event.Kind.HOOK,
            Event.Kind.ALARM,
            Event.Kind.DRILL,
            Event.Kind.ROLLBACK,
            Event.Kind.MIGRATION,
            Event.Kind.LOAD);
    private static final Set<Event.Kind> BAD = EnumSet.of(Event.Kind.ALARM, Event.Kind.DRILL, Event.Kind.ROLLBACK);
    private static final int ROWS = 9;
    private static final int LONGEST = 60;
    private static final double WIDE_ENOUGH = 500;

    /** @param services whose deployments are played: what a hook writes about itself is theirs and not the deployment's */
    static EventPanel of(List<Event> events, Set<String> services) {
        return new EventPanel(
                events.stream()
                        .filter(event -> SHOWN.contains(event.kind()))
                        .filter(event -> event.kind() != Event.Kind.HOOK || services.contains(event.subject()))
                        .toList(),
                services);
    }

    @Override
    public String title() {
        return "Events: a triangle for a fault, an alarm or the way back";
    }

    @Override
    public double height(TimeAxis axis) {
        return 8 + labels(axis).height();
    }

    @Override
    public void draw(Markup svg, TimeAxis axis, double top) {
        Chart.line(svg, "grid", axis.left(), top + 4, axis.right(), top + 4);
        labels(axis).draw(svg, top + 4);
        for (Event event : events) {
            double x = axis.x(event.at());
            svg.open("g");
            svg.leaf("title", axis.exactClock(event.at()) + ": " + sentence(event));
            if (BAD.contains(event.kind())) {
                svg.empty(
                        "path",
                        "class",
                        "alarm",
                        "d",
                        Chart.path("M", x - 5, top + 8, "L", x, top - 1, "L", x + 5, top + 8, "Z"));
            } else {
                svg.empty("circle", "class", "dot", "cx", x, "cy", top + 4, "r", 3.5);
            }
            svg.close();
        }
    }

    private Labels labels(TimeAxis axis) {
        if (axis.width() < WIDE_ENOUGH) {
            // A phone has no room for them; the log below has them.
            return Labels.place(List.of(), ROWS, axis.right());
        }
        return Labels.place(
                events.stream()
                        .filter(event -> !isWeight(event))
                        .map(event -> new Labels.Label(
                                axis.x(event.at()),
                                shortened(sentence(event)),
                                BAD.contains(event.kind()) ? "bad" : "muted"))
                        .toList(),
                ROWS,
                axis.right());
    }

    /** The weights have a row of their own, so that their dots need no words. */
    private static boolean isWeight(Event event) {
        return event.kind() == Event.Kind.TRAFFIC && event.text().contains("%");
    }

    static String sentence(Event event) {
        if (event.subject() == null) {
            return event.text();
        }
        // A text that goes on from its subject begins with a small letter.
        boolean goesOn = Character.isLowerCase(event.text().codePointAt(0));
        return event.subject() + (goesOn ? " " : ": ") + event.text();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1).strip() + "…";
    }
}
