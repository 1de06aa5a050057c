package io.tealdesk.rehearsal.report;

import io.tealdesk.rehearsal.recording.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The verdict as one page that needs nothing beside itself. */
public final class HtmlReport {

    /** Drawn for a desk, a tablet and a phone; the style shows the one that fits. */
    private static final int[][] WIDTHS_AND_MARGINS = {{1104, 112}, {720, 104}, {360, 48}};

    private final Verdict verdict;
    private final Recording recording;
    private final Timeline timeline;
    private final Markup page = new Markup();

    private HtmlReport(Verdict verdict, Recording recording) {
        this.verdict = verdict;
        this.recording = recording;
        timeline = new Timeline(verdict, recording);
    }

    public static void write(Verdict verdict, Recording recording, Path file) throws IOException {
        Files.writeString(file, of(verdict, recording));
    }

    static String of(Verdict verdict, Recording recording) {
        return new HtmlReport(verdict, recording).rendered();
    }

    private String rendered() {
        Instant began = timeline.axis().begin();
        Page.open(page, Headline.title(verdict), began);
        new Headline(verdict).write(page);
        timeline();
        ReportTables tables = new ReportTables(verdict, page);
        tables.requirements();
        tables.failures(timeline.axis());
        tables.findings();
        tables.operations();
        tables.phases(recording.phases(), timeline.axis());
        tables.events(recording.events(), timeline.axis());
        differences();
        repeat();
        page.open("footer")
                .leaf(
                        "p",
                        "Latency counts from the moment at which the schedule wanted a request sent, so that a desk that"
                                + " stands still cannot hide it; percentiles are exact, by nearest rank. Waits are divided by "
                                + Words.decimal(verdict.facts().setup().compression())
                                + ", a program's own time never is.")
                .close();
        return Page.close(page);
    }

    private void timeline() {
        page.leaf("h2", "How it went");
        page.leaf(
                "p",
                "From left to right in minutes and seconds. The shaded part is the shift: traffic moves from the old"
                        + " release to the new one, the old one waits, drains and ends. Rest the mouse on a second for its"
                        + " figures, or open the table below.",
                "class",
                "lead");
        page.open("figure");
        for (int[] drawing : WIDTHS_AND_MARGINS) {
            page.raw(timeline.drawn(drawing[0], drawing[1], drawing[0] > 1000));
        }
        page.open("figcaption");
        key("old", "old release, blue tasks");
        key("new", "new release, green tasks");
        key("preparation", "preparation: not compared, on AWS new tasks have a machine of their own");
        key("shift", "shift: compared with before");
        page.close().close();
        new ReportTables(verdict, page).seconds(timeline);
    }

    private void key(String style, String text) {
        page.open("span", "class", "key")
                .leaf("i", "", "class", style)
                .text(text)
                .close();
    }

    private void differences() {
        page.leaf("h2", "What differs from AWS");
        page.open("ul", "class", "plain");
        verdict.facts().setup().differences().forEach(difference -> page.leaf("li", difference));
        page.close();
        if (!verdict.facts().unproven().isEmpty()) {
            page.leaf("h3", "Asked for by the files, and not played");
            page.open("ul", "class", "plain");
            verdict.facts().unproven().forEach(line -> page.leaf("li", line));
            page.close();
        }
    }

    private void repeat() {
        page.leaf("h2", "Repeat it");
        page.open("pre").leaf("code", verdict.facts().setup().command()).close();
    }
}
