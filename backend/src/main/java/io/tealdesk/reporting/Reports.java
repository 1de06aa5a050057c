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
import java.util.UUID;
import java.util.stream.IntStream;
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
        var barsBefore = before == null ? List.<Bar>of() : before.bars();
        // The period before ends where this one begins.
        var moments = before == null ? List.of(period.start()) : List.of(period.start(), before.start());
        var backlogs = name == ReportName.BACKLOG ? rollUps.backlogs(scope, moments) : new long[moments.size()];
        var numbers = new ReportNumbers(bars, backlogs[0], clock.instant());
        var numbersBefore = before == null ? null : new ReportNumbers(barsBefore, backlogs[1], clock.instant());
        rollUps.cells(name.measures(), scope, moments.getLast(), period.end(), (measure, quarter, bucket, count) -> {
            var sink = numbersBefore == null || numbers.begins(quarter) ? numbers : numbersBefore;
            sink.accept(measure, quarter, bucket, count);
        });
        var series = new ArrayList<Series>();
        for (var column : name.columns()) {
            var points = new ArrayList<Point>();
            for (int bar = 0; bar < bars.size(); bar++) {
                points.add(new Point(
                        bars.get(bar).start(),
                        bars.get(bar).end(),
                        numbers.value(column, bar),
                        numbersBefore == null || bar >= barsBefore.size() ? null : numbersBefore.value(column, bar),
                        request.isFilteredOnce() ? null : DrillDown.of(column, scope, bars.get(bar))));
            }
            series.add(new Series(
                    column,
                    numbers.total(column),
                    numbersBefore == null ? null : numbersBefore.total(column),
                    request.isFilteredOnce() ? DrillDown.of(column, scope, Bar.EACH) : null,
                    points));
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

    private List<Row> rows(
            ReportName name,
            Subject subject,
            Grain grain,
            ReportScope scope,
            ReportPeriod period,
            @Nullable ReportPeriod before) {
        // The period before ends where this one begins.
        var moments = before == null
                ? List.of(period.start(), period.end())
                : List.of(before.start(), period.start(), period.end());
        var end = moments.size() - 1;
        var counts = rollUps.countsBefore(grain, name.measures(), scope, moments);
        if (subject == Subject.AGENT && scope.assignee() != null) {
            counts.keySet().retainAll(List.of(scope.assignee().toString()));
        }
        var first = name.columns().getFirst();
        var largest = counts.entrySet().stream()
                .filter(each -> hasAny(name, each.getValue(), end))
                .sorted(Comparator.comparingLong((Map.Entry<String, ReportCounts> each) ->
                                -each.getValue().untilMoment(end, first))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ROWS_OF_A_SUBJECT_MAX)
                .toList();
        var names = names(subject, largest.stream().map(Map.Entry::getKey).toList());
        var bar = new Bar(period.start(), period.end());
        var rows = new ArrayList<Row>();
        for (var each : largest) {
            var key = each.getKey();
            var cells = name.columns().stream()
                    .map(column -> new Cell(
                            column,
                            each.getValue().untilMoment(end, column),
                            before == null ? null : each.getValue().untilMoment(end - 1, column),
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

    private static boolean hasAny(ReportName name, ReportCounts counts, int lastMoment) {
        return IntStream.rangeClosed(1, lastMoment)
                .anyMatch(
                        moment -> name.columns().stream().anyMatch(column -> counts.untilMoment(moment, column) != 0));
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
