package io.tealdesk.reporting;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The numbers on the first page of the workspace. */
@RestController
class HomeController {

    private static final Duration PERIOD = Duration.ofDays(30);
    private final JdbcClient jdbc;
    private final Reports reports;
    private final Clock clock;

    HomeController(JdbcClient jdbc, Reports reports, Clock clock) {
        this.jdbc = jdbc;
        this.reports = reports;
        this.clock = clock;
    }

    @GetMapping("/api/v1/home")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    HomeResponse getHomeNumbers(@AuthenticationPrincipal Viewer viewer) {
        var to = clock.instant();
        var from = to.minus(PERIOD);
        var firstReply = reports.median(viewer, ReportMeasure.FIRST_REPLY, from, to);
        var resolution = reports.median(viewer, ReportMeasure.RESOLUTION, from, to);
        var scope = TicketScope.of(viewer).condition();
        var counts = new ArrayList<String>();
        for (var number : HomeNumber.values()) {
            counts.add(count(scope, number));
        }
        return jdbc.sql("select " + String.join(",\n", counts))
                .params(TicketScope.of(viewer).parameters())
                .param("to", Sql.timestamp(to))
                .param("cap", Count.CAP + 1)
                .query((row, index) -> numbers(row, firstReply, resolution, from, to))
                .single();
    }

    /** Answered from the index of such tickets alone; the statuses are constants, or it would not be taken. */
    private static String count(String scope, HomeNumber number) {
        return """
                (select count(*) from (select from ticket t
                                       where %s and %s and t.status in
                                           ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY')
                                       limit :cap) c) as %s""".formatted(scope, number.condition, number.name());
    }

    private static HomeResponse numbers(
            ResultSet row, @Nullable Long firstReply, @Nullable Long resolution, Instant from, Instant to)
            throws SQLException {
        var counts = new EnumMap<HomeNumber, Count>(HomeNumber.class);
        for (var number : HomeNumber.values()) {
            counts.put(number, Count.upTo(row.getInt(number.name())));
        }
        var openByPriority = new EnumMap<TicketPriority, Integer>(TicketPriority.class);
        for (var priority : TicketPriority.values()) {
            openByPriority.put(priority, value(counts, HomeNumber.valueOf(priority.name())));
        }
        return new HomeResponse(
                openByPriority,
                value(counts, HomeNumber.UNASSIGNED),
                value(counts, HomeNumber.OVERDUE),
                counts.entrySet().stream()
                        .filter(count -> count.getValue().capped())
                        .map(Map.Entry::getKey)
                        .toList(),
                firstReply,
                resolution,
                from,
                to);
    }

    private static int value(Map<HomeNumber, Count> counts, HomeNumber number) {
        return Objects.requireNonNull(counts.get(number)).value();
    }

    /** One count of tickets that are not done. */
    enum HomeNumber {
        LOW("t.priority = 'LOW'"),
        MEDIUM("t.priority = 'MEDIUM'"),
        HIGH("t.priority = 'HIGH'"),
        CRITICAL("t.priority = 'CRITICAL'"),
        UNASSIGNED("t.assignee_id is null"),
        OVERDUE("t.due_at < :to");

        private final String condition;

        HomeNumber(String condition) {
            this.condition = condition;
        }
    }

    /**
     * What waits now, and how fast the desk was between two instants.
     *
     * @param openByPriority tickets that are not done, up to 999 of each
     * @param capped the counts that stop at 999 though there is more
     * @param firstReplyMedianSeconds of the first replies given in the period; absent without any
     * @param resolutionMedianSeconds of the tickets resolved in the period; absent without any
     */
    record HomeResponse(
            Map<TicketPriority, Integer> openByPriority,
            int unassigned,
            int overdue,
            List<HomeNumber> capped,
            @Nullable Long firstReplyMedianSeconds,
            @Nullable Long resolutionMedianSeconds,
            Instant from,
            Instant to) {}
}
