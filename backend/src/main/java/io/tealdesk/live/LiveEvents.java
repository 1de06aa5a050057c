package io.tealdesk.live;

import io.tealdesk.shared.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads events between two positions, and forgets old ones. */
@Component
class LiveEvents {

    /** More than this at once, and a client does better to load its page again. */
    static final int CATCH_UP_MAX = 1_000;

    static final Duration KEPT_FOR = Duration.ofDays(1);
    /** Tasks' and database's clocks differ a little, and what is kept is decided by another clock than what is asked. */
    private static final Duration RESUMABLE_FOR = KEPT_FOR.minusHours(1);

    /** One statement sees one snapshot, and says which: the events are exactly those that it sees. */
    private static final String NEWS = """
            select pg_current_snapshot()::text as snapshot, extract(epoch from now())::bigint as taken_at, news.*
            from (values (1)) as always
            left join (
                select e.id, e.transaction::text::bigint as transaction, e.ticket_number, e.change, e.message_id,
                       e.left_team_id, t.requester_id, t.organisation_id, t.team_id
                from live_event e join ticket t on t.number = e.ticket_number
                where e.transaction >= pg_snapshot_xmin(?::pg_snapshot)
                  and not pg_visible_in_snapshot(e.transaction, ?::pg_snapshot)
                order by e.id limit %d) news on true
            order by news.id""".formatted(CATCH_UP_MAX + 1);

    private final JdbcClient jdbc;
    private final Clock clock;

    LiveEvents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Where the database is now, with nothing to read before it. */
    static LivePosition now(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "select extract(epoch from now())::bigint, pg_current_snapshot()::text")) {
            row.next();
            return LivePosition.of(row.getLong(1), row.getString(2));
        }
    }

    static News since(LivePosition position, Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(NEWS)) {
            statement.setString(1, position.snapshot());
            statement.setString(2, position.snapshot());
            try (var rows = statement.executeQuery()) {
                var events = new ArrayList<LiveEvent>();
                @Nullable LivePosition reached = null;
                while (rows.next()) {
                    reached = LivePosition.of(rows.getLong("taken_at"), rows.getString("snapshot"));
                    event(rows).ifPresent(events::add);
                }
                if (reached == null) {
                    throw new SQLException("A statement that always has a row had none");
                }
                return new News(reached, List.copyOf(events));
            }
        }
    }

    /** Empty when the position is too old, of another database, or too much has happened since. */
    Optional<News> resume(LivePosition from) {
        if (from.isOlderThan(RESUMABLE_FOR, clock.instant())) {
            return Optional.empty();
        }
        var rows = jdbc.sql(NEWS)
                .params(from.snapshot(), from.snapshot())
                .query((row, index) -> new Row(
                        LivePosition.of(row.getLong("taken_at"), row.getString("snapshot")),
                        event(row).orElse(null)))
                .list();
        var reached = rows.getFirst().reached();
        var isOfThisDatabase = !from.isAfter(reached);
        if (!isOfThisDatabase || rows.size() > CATCH_UP_MAX) {
            return Optional.empty();
        }
        var events = rows.stream().<LiveEvent>mapMulti((row, sink) -> {
            if (row.event() != null) {
                sink.accept(row.event());
            }
        });
        return Optional.of(new News(reached, events.toList()));
    }

    void forgetOld() {
        jdbc.sql("delete from live_event where occurred_at < :before")
                .param("before", Sql.timestamp(clock.instant().minus(KEPT_FOR)))
                .update();
    }

    private static Optional<LiveEvent> event(ResultSet row) throws SQLException {
        var id = row.getLong("id");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new LiveEvent(
                id,
                row.getLong("transaction"),
                row.getLong("ticket_number"),
                row.getString("change"),
                row.getObject("message_id", Long.class),
                Sql.uuidOrNull(row, "left_team_id"),
                Sql.uuid(row, "requester_id"),
                Sql.uuidOrNull(row, "organisation_id"),
                Sql.uuid(row, "team_id")));
    }

    /**
     * @param reached sees everything up to and with the events
     * @param events in order of their ids: changes of one ticket wait for each other, so that is their order
     */
    record News(LivePosition reached, List<LiveEvent> events) {

        boolean isTooMuch() {
            return events.size() > CATCH_UP_MAX;
        }
    }

    private record Row(LivePosition reached, @Nullable LiveEvent event) {}
}
