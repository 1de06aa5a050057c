package io.tealdesk.reporting;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
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
    private final Clock clock;

    HomeController(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @GetMapping("/api/v1/home")
    @PreAuthorize("hasAnyRole('AGENT', 'ADMINISTRATOR')")
    HomeResponse getHomeNumbers(@AuthenticationPrincipal Viewer viewer) {
        var scope = TicketScope.of(viewer);
        var to = clock.instant();
        var from = to.minus(PERIOD);
        return jdbc.sql("""
                        with active as (
                            select t.priority, t.assignee_id, t.due_at from ticket t
                            where %1$s and t.status in
                                ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY'))
                        select count(*) filter (where priority = 'LOW') as low,
                               count(*) filter (where priority = 'MEDIUM') as medium,
                               count(*) filter (where priority = 'HIGH') as high,
                               count(*) filter (where priority = 'CRITICAL') as critical,
                               count(*) filter (where assignee_id is null) as unassigned,
                               count(*) filter (where due_at < :to) as overdue,
                               (select percentile_cont(0.5) within group (
                                           order by extract(epoch from t.first_replied_at - t.created_at))
                                from ticket t where %1$s and t.first_replied_at is not null
                                  and t.created_at >= :from) as first_reply_median,
                               (select percentile_cont(0.5) within group (
                                           order by extract(epoch from t.resolved_at - t.created_at))
                                from ticket t where %1$s and t.status in ('RESOLVED', 'CLOSED')
                                  and t.resolved_at >= :from) as resolution_median
                        from active
                        """.formatted(scope.condition()))
                .params(scope.parameters())
                .param("from", Sql.timestamp(from))
                .param("to", Sql.timestamp(to))
                .query((row, index) -> numbers(row, from, to))
                .single();
    }

    private static HomeResponse numbers(ResultSet row, Instant from, Instant to) throws SQLException {
        var openByPriority = new EnumMap<TicketPriority, Integer>(TicketPriority.class);
        for (var priority : TicketPriority.values()) {
            openByPriority.put(priority, row.getInt(priority.name().toLowerCase(java.util.Locale.ROOT)));
        }
        return new HomeResponse(
                openByPriority,
                row.getInt("unassigned"),
                row.getInt("overdue"),
                secondsOrNull(row, "first_reply_median"),
                secondsOrNull(row, "resolution_median"),
                from,
                to);
    }

    private static @Nullable Long secondsOrNull(ResultSet row, String column) throws SQLException {
        var seconds = row.getDouble(column);
        return row.wasNull() ? null : Math.round(seconds);
    }

    /**
     * What waits now, and how fast the desk was between two instants.
     *
     * @param openByPriority tickets that are not done
     * @param firstReplyMedianSeconds of the tickets opened in the period and answered; absent without any
     * @param resolutionMedianSeconds of the tickets resolved in the period; absent without any
     */
    record HomeResponse(
            Map<TicketPriority, Integer> openByPriority,
            int unassigned,
            int overdue,
            @Nullable Long firstReplyMedianSeconds,
            @Nullable Long resolutionMedianSeconds,
            Instant from,
            Instant to) {}
}
