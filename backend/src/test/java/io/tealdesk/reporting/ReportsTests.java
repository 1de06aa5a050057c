package io.tealdesk.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.MutableClock;
import io.tealdesk.TestJobs;
import io.tealdesk.identity.Viewer;
import io.tealdesk.reporting.ReportHistory.Said;
import io.tealdesk.reporting.ReportHistory.TrueTicket;
import io.tealdesk.reporting.ReportSeries.Point;
import io.tealdesk.reporting.ReportTable.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionOperations;

/** The reports against the truth, which is worked out from the tickets' histories without a look at the roll-ups. */
@DeskTest
class ReportsTests {

    /** In these weeks clocks are put back in Europe and in America. */
    private static final Instant START = Instant.parse("2026-10-05T09:17:23Z");

    private static final LocalDate FROM = LocalDate.of(2026, 10, 1);
    private static final LocalDate TO = LocalDate.of(2026, 11, 30);

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionOperations transaction;

    @Autowired
    TestJobs jobs;

    @Autowired
    Reports reports;

    @Autowired
    ReportCounting counting;

    @Autowired
    MutableClock time;

    private UUID support;
    private UUID billing;
    private Viewer dana;
    private Viewer finn;
    private Viewer ada;
    private Viewer ines;

    @BeforeEach
    void twoTeams() {
        time.stopAt(Instant.parse("2027-01-01T12:00:00Z"));
        support = desk.theDefaultTeam();
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", support);
        finn = desk.anAgent("Finn", billing);
        ada = desk.anAdministrator("=Ada");
        ines = desk.aCustomer("Ines");
    }

