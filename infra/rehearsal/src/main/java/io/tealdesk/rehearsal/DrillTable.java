package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.drills.Drill;
import io.tealdesk.rehearsal.drills.Safeguard;
import io.tealdesk.rehearsal.report.DrillsReport;
import io.tealdesk.rehearsal.report.DrillsReport.Guarded;
import io.tealdesk.rehearsal.report.DrillsReport.Unguarded;
import io.tealdesk.rehearsal.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Collects the drills' runs, and writes them down after each. */
final class DrillTable {

    static final String PAGE = "drills.html";

    private final Path folder;
    private final Map<String, DrillsReport.Row> rows = new LinkedHashMap<>();

    DrillTable(Path folder) {
        this.folder = folder;
    }

    void add(DrillResult result, Verdict verdict, String page) throws IOException {
        Drill drill = result.drill();
        DrillsReport.Row row = rows.getOrDefault(
                drill.name(), new DrillsReport.Row(drill.name(), drill.story(), expected(drill.ending()), null, null));
        rows.put(
                drill.name(),
                result.guarded()
                        ? row.with(Guarded.of(verdict, result.asDescribed(), result.sentence(), page))
                        : row.with(new Unguarded(result.asDescribed(), safeguards(drill), result.sentence(), page)));
        new DrillsReport(rows.values().stream().toList()).write(folder.resolve(PAGE), folder.resolve("drills.md"));
    }

    private static String safeguards(Drill drill) {
        return drill.safeguards().stream().sorted().map(Safeguard::sentence).collect(Collectors.joining("; "));
    }

    private static String expected(Drill.Ending ending) {
        return switch (ending) {
            case REFUSED -> "refused before anything is deployed, nobody notices";
            case BACK_BEFORE_TRAFFIC -> "back before traffic moves, nobody notices";
            case BACK_UNNOTICED -> "back under traffic, no request fails";
            case BACK_UNDER_TRAFFIC -> "back under traffic, nothing lost";
            case BACK_WHEN_SLOW -> "back when it is slow, nothing lost";
        };
    }
}
