package io.tealdesk.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
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
     * @param without its run without the safeguards; null when it was not run
     */
    public record Row(
            String name,
            String story,
            String expected,
            Guarded guarded,
            @Nullable Unguarded without) {

        boolean passed() {
            return guarded.passed && (without == null || without.lossSeen);
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
            List<String> broken,
            @Nullable String page) {

        public static Guarded of(Verdict verdict, @Nullable String page) {
            return new Guarded(
                    verdict.passed(),
                    verdict.requirement(Check.ENDED_AS_EXPECTED).sentence(),
                    verdict.all().counts().sent(),
                    verdict.all().counts().failed(),
                    verdict.lost(),
                    verdict.facts().ledger().doubled().size()
                            + (long) verdict.facts().ledger().unexpected().size(),
                    verdict.broken().stream()
                            .map(requirement -> requirement.check().title() + ": " + requirement.sentence())
                            .toList(),
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
            @Nullable String page) {

        /** @param losses one of them has to be broken, whether it decides or not */
        public static Unguarded of(
                Verdict verdict, Collection<Check> losses, String safeguards, @Nullable String page) {
            List<String> seen = losses.stream()
                    .sorted()
                    .map(verdict::requirement)
                    .filter(requirement -> requirement.result() == Requirement.Result.FAILED)
                    .map(Requirement::sentence)
                    .toList();
            return new Unguarded(
                    !seen.isEmpty(), safeguards, seen.isEmpty() ? "Nothing was seen." : String.join(" ", seen), page);
        }
    }

    public boolean passed() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::passed);
    }

    public void write(Path html, Path markdown) throws IOException {
        Files.writeString(html, page());
        Files.writeString(markdown, markdown());
    }

    public String markdown() {
        return rows.stream()
                .map(row -> "| %s | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                row.name,
                                row.expected,
                                (row.guarded.passed ? "✓ " : "✗ ") + row.guarded.ended,
                                Words.number(row.guarded.requests),
                                Words.number(row.guarded.failed),
                                Words.number(row.guarded.lost),
                                row.without == null
                                        ? "–"
                                        : (row.without.lossSeen ? "✓ " : "✗ ") + row.without.safeguards + ": "
                                                + row.without.loss))
                .collect(Collectors.joining("", """
                        | drill | has to end | ended | requests | failed | lost | with the safeguard off |
                        | --- | --- | --- | ---: | ---: | ---: | --- |
                        """, ""));
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
        link(page, row.name, guarded.page);
        page.leaf("div", row.story, "class", "story").close();
        page.leaf("td", row.expected).open("td");
        Page.badge(page, guarded.passed, guarded.passed ? "as it should" : "not so");
        page.text(" " + guarded.ended);
        guarded.broken.forEach(line -> page.leaf("div", line));
        page.close();
        Page.number(page, Words.number(guarded.requests));
        Page.number(page, Words.number(guarded.failed));
        Page.number(page, Words.number(guarded.lost));
        Page.number(page, Words.number(guarded.doubled));
        page.open("td");
        Unguarded without = row.without;
        if (without == null) {
            page.text("not played");
        } else {
            Page.badge(page, without.lossSeen, without.lossSeen ? "loss seen" : "not seen");
            page.text(" ");
            link(page, without.safeguards, without.page);
            page.text(": " + without.loss);
        }
        page.close().close();
    }

    private static void link(Markup page, String text, @Nullable String address) {
        if (address == null) {
            page.text(text);
        } else {
            page.leaf("a", text, "href", address);
        }
    }
}
