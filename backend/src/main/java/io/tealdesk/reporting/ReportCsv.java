package io.tealdesk.reporting;

import io.tealdesk.shared.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes reports line by line: a bar each, or a team, agent or tag each. */
final class ReportCsv {

    private static final String PREVIOUS = "previous_";

    private ReportCsv() {}

    static void write(ReportSeries report, Writer output) throws IOException {
        var csv = new CsvWriter(output);
        var isCompared = report.previousFrom() != null;
        var columns = report.series().stream().map(ReportSeries.Series::column).toList();
        csv.line(header(List.of("start", "end"), columns, isCompared));
        var zone = ZoneId.of(report.zone());
        var bars = report.series().getFirst().points();
        for (int bar = 0; bar < bars.size(); bar++) {
            var line = new ArrayList<@Nullable Object>(Arrays.asList(
                    at(bars.get(bar).start(), zone), at(bars.get(bar).end(), zone)));
            for (var series : report.series()) {
                line.add(series.points().get(bar).value());
            }
            if (isCompared) {
                for (var series : report.series()) {
                    line.add(series.points().get(bar).previous());
                }
            }
            csv.line(line);
        }
    }

    static void write(ReportTable report, Writer output) throws IOException {
        var csv = new CsvWriter(output);
        var isCompared = report.previousFrom() != null;
        var columns = report.rows().isEmpty()
                ? List.<ReportColumn>of()
                : report.rows().getFirst().cells().stream()
                        .map(ReportTable.Cell::column)
                        .toList();
        csv.line(header(List.of("subject", "id", "name"), columns, isCompared));
        for (var row : report.rows()) {
            var line = new ArrayList<@Nullable Object>(Arrays.asList(word(row.subject()), row.id(), row.name()));
            row.cells().forEach(cell -> line.add(cell.value()));
            if (isCompared) {
                row.cells().forEach(cell -> line.add(cell.previous()));
            }
            csv.line(line);
        }
    }

    private static List<String> header(List<String> first, List<ReportColumn> columns, boolean isCompared) {
        var header = new ArrayList<>(first);
        columns.forEach(column -> header.add(word(column)));
        if (isCompared) {
            columns.forEach(column -> header.add(PREVIOUS + word(column)));
        }
        return header;
    }

    private static String at(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
