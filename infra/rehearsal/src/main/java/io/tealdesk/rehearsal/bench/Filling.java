package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.world.Task;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a task makes by itself of tickets that were there before it: the counts of the reports and the search index. */
final class Filling {

    private static final Duration LOOKS_EVERY = Duration.ofMillis(300);

    private static final List<Filled> FILLED = List.of(
            new Filled("reports are counted", "exists (select from report_build where is_current)"),
            new Filled(
                    "the search index is filled",
                    "exists (select from search_fill where next_number = 0) and not exists (select from search_queue)"));

    private record Filled(String what, String condition) {}

    private Filling() {}

    /** @return after how long which of it was there */
    static Map<String, Duration> await(Task task, Connection database, Consumer<String> progress)
            throws IOException, SQLException, InterruptedException {
        long begin = System.nanoTime();
        Map<String, Duration> took = new LinkedHashMap<>();
        List<Filled> missing = new ArrayList<>(FILLED);
        try (Statement statement = database.createStatement()) {
            while (!missing.isEmpty()) {
                for (Filled filled : List.copyOf(missing)) {
                    if (isFilled(statement, filled.condition())) {
                        Duration now = Duration.ofNanos(System.nanoTime() - begin);
                        took.put(filled.what(), now);
                        missing.remove(filled);
                        progress.accept("%.0f s: %s".formatted(now.toMillis() / 1e3, filled.what()));
                    }
                }
                if (!task.isRunning()) {
                    throw new IOException("the backend has ended, see " + task.log());
                }
                Thread.sleep(LOOKS_EVERY);
            }
        }
        return took;
    }

    private static boolean isFilled(Statement statement, String condition) throws SQLException {
        try (ResultSet row = statement.executeQuery("select " + condition)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