    /** A small desk's: the rows of one counting are as many as its days. */
    @Test
    void countALongHistoryOfFewTickets() {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                                            updated_at, last_message_at, last_message_by)
                        select 10000 + day, 'Ticket ' || day, 'OPEN', 'LOW', :ines, :support,
                               timestamptz '2022-12-31T12:00:00Z' + day * interval '1 day', now(), now(), 'REQUESTER'
                        from generate_series(1, 1461) day""").param("ines", ines.personId()).param("support", support).update();
        counting.build();

        var request = new ReportRequest(
                LocalDate.of(2023, 1, 1), LocalDate.of(2026, 12, 31), ReportStep.MONTH, "UTC", null, null, null, null);
        var opened = reports.series(dana, ReportName.VOLUME, request).series().getFirst();

        assertThat(opened.points())
                .hasSize(48)
                .allSatisfy(point -> assertThat(point.value()).isBetween(28L, 31L));
        assertThat(opened.total()).isEqualTo(1461);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"})
    void tellTheTruthInEveryZone(String zone) {
        var history = aHistory(zone.hashCode(), 10_001);
        counting.build();
        for (int step = 0; step < 400; step++) {
            history.goOn();
            if (step % 17 == 0) {
                counting.catchUp();
            }
        }
        counting.catchUp();

        for (var viewer : List.of(ada, dana, desk.anAgent("Yuri"))) {
            for (var by : ReportStep.values()) {
                var from = by == ReportStep.HOUR ? LocalDate.of(2026, 10, 20) : FROM;
                var to = by == ReportStep.HOUR ? LocalDate.of(2026, 11, 5) : TO;
                assertTrue(history, viewer, new ReportRequest(from, to, by, zone, null, null, null, null));
            }
            // Months on both sides in which nothing happened, and days in part.
            assertTrue(
                    history,
                    viewer,
                    new ReportRequest(
                            LocalDate.of(2026, 8, 20),
                            LocalDate.of(2026, 12, 24),
                            ReportStep.MONTH,
                            zone,
                            null,
                            null,
                            null,
                            null));
            assertTrue(history, viewer, new ReportRequest(FROM, TO, ReportStep.DAY, zone, billing, null, null, null));
            assertTrue(
                    history,
                    viewer,
                    new ReportRequest(FROM, TO, ReportStep.DAY, zone, null, finn.personId(), null, null));
            assertTrue(
                    history,
                    viewer,
                    new ReportRequest(FROM, TO, ReportStep.WEEK, zone, support, dana.personId(), null, null));
        }
    }

    @Test
    void aRebuildFindsWhatWasCountedAllAlong() {
        var history = aHistory(1, 10_001);
        counting.build();
        for (int step = 0; step < 300; step++) {
            history.goOn();
            if (step % 5 == 0) {
                counting.catchUp();
            }
        }
        counting.catchUp();
        var counted = CurrentRollUps.of(jdbc);

        jdbc.sql("select report_rebuild()").query().singleRow();
        counting.build();

        assertThat(CurrentRollUps.of(jdbc)).isEqualTo(counted).isNotEmpty();
        assertThat(number("select count(*) from report_build")).isOne();
        assertThat(number("select count(distinct build) from report_ticket")).isOne();
    }

    @Test
    void aRebuildMissesNothingOfWhatHappensMeanwhile() {
        var history = aHistory(2, 10_001);
        counting.build();
        for (int step = 0; step < 150; step++) {
            history.goOn();
        }
        counting.catchUp();

        jdbc.sql("select report_rebuild()").query().singleRow();
        var isUnderWay = true;
        for (int step = 0; isUnderWay; step++) {
            history.goOn();
            history.goOn();
            if (step % 3 == 0) {
                jdbc.sql("select report_drain(2)").query().singleRow();
                // The counting of before is read until the new one is through.
                assertThat(number("select count(*) from report_build where is_current"))
                        .isOne();
            }
            isUnderWay =
                    jdbc.sql("select report_build_step(3)").query(Boolean.class).single();
        }
        counting.catchUp();

        assertTrue(history, ada, new ReportRequest(FROM, TO, ReportStep.DAY, "Europe/Berlin", null, null, null, null));
        assertTrue(history, finn, new ReportRequest(FROM, TO, ReportStep.DAY, "Europe/Berlin", null, null, null, null));
    }

    @Test
    void severalTasksCountEveryChangeOnce() throws Exception {
        counting.build();
        var histories = List.of(aHistory(3, 10_001), aHistory(4, 20_001), aHistory(5, 30_001));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<?>>();
            for (var history : histories) {
                writers.add(threads.submit(() -> {
                    for (int step = 0; step < 120; step++) {
                        history.goOn();
                    }
                }));
            }
            for (int task = 0; task < 3; task++) {
                writers.add(threads.submit(() -> {
                    for (int run = 0; run < 100; run++) {
                        jdbc.sql("select report_drain(5)").query().singleRow();
                    }
                }));
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        counting.catchUp();

        var tickets = new ArrayList<TrueTicket>();
        histories.forEach(history -> tickets.addAll(history.tickets));
        assertTrue(tickets, ada, new ReportRequest(FROM, TO, ReportStep.DAY, "UTC", null, null, null, null));
        assertThat(number("select count(*) from report_queue")).isZero();
    }

    @Test
    void countsNothingOfATransactionThatWasRolledBack() {
        counting.build();
        var history = aHistory(6, 10_001);
        transaction.executeWithoutResult(status -> {
            history.goOn();
            status.setRollbackOnly();
        });

        counting.catchUp();

        assertThat(CurrentRollUps.of(jdbc)).isEmpty();
    }

    @Test
    void takesADeletedTicketOutOnce() {
        counting.build();
        var history = aHistory(12, 10_001);
        for (int step = 0; step < 60; step++) {
            history.goOn();
        }
        counting.catchUp();
        var ticket = number("select min(number) from ticket");
        for (var table : List.of("message", "ticket_event")) {
            jdbc.sql("delete from %s where ticket_number = :ticket".formatted(table))
                    .param("ticket", ticket)
                    .update();
        }
        jdbc.sql("delete from ticket where number = :ticket")
                .param("ticket", ticket)
                .update();

        for (int time = 0; time < 2; time++) {
            jdbc.sql("insert into report_queue (ticket_number) values (:ticket)")
                    .param("ticket", ticket)
                    .update();
            counting.catchUp();
        }
        var counted = CurrentRollUps.of(jdbc);
        jdbc.sql("select report_rebuild()").query().singleRow();
        counting.build();

        assertThat(counted).isEqualTo(CurrentRollUps.of(jdbc)).isNotEmpty();
    }

    @Test
    void comparesWithThePeriodBefore() {
        var history = aHistory(7, 10_001);
        for (int step = 0; step < 300; step++) {
            history.goOn();
        }
        counting.build();
        var november = new ReportRequest(
                LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), ReportStep.DAY, "UTC", null, null, true, null);
        var october = new ReportRequest(
                LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31), ReportStep.DAY, "UTC", null, null, null, null);

        for (var name : List.of(ReportName.VOLUME, ReportName.BACKLOG, ReportName.RESOLUTION)) {
            var compared = reports.series(ada, name, november);
            var before = reports.series(ada, name, october);

            assertThat(compared.previousFrom()).isEqualTo("2026-10-01");
            for (int series = 0; series < compared.series().size(); series++) {
                assertThat(compared.series().get(series).previousTotal())
                        .isEqualTo(before.series().get(series).total());
                assertThat(compared.series().get(series).points().stream().map(Point::previous))
                        .isEqualTo(before.series().get(series).points().stream()
                                .limit(30)
                                .map(Point::value)
                                .toList());
            }
        }
        var load = reports.table(ada, ReportName.LOAD, november).rows().getFirst();
        var loadBefore = reports.table(ada, ReportName.LOAD, october).rows().stream()
                .filter(row -> Objects.equals(row.id(), load.id()) && row.subject() == load.subject())
                .findFirst()
                .orElseThrow();
        assertThat(load.cells().stream().map(ReportTable.Cell::previous))
                .isEqualTo(
                        loadBefore.cells().stream().map(ReportTable.Cell::value).toList());
    }

    @Test
    void exportsWhatASpreadsheetDoesNotRun() {
        var history = aHistory(8, 10_001);
        for (int step = 0; step < 200; step++) {
            history.goOn();
        }
        jobs.runDue();
        var period = "?from=2026-10-01&to=2026-11-30&zone=Europe/Berlin&compare=true";

        var volume = Http.body(new Http(mvc).get(ada, "/api/v1/reports/volume.csv" + period));
        var load = Http.body(new Http(mvc).get(ada, "/api/v1/reports/load.csv" + period));
        var tags = new Http(mvc).get(ada, "/api/v1/reports/tags.csv" + period);

        assertThat(volume)
                .startsWith("start,end,opened,resolved,reopened,cancelled,previous_opened,")
                .contains("\r\n2026-10-25T00:00:00+02:00,2026-10-26T00:00:00+01:00,");
        assertThat(volume.lines()).hasSize(62);
        assertThat(load).contains(",'=Ada,");
        assertThat(Http.body(tags)).contains(",'=late,", ",\"bike, blue\",", ",größe,");
        assertThat(tags).hasContentType("text/csv;charset=UTF-8");
        assertThat(tags.getResponse().getHeader("Content-Disposition"))
                .isEqualTo("attachment; filename=\"tags-2026-10-01-2026-11-30.csv\"");
    }

    @Test
    void saysThatItStillCountsUntilAllIsCounted() {
        aHistory(9, 10_001).goOn();

        var answer = new Http(mvc).get(ada, "/api/v1/reports/volume?from=2026-10-01&to=2026-11-30");

        assertThat(answer).hasStatus(503).hasHeader("Retry-After", "60");
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("/problems/reports-being-counted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "volume?",
                "volume?from=2026-10-01",
                "volume?from=2026-10-01&to=x",
                "volume?from=2026-10-01&to=2026-09-01",
                "volume?from=2026-10-01&to=2026-11-01&zone=Mars/Olympus",
                "volume?from=2026-10-01&to=2026-11-01&by=CENTURY",
                "volume?from=2020-10-01&to=2026-11-01&by=HOUR",
                "volume?from=2026-10-01&to=2026-11-01&team=mine",
                "tags?from=2026-10-01&to=2026-11-01&agent=01a20857-99bc-7031-8fd9-1a8ef345fb6b",
                "satisfaction.csv?from=2026-10-01&to=2026-11-01"
            })
    void refusesWhatMakesNoReport(String report) {
        assertThat(new Http(mvc).get(ada, "/api/v1/reports/" + report))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/validation-failed");
    }

    @Test
    void namesTheTicketsBehindABar() {
        aHistory(10, 10_001).goOn();
        jobs.runDue();

        var answer = new Http(mvc)
                .get(
                        ada,
                        "/api/v1/reports/volume?from=2026-10-05&to=2026-10-05&by=day&zone=Europe/Berlin&team="
                                + support);

        assertThat(JsonPath.<Map<String, Object>>read(Http.body(answer), "$.series[0].points[0].filter"))
                .isEqualTo(Map.of(
                        "all",
                        List.of(
                                Map.of("property", "team", "operator", "IN", "values", List.of(support.toString())),
                                Map.of(
                                        "property",
                                        "created",
                                        "operator",
                                        "AFTER",
                                        "values",
                                        List.of("2026-10-04T22:00:00Z")),
                                Map.of(
                                        "property",
                                        "created",
                                        "operator",
                                        "BEFORE",
                                        "values",
                                        List.of("2026-10-05T22:00:00Z")))));

        var once = new Http(mvc)
                .get(
                        ada,
                        "/api/v1/reports/volume?from=2026-10-05&to=2026-10-05&by=day&zone=Europe/Berlin&filterOnce=true&team="
                                + support);
        var each = Http.body(answer);
        var start = JsonPath.<String>read(each, "$.series[0].points[0].start");
        var end = JsonPath.<String>read(each, "$.series[0].points[0].end");
        var filter = JsonPath.parse(Http.body(once)).read("$.series[0].filter", Map.class);
        assertThat(filter.toString().replace("{start}", start).replace("{end}", end))
                .isEqualTo(JsonPath.parse(each)
                        .read("$.series[0].points[0].filter", Map.class)
                        .toString());
        assertThat(Http.body(once)).doesNotContain(start + "\"]");
        assertThat(each).doesNotContain("{start}");
    }

    private ReportHistory aHistory(long seed, long firstNumber) {
        return new ReportHistory(
                jdbc,
                transaction,
                seed,
                ines.personId(),
                List.of(support, billing),
                List.of(dana.personId(), finn.personId(), ada.personId()),
                firstNumber,
                START);
    }

    private void assertTrue(ReportHistory history, Viewer viewer, ReportRequest request) {
        assertTrue(history.tickets, viewer, request);
    }

    private void assertTrue(List<TrueTicket> all, Viewer viewer, ReportRequest request) {
        var tickets = all.stream()
                .filter(ticket -> viewer.isAdministrator() || viewer.teamIds().contains(ticket.team))
                .filter(ticket -> request.team() == null || request.team().equals(ticket.team))
                .toList();
        Predicate<TrueTicket> isAsked =
                ticket -> request.agent() == null || request.agent().equals(ticket.assignee);
        var assigned = tickets.stream().filter(isAsked).toList();
        for (var name : List.of(ReportName.VOLUME, ReportName.BACKLOG, ReportName.FIRST_REPLY, ReportName.RESOLUTION)) {
            for (var series : reports.series(viewer, name, request).series()) {
                for (var point : series.points()) {
                    var is = "%s by %s of %s at %s".formatted(series.column(), viewer.name(), request, point.start());
                    assertPoint(series.column(), point.value(), assigned, point.start(), point.end(), is);
                }
                assertPoint(
                        series.column(),
                        series.total(),
                        assigned,
                        request.period().start(),
                        request.period().end(),
                        series.column() + " in all");
            }
        }
        assertLoad(tickets, assigned, viewer, request);
        if (request.agent() == null) {
            assertTags(tickets, viewer, request);
        }
    }

    private static void assertPoint(
            ReportColumn column,
            @Nullable Long value,
            List<TrueTicket> tickets,
            Instant start,
            Instant end,
            String description) {
        switch (column) {
            case OPENED, RESOLVED, REOPENED, CANCELLED, FIRST_REPLY_COUNT, RESOLUTION_COUNT ->
                assertThat(value).as(description).isEqualTo(count(tickets, column, start, end));
            case BACKLOG -> assertThat(value).as(description).isEqualTo(backlog(tickets, end));
            case FIRST_REPLY_MEDIAN ->
                assertQuantile(value, 0.5, durations(tickets, ReportColumn.FIRST_REPLY_COUNT, start, end), description);
            case FIRST_REPLY_P90 ->
                assertQuantile(value, 0.9, durations(tickets, ReportColumn.FIRST_REPLY_COUNT, start, end), description);
            case RESOLUTION_MEDIAN ->
                assertQuantile(value, 0.5, durations(tickets, ReportColumn.RESOLUTION_COUNT, start, end), description);
            case RESOLUTION_P90 ->
                assertQuantile(value, 0.9, durations(tickets, ReportColumn.RESOLUTION_COUNT, start, end), description);
            case PUBLIC_REPLIES, INTERNAL_NOTES -> throw new AssertionError(column);
        }
    }

    private void assertLoad(List<TrueTicket> tickets, List<TrueTicket> assigned, Viewer viewer, ReportRequest request) {
        var start = request.period().start();
        var end = request.period().end();
        var truth = new HashMap<String, Long>();
        for (var ticket : assigned) {
            var subjects = ticket.assignee == null
                    ? List.of("TEAM " + ticket.team)
                    : List.of("TEAM " + ticket.team, "AGENT " + ticket.assignee);
            for (var subject : subjects) {
                for (var column : List.of(ReportColumn.OPENED, ReportColumn.RESOLVED, ReportColumn.REOPENED)) {
                    truth.merge(subject + " " + column, count(List.of(ticket), column, start, end), Long::sum);
                }
                truth.merge(subject + " BACKLOG", backlog(List.of(ticket), end), Long::sum);
            }
        }
        for (var ticket : tickets) {
            for (var said : ticket.messages) {
                if (isWithin(said.at(), start, end) && isAsked(said, request)) {
                    var column = said.kind().equals("PUBLIC_REPLY") ? " PUBLIC_REPLIES" : " INTERNAL_NOTES";
                    truth.merge("TEAM " + ticket.team + column, 1L, Long::sum);
                    truth.merge("AGENT " + said.author() + column, 1L, Long::sum);
                }
            }
        }
        assertThat(table(viewer, ReportName.LOAD, request)).isEqualTo(withoutZeros(truth));
    }

    private static boolean isAsked(Said said, ReportRequest request) {
        return request.agent() == null || request.agent().equals(said.author());
    }

    private void assertTags(List<TrueTicket> tickets, Viewer viewer, ReportRequest request) {
        var tags = new ArrayList<String>();
        for (var ticket : tickets) {
            if (isWithin(
                    ticket.created, request.period().start(), request.period().end())) {
                ticket.tags.forEach(tag -> tags.add("TAG " + tag + " OPENED"));
            }
        }
        assertThat(table(viewer, ReportName.TAGS, request)).isEqualTo(ReportHistory.tally(tags));
    }

    private Map<String, Long> table(Viewer viewer, ReportName name, ReportRequest request) {
        var numbers = new HashMap<String, Long>();
        for (var row : reports.table(viewer, name, request).rows()) {
            for (var cell : row.cells()) {
                var subject = row.subject() == Subject.TAG ? row.name() : String.valueOf(row.id());
                numbers.put(row.subject() + " " + subject + " " + cell.column(), cell.value());
            }
        }
        return withoutZeros(numbers);
    }

    private static Map<String, Long> withoutZeros(Map<String, Long> numbers) {
        numbers.values().removeIf(value -> value == 0);
        return numbers;
    }

    private static long count(List<TrueTicket> tickets, ReportColumn column, Instant start, Instant end) {
        return tickets.stream()
                .flatMap(ticket -> ticket.counted(column).stream())
                .filter(at -> isWithin(at, start, end))
                .count();
    }

    private static long backlog(List<TrueTicket> tickets, Instant at) {
        return tickets.stream()
                .filter(ticket -> ticket.created.isBefore(at) && !ticket.wasDoneBefore(at))
                .count();
    }

    private static List<Long> durations(List<TrueTicket> tickets, ReportColumn column, Instant start, Instant end) {
        return tickets.stream()
                .flatMap(ticket -> ticket.counted(column).stream()
                        .filter(at -> isWithin(at, start, end))
                        .map(at -> Duration.between(ticket.created, at).toSeconds()))
                .sorted()
                .toList();
    }

    private static void assertQuantile(@Nullable Long value, double share, List<Long> durations, String description) {
        if (durations.isEmpty()) {
            assertThat(value).as(description).isNull();
            return;
        }
        var rank = share * (durations.size() - 1);
        var lower = durations.get((int) Math.floor(rank));
        var upper = durations.get((int) Math.ceil(rank));
        var exact = lower + (rank - Math.floor(rank)) * (upper - lower);
        assertThat((double) Objects.requireNonNull(value)).as(description).isBetween(exact * 0.91 - 4, exact * 1.1 + 4);
    }

    private static boolean isWithin(Instant at, Instant start, Instant end) {
        return !at.isBefore(start) && at.isBefore(end);
    }

    private int number(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
