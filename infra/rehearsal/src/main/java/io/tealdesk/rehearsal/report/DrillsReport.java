package io.tealdesk.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All drills in one table: how each ended, and whether the loss was seen with its safeguard off. */
public record DrillsReport(List<Row> rows) {

    public DrillsReport {
        rows = List.copyOf(rows);
    }

    /**
     * A drill.
     *
     * @param expected how it has to end, in a few words
     * @param guarded its run as the product is; null when it was not played
     * @param without its run without the safeguards; null when it was not played
     */
    public record Row(
            String name,
            String story,
            String expected,
            @Nullable Guarded guarded,
            @Nullable Unguarded without) {

        public Row with(Guarded run) {
            return new Row(name, story, expected, run, without);
        }

        public Row with(Unguarded run) {
            return new Row(name, story, expected, guarded, run);
        }

        boolean passed() {
            return (guarded == null || guarded.passed) && (without == null || without.lossSeen);
        }
    }

    /**
     * A run as the product is.
     *
     * @param ended how, with its reason
     * @param page the run's own report, as a link from the table; null without one
     */
    public record Guarded(
            boolean passed,
            String ended,
            long requests,
            long failed,
            long lost,
            long doubled,
            @Nullable String page) {

        public static Guarded of(Verdict verdict, boolean asDescribed, String ended, @Nullable String page) {
            return new Guarded(
                    asDescribed,
                    ended,
                    verdict.all().counts().sent(),
                    verdict.all().counts().failed(),
                    verdict.lost(),
                    verdict.facts().ledger().doubled().size()
                            + (long) verdict.facts().ledger().unexpected().size(),
                    page);
        }
    }

    /**
     * A run with the safeguards off, which has to show the loss.
     *
     * @param safeguards what was off
     * @param loss what was seen
     */
    public record Unguarded(
            boolean lossSeen,
            String safeguards,
            String loss,
            @Nullable String page) {}

    public boolean passed() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::passed);
    }

    public void write(Path html, Path markdown) throws IOException {
        Files.writeString(html, page());
        Files.writeString(markdown, markdown());
    }

    public String markdown() {
        StringBuilder table = new StringBuilder("""
                | drill | has to end | ended | requests | failed | lost | with the safeguard off |
                | --- | --- | --- | ---: | ---: | ---: | --- |
                """);
        for (Row row : rows) {
            table.append("| %s | %s | %s | %s |\n"
                    .formatted(row.name, row.expected, ended(row.guarded), off(row.without))
                    .replaceAll("\\s*\n\\s*(?=.)", " "));
        }
        return table.toString();
    }

    private static String ended(@Nullable Guarded run) {
        return run == null
                ? "not played | | |"
                : "%s%s | %s | %s | %s"
                        .formatted(
                                run.passed ? "✓ " : "✗ ",
                                run.ended,
                                Words.number(run.requests),
                                Words.number(run.failed),
                                Words.number(run.lost));
    }

    private static String off(@Nullable Unguarded run) {
        return run == null ? "not played" : "%s%s: %s".formatted(run.lossSeen ? "✓ " : "✗ ", run.safeguards, run.loss);
    }

    String page() {
        Markup page = new Markup();
        long failing = rows.stream().filter(row -> !row.passed()).count();
        String title = passed()
                ? "%s ended as described".formatted(Words.count(rows.size(), "drill"))
                : "%s of %s did not end as described"
                        .formatted(Words.number(failing), Words.count(rows.size(), "drill"));
        Page.open(page, title, Instant.now());
        Page.verdict(
                page,
                passed(),
                title + ".",
                "Each was played with the product as it is, where nothing may be lost, and with its safeguard switched"
                        + " off, where the rehearsal has to see the loss.");
        page.close();
        page.leaf("h2", "Each of them");
        Page.openTable(
                page,
                "Drills",
                "drills",
                "Drill",
                "Has to end",
                "Ended",
                "#Requests",
                "#Failed",
                "#Lost",
                "#Doubled",
                "With the safeguard off");
        rows.forEach(row -> tableRow(page, row));
        Page.closeTable(page);
        return Page.close(page);
    }

    private static void tableRow(Markup page, Row row) {
        Guarded guarded = row.guarded;
        page.open("tr").open("th", "scope", "row");
        link(page, row.name, guarded == null ? null : guarded.page);
        page.leaf("div", row.story, "class", "story").close();
        page.leaf("td", row.expected).open("td");
        if (guarded == null) {
            page.text("not played").close();
            page.leaf("td", "", "colspan", 4);
        } else {
            Page.badge(page, guarded.passed, guarded.passed ? "as it should" : "not so");
            page.text(" " + guarded.ended).close();
            Page.number(page, Words.number(guarded.requests));
            Page.number(page, Words.number(guarded.failed));
            Page.number(page, Words.number(guarded.lost));
            Page.number(page, Words.number(guarded.doubled));
        }
        without(page, row.without);
        page.close();
    }

    private static void without(Markup page, @Nullable Unguarded run) {
        page.open("td");
        if (run == null) {
            page.text("not played");
        } else {
            Page.badge(page, run.lossSeen, run.lossSeen ? "loss seen" : "not seen");
            page.text(" ");
            link(page, run.safeguards, run.page);
            page.text(": " + run.loss);
        }
        page.close();
    }

    private static void link(Markup page, String text, @Nullable String address) {
        if (address == null) {
            page.text(text);
        } else {
            page.leaf("a", text, "href", address);
        }
    }
}
