package io.tealdesk.reporting;

import io.tealdesk.identity.Viewer;
import io.tealdesk.reporting.ReportPeriod.Bar;
import io.tealdesk.reporting.ReportSeries.Point;
import io.tealdesk.reporting.ReportSeries.Series;
import io.tealdesk.reporting.ReportTable.Cell;
import io.tealdesk.reporting.ReportTable.Row;
import io.tealdesk.reporting.ReportTable.Subject;
import io.tealdesk.reporting.RollUps.Grain;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Makes reports from the roll-ups, within what the viewer may see. Each is of one moment. */
@Component
class Reports {

    private static final int ROWS_OF_A_SUBJECT_MAX = 200;

    private final RollUps rollUps;
    private final JdbcClient jdbc;
    private final Clock clock;

    Reports(RollUps rollUps, JdbcClient jdbc, Clock clock) {
        this.rollUps = rollUps;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    ReportSeries series(Viewer viewer, ReportName name, ReportRequest request) {
        var period = request.period();
        var before = request.periodBefore();
        begin();
        var scope = ReportScope.ofSums(viewer, request.team(), request.agent(), everyTeam(viewer));
        var bars = period.bars();
        var numbers = numbers(name, scope, bars);
        var numbersBefore = before == null ? null : numbers(name, scope, before.bars());
        var barsBefore = before == null ? 0 : before.bars().size();
        var series = new ArrayList<Series>();
        for (var column : name.columns()) {
            var points = new ArrayList<Point>();
            for (int bar = 0; bar < bars.size(); bar++) {
                points.add(new Point(
                        bars.get(bar).start(),
                        bars.get(bar).end(),
                        numbers.value(column, bar),
                        numbersBefore == null || bar >= barsBefore ? null : numbersBefore.value(column, bar),
                        DrillDown.of(column, scope, bars.get(bar))));
            }
            series.add(new Series(
                    column, numbers.total(column), numbersBefore == null ? null : numbersBefore.total(column), points));
        }
        return new ReportSeries(
                period.from(),
                period.to(),
                period.by(),
                period.zone().getId(),
                before == null ? null : before.from(),
                before == null ? null : before.to(),
                series);
    }

    /** By team and agent, or by tag. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    ReportTable table(Viewer viewer, ReportName name, ReportRequest request) {
        var period = request.period();
        var before = request.periodBefore();
        if (name == ReportName.TAGS && request.agent() != null) {
            throw Problem.invalidField("agent", "Unsupported", "has no tags: they are counted by team");
        }
        begin();
        var rows = new ArrayList<Row>();
        if (name == ReportName.TAGS) {
            var scope = ReportScope.ofSums(viewer, request.team(), null, everyTeam(viewer));
            rows.addAll(rows(name, Subject.TAG, Grain.TAG, scope, period, before));
        } else {
            var scope = ReportScope.of(viewer, request.team(), request.agent(), everyTeam(viewer));
            rows.addAll(rows(name, Subject.TEAM, Grain.TEAM, scope, period, before));
            rows.addAll(rows(name, Subject.AGENT, Grain.AGENT, scope, period, before));
        }
        return new ReportTable(
                period.from(),
                period.to(),
                period.zone().getId(),
                before == null ? null : before.from(),
                before == null ? null : before.to(),
                rows);
    }

    /** In seconds, of what was replied to first, or resolved, in that time; null without any. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    @Nullable Long median(Viewer viewer, ReportMeasure measure, Instant from, Instant to) {
        var scope = ReportScope.ofSums(viewer, null, null, List.of());
        var durations = new ReportHistogram();
        rollUps.cells(
                List.of(measure), scope, from, to, (counted, quarter, bucket, count) -> durations.add(bucket, count));
        return durations.quantile(0.5);
    }

    private void begin() {
        jdbc.sql("set local statement_timeout = '5s'").update();
        if (!rollUps.areReady()) {
            throw ReportProblem.beingCounted();
        }
    }

    private Collection<UUID> everyTeam(Viewer viewer) {
        return viewer.isAdministrator() ? rollUps.teams() : List.of();
    }

    private ReportNumbers numbers(ReportName name, ReportScope scope, List<Bar> bars) {
        var from = bars.getFirst().start();
        var numbers =
                new ReportNumbers(bars, name == ReportName.BACKLOG ? rollUps.backlog(scope, from) : 0, clock.instant());
        rollUps.cells(name.measures(), scope, from, bars.getLast().end(), numbers);
        return numbers;
    }

    private List<Row> rows(
            ReportName name,
            Subject subject,
            Grain grain,
            ReportScope scope,
            ReportPeriod period,
            @Nullable ReportPeriod before) {
        var sums = sums(name, grain, scope, period);
        Map<String, Map<ReportColumn, Long>> sumsBefore = before == null ? Map.of() : sums(name, grain, scope, before);
        var keys = new TreeSet<>(sums.keySet());
        keys.addAll(sumsBefore.keySet());
        if (subject == Subject.AGENT && scope.assignee() != null) {
            keys.retainAll(List.of(scope.assignee().toString()));
        }
        var first = name.columns().getFirst();
        var largest = keys.stream()
                .sorted(Comparator.comparingLong((String key) -> -number(sums, key, first))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(ROWS_OF_A_SUBJECT_MAX)
                .toList();
        var names = names(subject, largest);
        var bar = new Bar(period.start(), period.end());
        var rows = new ArrayList<Row>();
        for (var key : largest) {
            var cells = name.columns().stream()
                    .map(column -> new Cell(
                            column,
                            number(sums, key, column),
                            before == null ? null : number(sumsBefore, key, column),
                            filter(column, subject, key, scope, bar)))
                    .toList();
            rows.add(new Row(
                    subject,
                    subject == Subject.TAG ? null : UUID.fromString(key),
                    names.getOrDefault(key, key),
                    cells));
        }
        return rows;
    }

    private Map<String, Map<ReportColumn, Long>> sums(
            ReportName name, Grain grain, ReportScope scope, ReportPeriod period) {
        var sums = new HashMap<String, Map<ReportColumn, Long>>();
        rollUps.sums(grain, name.measures(), scope, period.start(), period.end())
                .forEach((key, counts) -> counts.forEach((measure, count) ->
                        sums.computeIfAbsent(key, each -> new HashMap<>()).put(column(measure), count)));
        if (name == ReportName.LOAD) {
            rollUps.backlogs(grain, scope, period.end())
                    .forEach((key, backlog) ->
                            sums.computeIfAbsent(key, each -> new HashMap<>()).put(ReportColumn.BACKLOG, backlog));
        }
        return sums;
    }

    private static ReportColumn column(ReportMeasure measure) {
        return switch (measure) {
            case OPENED, TAGGED -> ReportColumn.OPENED;
            case REOPENED -> ReportColumn.REOPENED;
            case RESOLVED -> ReportColumn.RESOLVED;
            case CANCELLED -> ReportColumn.CANCELLED;
            case FIRST_REPLY -> ReportColumn.FIRST_REPLY_COUNT;
            case RESOLUTION -> ReportColumn.RESOLUTION_COUNT;
            case PUBLIC_REPLY -> ReportColumn.PUBLIC_REPLIES;
            case INTERNAL_NOTE -> ReportColumn.INTERNAL_NOTES;
        };
    }

    private static long number(Map<String, Map<ReportColumn, Long>> sums, String key, ReportColumn column) {
        return sums.getOrDefault(key, Map.of()).getOrDefault(column, 0L);
    }

    private static @Nullable Map<String, Object> filter(
            ReportColumn column, Subject subject, String key, ReportScope scope, Bar bar) {
        return switch (subject) {
            case TEAM -> DrillDown.of(column, new ReportScope(scope.teams(), scope.agent(), UUID.fromString(key)), bar);
            case AGENT -> DrillDown.of(column, new ReportScope(scope.teams(), UUID.fromString(key), scope.team()), bar);
            case TAG -> DrillDown.in(scope).within("created", bar).tag(key).expression();
        };
    }

    private Map<String, String> names(Subject subject, Collection<String> keys) {
        var table = switch (subject) {
            case TEAM -> "team";
            case AGENT -> "person";
            case TAG -> null;
        };
        var names = new HashMap<String, String>();
        if (table != null) {
            jdbc.sql("select id, name::text as name from %s where id = any(:ids::uuid[])".formatted(table))
                    .param("ids", "{" + String.join(",", keys) + "}")
                    .query(row -> {
                        names.put(Sql.uuid(row, "id").toString(), row.getString("name"));
                    });
        }
        return names;
    }
}
