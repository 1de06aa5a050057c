package io.tealdesk.reporting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the roll-ups. Its callers hold a transaction that sees one moment: between two statements a rebuilt counting may
 * take the place of the one before.
 */
@Component
class RollUps {

    private static final int QUARTER_SECONDS = 900;
    private static final int QUARTERS_OF_DAY = 96;
    private static final int CELL_BYTES = 4;
    private static final String CURRENT = "build = (select b.build from report_build b where b.is_current)";

    private final JdbcClient jdbc;

    RollUps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the first counting is through there is nothing that could be called a number. */
    boolean areReady() {
        return jdbc.sql("select exists (select from report_build where is_current)")
                .query(Boolean.class)
                .single();
    }

    List<UUID> teams() {
        return jdbc.sql("select id from team").query(UUID.class).list();
    }

    /** Gives each number to the sink, with the quarter of an hour, counted from 1970, that it belongs to. */
    void cells(Collection<ReportMeasure> measures, ReportScope scope, Instant from, Instant to, Sink sink) {
        var start = quarter(from);
        var end = quarter(to);
        jdbc.sql("""
                        select measure, day - date '1970-01-01' as day, cells from %s and %s
                          and measure = any(:measures::smallint[]) and day between :from and :to
                        """.formatted(Grain.NONE.cells(scope), CURRENT))
                .param("measures", ReportMeasure.codes(measures))
                .param("teams", ReportScope.ids(scope.teams()))
                .param("agent", scope.agent())
                .param("from", day(start))
                .param("to", day(end - 1))
                .query(row -> {
                    unpack(row, start, end, sink);
                });
    }

    /** How many tickets were not done at each of these moments. */
    long[] backlogs(ReportScope scope, List<Instant> moments) {
        var backlogs = new long[moments.size()];
        for (var counts : countsBefore(Grain.NONE, ReportName.BACKLOG.measures(), scope, moments)
                .values()) {
            for (int moment = 0; moment < backlogs.length; moment++) {
                backlogs[moment] += counts.backlog(moment);
            }
        }
        return backlogs;
    }

    /** What was counted before each of these moments, from the beginning on, by what the grain tells apart. */
    Map<String, ReportCounts> countsBefore(
            Grain grain, Collection<ReportMeasure> measures, ReportScope scope, List<Instant> moments) {
        var quarters = moments.stream().mapToLong(RollUps::quarter).toArray();
        var counts = new HashMap<String, ReportCounts>();
        addWholeDays(grain, measures, scope, quarters, counts);
        addQuarters(grain, measures, scope, quarters, counts);
        return counts;
    }

    /** Of months and days there are running sums: one step to the last whole month, another to the last whole day. */
    private void addWholeDays(
            Grain grain,
            Collection<ReportMeasure> measures,
            ReportScope scope,
            long[] quarters,
            Map<String, ReportCounts> counts) {
        var days = Arrays.stream(quarters).mapToObj(RollUps::day).toList();
        var statement = jdbc.sql("""
                        select %2$s as key, measure, %4$s from report_months
                        where %1$s and measure = any(:measures::smallint[]) and %3$s
                        group by 1, 2
                        union all
                        select %2$s, measure, %5$s from report_days
                        where %1$s and measure = any(:measures::smallint[]) and %3$s and month = any(:months::date[])
                        group by 1, 2
                        """.formatted(
                                CURRENT,
                                grain.key,
                                grain.condition,
                                forEach(days, "sum(months[least(:month%1$d - first_month, cardinality(months))])"),
                                forEach(days, """
                                        sum(days[least(:day%1$d - 1, cardinality(days))]) \
                                        filter (where month = :monthOf%1$d)""")))
                .param("measures", ReportMeasure.codes(measures))
                .param("teams", ReportScope.ids(scope.teams()))
                .param("agent", scope.agent())
                .param(
                        "months",
                        days.stream()
                                .map(day -> day.withDayOfMonth(1).toString())
                                .collect(Collectors.joining(",", "{", "}")));
        for (int moment = 0; moment < days.size(); moment++) {
            var day = days.get(moment);
            statement = statement
                    .param("month" + moment, (int) day.getLong(ChronoField.PROLEPTIC_MONTH))
                    .param("monthOf" + moment, day.withDayOfMonth(1))
                    .param("day" + moment, day.getDayOfMonth());
        }
        statement.query(row -> {
            var measure = ReportMeasure.of(row.getInt("measure"));
            var sums = counts.computeIfAbsent(row.getString("key"), key -> new ReportCounts(quarters.length));
            for (int moment = 0; moment < quarters.length; moment++) {
                sums.add(measure, moment, row.getLong("count" + moment));
            }
        });
    }

