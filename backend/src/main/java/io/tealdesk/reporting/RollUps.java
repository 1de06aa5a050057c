package io.tealdesk.reporting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
                        select measure, day - date '1970-01-01' as day, cells from report_day
                        where %s and measure = any(:measures::smallint[]) and team_id = any(:teams::uuid[])
                          and agent_id = :agent and day between :from and :to and detail = ''
                        """.formatted(CURRENT))
                .param("measures", ReportMeasure.codes(measures))
                .param("teams", ReportScope.ids(scope.teams()))
                .param("agent", scope.agent())
                .param("from", day(start))
                .param("to", day(end - 1))
                .query(row -> {
                    unpack(row, start, end, sink);
                });
    }

    /** How many tickets were not done at that moment. */
    long backlog(ReportScope scope, Instant at) {
        return backlogs(Grain.NONE, scope, at).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The same by what the grain tells apart. */
    Map<String, Long> backlogs(Grain grain, ReportScope scope, Instant at) {
        var backlogs = new HashMap<String, Long>();
        sums(grain, ReportName.BACKLOG.measures(), scope, Instant.EPOCH, at).forEach((key, counts) -> {
            var backlog = counts.entrySet().stream()
                    .mapToLong(count -> count.getKey().toBacklog() * count.getValue())
                    .sum();
            if (backlog != 0) {
                backlogs.put(key, backlog);
            }
        });
        return backlogs;
    }

    /** What was counted between two moments, by what the grain tells apart. */
    Map<String, Map<ReportMeasure, Long>> sums(
            Grain grain, Collection<ReportMeasure> measures, ReportScope scope, Instant from, Instant to) {
        var span = Span.of(quarter(from), quarter(to));
        var sums = new HashMap<String, Map<ReportMeasure, Long>>();
        // Whole months and days are added up already; of the days at both ends some quarters count only.
        jdbc.sql("""
                        select %2$s as key, measure, sum(total) as total from report_month
                        where %1$s and measure = any(:measures::smallint[]) and %3$s
                          and month >= :firstMonth and month < :lastMonth
                        group by 1, 2
                        union all
                        select %2$s, measure, sum(total) from report_day
                        where %1$s and measure = any(:measures::smallint[]) and %3$s
                          and (day >= :firstDay and day < :firstMonth or day >= :lastMonth and day < :lastDay)
                        group by 1, 2
                        """.formatted(CURRENT, grain.key, grain.condition))
                .param("measures", ReportMeasure.codes(measures))
                .param("teams", ReportScope.ids(scope.teams()))
                .param("agent", scope.agent())
                .param("everything", ReportScope.ALL)
                .param("firstDay", span.firstDay)
                .param("firstMonth", span.firstMonth)
                .param("lastMonth", span.lastMonth)
                .param("lastDay", span.lastDay)
                .query(row -> {
                    sums.computeIfAbsent(row.getString("key"), key -> new HashMap<>())
                            .merge(ReportMeasure.of(row.getInt("measure")), row.getLong("total"), Long::sum);
                });
        if (!span.partialDays.isEmpty()) {
            jdbc.sql("""
                            select %2$s as key, measure, day - date '1970-01-01' as day, cells from report_day
                            where %1$s and measure = any(:measures::smallint[]) and %3$s and day in (:days)
                            """.formatted(CURRENT, grain.key, grain.condition))
                    .param("measures", ReportMeasure.codes(measures))
                    .param("teams", ReportScope.ids(scope.teams()))
                    .param("agent", scope.agent())
                    .param("everything", ReportScope.ALL)
                    .param("days", span.partialDays)
                    .query(row -> {
                        var counts = sums.computeIfAbsent(row.getString("key"), key -> new HashMap<>());
                        unpack(
                                row,
                                quarter(from),
                                quarter(to),
                                (measure, quarter, bucket, count) -> counts.merge(measure, (long) count, Long::sum));
                    });
        }
        sums.values().removeIf(counts -> counts.values().stream().allMatch(count -> count == 0));
        return sums;
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
        TEAM("team_id::text", "team_id = any(:teams::uuid[]) and agent_id = :agent and detail = ''"),
        AGENT("agent_id::text", "team_id = any(:teams::uuid[]) and agent_id > :everything and detail = ''"),
        TAG("detail", "team_id = any(:teams::uuid[]) and agent_id = :everything and detail > ''");

        private final String key;
        private final String condition;

        Grain(String key, String condition) {
            this.key = key;
            this.condition = condition;
        }
    }

    /** Takes in one number. */
    interface Sink {
        void accept(ReportMeasure measure, long quarter, int bucket, int count);
    }

    /** A stretch of time as days before the first whole month, whole months, days after them, and days in part. */
    private record Span(
            LocalDate firstDay,
            LocalDate firstMonth,
            LocalDate lastMonth,
            LocalDate lastDay,
            Set<LocalDate> partialDays) {

        static Span of(long start, long end) {
            var firstDay = day(start + QUARTERS_OF_DAY - 1);
            var lastDay = day(end);
            var partial = new HashSet<LocalDate>();
            if (Math.floorMod(start, QUARTERS_OF_DAY) != 0) {
                partial.add(day(start));
            }
            if (Math.floorMod(end, QUARTERS_OF_DAY) != 0) {
                partial.add(day(end));
            }
            if (lastDay.isBefore(firstDay)) {
                return new Span(firstDay, firstDay, firstDay, firstDay, partial);
            }
            var firstMonth = firstDay.withDayOfMonth(1).equals(firstDay)
                    ? firstDay
                    : firstDay.withDayOfMonth(1).plusMonths(1);
            var lastMonth = lastDay.withDayOfMonth(1);
            // Within one month there is no whole one: all of it are days.
            return lastMonth.isBefore(firstMonth)
                    ? new Span(firstDay, lastDay, lastDay, lastDay, partial)
                    : new Span(firstDay, firstMonth, lastMonth, lastDay, partial);
        }
    }
}
