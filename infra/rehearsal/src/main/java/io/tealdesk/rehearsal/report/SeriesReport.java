package io.tealdesk.rehearsal.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rehearsals in a row, read from their JSON reports: one table with totals, as a page and as Markdown. */
public final class SeriesReport {

    private static final JsonMapper JSON = new JsonMapper();

    private final List<Row> rows;

    private SeriesReport(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * One rehearsal, or all of them together.
     *
     * @param broken what it did not meet, empty when it passed
     * @param p99Ratio the worst, for all of them; zero where there was nothing to compare
     */
    record Row(
            String name,
            List<String> broken,
            long requests,
            long failed,
            long lost,
            long writes,
            long doubled,
            long handedOver,
            double p99Before,
            double p99Shift,
            double p99Ratio,
            Duration length) {

        boolean passed() {
            return broken.isEmpty();
        }

        private Row and(Row other) {
            List<String> both = Stream.concat(broken.stream(), other.broken.stream())
                    .distinct()
                    .toList();
            boolean isWorse = other.p99Ratio > p99Ratio;
            return new Row(
                    name,
                    both,
                    requests + other.requests,
                    failed + other.failed,
                    lost + other.lost,
                    writes + other.writes,
                    doubled + other.doubled,
                    handedOver + other.handedOver,
                    isWorse ? other.p99Before : p99Before,
                    isWorse ? other.p99Shift : p99Shift,
                    Math.max(p99Ratio, other.p99Ratio),
                    length.plus(other.length));
        }
    }

    /** @param reports files of {@link JsonReport}, in the order in which they were rehearsed */
    public static SeriesReport of(List<Path> reports) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path report : reports) {
            JsonNode json = JSON.readTree(Files.readString(report));
            if (json.path("format").asInt(0) != JsonReport.FORMAT) {
                throw new IOException(report + " is not a rehearsal's report of format " + JsonReport.FORMAT);
            }
            rows.add(row(String.valueOf(rows.size() + 1), json));
        }
        return new SeriesReport(rows);
    }

    private static Row row(String name, JsonNode json) {
        JsonNode requests = json.path("requests");
        JsonNode latency = json.path("latency");
        JsonNode ledger = json.path("ledger");
        List<String> broken = StreamSupport.stream(json.path("requirements").spliterator(), false)
                .filter(requirement -> requirement.path("decides").asBoolean(true)
                        && requirement.path("result").asString("").equals("FAILED"))
                .map(requirement -> requirement.path("title").asString(""))
                .toList();
        return new Row(
                name,
                // A report that says that it did not pass is believed, whatever its list says.
                broken.isEmpty() && !json.path("passed").asBoolean(false) ? List.of("It did not pass") : broken,
                requests.path("sent").asLong(0),
                requests.path("failed").asLong(0),
                requests.path("lost").asLong(0),
                ledger.path("writes").asLong(0),
                ledger.path("doubled").size() + ledger.path("unexpected").size(),
                json.path("live").path("handedOver").asLong(0),
                latency.path("before").path("p99").asDouble(0),
                latency.path("shift").path("p99").asDouble(0),
                latency.path("p99Ratio").asDouble(0),
                Duration.ofMillis((long) json.path("rate").path("length").asDouble(0)));
    }

    /** An empty series has shown nothing. */
    public boolean passed() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::passed);
    }

    public long requests() {
        return total().requests;
    }

    List<Row> rows() {
        return rows;
    }

    Row total() {
        Row none = new Row("all", List.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
        return rows.stream().reduce(none, Row::and);
    }

    public void write(Path html, Path markdown) throws IOException {
        Files.writeString(html, page());
        Files.writeString(markdown, markdown());
    }

    /** One line for each rehearsal and one for all, for a document and for the terminal. */
    public String markdown() {
        StringBuilder table = new StringBuilder("""
                | rehearsal | requests | failed | lost | writes | doubled | live handed over | p99 before | p99 in the shift | ratio | length | |
                | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
                """);
        rows.forEach(row -> table.append(markdown(row)));
        return table.append(markdown(total())).toString();
    }

    private static String markdown(Row row) {
        return "| " + String.join(" | ", cells(row)) + " | "
                + (row.passed() ? "✓" : "✗ " + String.join(", ", row.broken)) + " |\n";
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.name,
                Words.number(row.requests),
                Words.number(row.failed),
                Words.number(row.lost),
                Words.number(row.writes),
                Words.number(row.doubled),
                Words.number(row.handedOver),
                millis(row.p99Before),
                millis(row.p99Shift),
                Words.decimal(row.p99Ratio),
                Words.duration(row.length));
    }

    private static String millis(double millis) {
        return Words.duration(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    String page() {
        Markup page = new Markup();
        Row total = total();
        long failing = rows.stream().filter(row -> !row.passed()).count();
        String title = passed()
                ? "%s in a row, nothing dropped".formatted(Words.count(rows.size(), "rehearsal"))
                : "%s of %s did not pass".formatted(Words.number(failing), Words.count(rows.size(), "rehearsal"));
        Page.open(page, title, Instant.now());
        Page.verdict(
                page,
                passed(),
                title + ".",
                "%s in %s: %s failed, %s lost; of %s, %s doubled."
                        .formatted(
                                Words.count(total.requests, "request"),
                                Words.duration(total.length),
                                Words.number(total.failed),
                                Words.number(total.lost),
                                Words.count(total.writes, "acknowledged write"),
                                Words.number(total.doubled)));
        page.close();
        page.leaf("h2", "Each of them");
        Page.openTable(
                page,
                "Rehearsals",
                "series",
                "#No.",
                "#Requests",
                "#Failed",
                "#Lost",
                "#Writes",
                "#Doubled",
                "#Live handed over",
                "#p99 before",
                "#p99 shift",
                "#Ratio",
                "#Length",
                "Verdict");
        rows.forEach(row -> tableRow(page, row, ""));
        tableRow(page, total, "total");
        Page.closeTable(page);
        return Page.close(page);
    }

    private static void tableRow(Markup page, Row row, String style) {
        page.open("tr", "class", style);
        cells(row).forEach(cell -> Page.number(page, cell));
        page.open("td");
        Page.badge(page, row.passed(), row.passed() ? "passed" : "failed");
        if (!row.passed()) {
            page.text(" " + String.join(", ", row.broken));
        }
        page.close().close();
    }
}