    private static String forEach(List<LocalDate> days, String column) {
        return IntStream.range(0, days.size())
                .mapToObj(moment -> (column + " as count%1$d").formatted(moment))
                .collect(Collectors.joining(", "));
    }

    /** Of a day that a moment cuts in two, the quarters before it count. */
    private void addQuarters(
            Grain grain,
            Collection<ReportMeasure> measures,
            ReportScope scope,
            long[] quarters,
            Map<String, ReportCounts> counts) {
        var days = Arrays.stream(quarters)
                .filter(quarter -> Math.floorMod(quarter, QUARTERS_OF_DAY) != 0)
                .mapToObj(quarter -> day(quarter).toString())
                .distinct()
                .toList();
        if (days.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        select %s as key, measure, day - date '1970-01-01' as day, cells from %s and %s
                          and measure = any(:measures::smallint[]) and day = any(:days::date[])
                        """.formatted(grain.key, grain.cells(scope), CURRENT))
                .param("measures", ReportMeasure.codes(measures))
                .param("teams", ReportScope.ids(scope.teams()))
                .param("agent", scope.agent())
                .param("days", "{" + String.join(",", days) + "}")
                .query(row -> {
                    var sums = counts.computeIfAbsent(row.getString("key"), key -> new ReportCounts(quarters.length));
                    var midnight = row.getLong("day") * QUARTERS_OF_DAY;
                    for (int moment = 0; moment < quarters.length; moment++) {
                        var place = moment;
                        if (quarters[moment] > midnight && quarters[moment] < midnight + QUARTERS_OF_DAY) {
                            unpack(
                                    row,
                                    midnight,
                                    quarters[moment],
                                    (measure, quarter, bucket, count) -> sums.add(measure, place, count));
                        }
                    }
                });
    }

    private static void unpack(ResultSet row, long start, long end, Sink sink) throws SQLException {
        var measure = ReportMeasure.of(row.getInt("measure"));
        var midnight = row.getLong("day") * QUARTERS_OF_DAY;
        var cells = row.getBytes("cells");
        for (int at = 0; at < cells.length; at += CELL_BYTES) {
            var quarter = midnight + (cells[at] & 0xFF);
            if (quarter >= start && quarter < end) {
                var count = ((cells[at + 2] & 0xFF) << 8) | (cells[at + 3] & 0xFF);
                sink.accept(measure, quarter, cells[at + 1] & 0xFF, count);
            }
        }
    }

    static long quarter(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), QUARTER_SECONDS);
    }

    private static LocalDate day(long quarter) {
        return LocalDate.ofEpochDay(Math.floorDiv(quarter, QUARTERS_OF_DAY));
    }

    /** What sums are told apart by. Of rows of single agents there are only those of single teams. */
    enum Grain {
        NONE("''", "team_id = any(:teams::uuid[]) and agent_id = :agent and detail = ''"),
        TEAM("team_id", "team_id = any(:teams::uuid[]) and agent_id = :agent and detail = ''"),
        AGENT(
                "agent_id",
                "team_id = any(:teams::uuid[]) and agent_id > '%s' and detail = ''".formatted(ReportScope.ALL)),
        TAG("detail", "team_id = any(:teams::uuid[]) and agent_id = '%s' and detail > ''".formatted(ReportScope.ALL));

        private final String key;
        private final String condition;

        Grain(String key, String condition) {
            this.key = key;
            this.condition = condition;
        }

        /** The table and rows that hold quarters of an hour: those of all agents are apart. */
        private String cells(ReportScope scope) {
            return (this == NONE || this == TEAM) && scope.assignee() == null
                    ? "report_cells where team_id = any(:teams::uuid[])"
                    : "report_detail_cells where " + condition;
        }
    }

    /** Takes in one number. */
    interface Sink {
        void accept(ReportMeasure measure, long quarter, int bucket, int count);
    }
}
