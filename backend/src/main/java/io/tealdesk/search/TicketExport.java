package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.CsvWriter;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes every ticket that a filter passes, by number, straight from the database's cursor: no list of them is held. */
@Component
class TicketExport {

    private static final Logger log = LoggerFactory.getLogger(TicketExport.class);
    private static final Duration STATEMENT_TIME_MAX = Duration.ofSeconds(20);
    private static final int ROWS_AT_ONCE = 500;
    // Each holds a connection as long as its reader takes to read.
    private static final int EXPORTS_AT_ONCE = 2;
    private static final List<String> HEADINGS = List.of(
            "number",
            "subject",
            "status",
            "priority",
            "requester",
            "organisation",
            "team",
            "assignee",
            "tags",
            "due",
            "created",
            "updated",
            "firstReplied",
            "resolved",
            "lastMessage",
            "lastMessageBy");
    /** A reader that sees no error at its end would take half a file for a whole one. */
    private static final String BROKEN_OFF = "INCOMPLETE: the export broke off here";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SearchFill searchFill;
    private final Clock clock;
    private final Semaphore places = new Semaphore(EXPORTS_AT_ONCE);

    TicketExport(JdbcClient jdbc, PlatformTransactionManager transactions, SearchFill searchFill, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
        this.searchFill = searchFill;
        this.clock = clock;
    }

    /** @param opened asked for the place to write to once the filter is known to be in order */
    void write(Viewer viewer, TicketFilter filter, Supplier<Writer> opened) {
        var condition = FilterCompiler.compiled(
                filter.expression(), viewer, filter.instants(clock.instant()), searchFill::isComplete);
        if (!places.tryAcquire()) {
            throw Problem.temporarilyUnavailable();
        }
        try {
            transaction.executeWithoutResult(status -> write(condition, opened));
        } finally {
            places.release();
        }
    }

    private void write(FilterCondition condition, Supplier<Writer> opened) {
        jdbc.sql("select set_config('statement_timeout', :timeMax, true)")
                .param("timeMax", Long.toString(STATEMENT_TIME_MAX.toMillis()))
                .query()
                .singleRow();
        var statement = jdbc.sql("""
                        select t.number, t.subject, t.status, t.priority, r.name as requester_name,
                               o.name as organisation_name, tm.name as team_name, a.name as assignee_name, t.tags,
                               t.due_at, t.created_at, t.updated_at, t.first_replied_at, t.resolved_at,
                               t.last_message_at, t.last_message_by
                        from ticket t
                        join person r on r.id = t.requester_id
                        join team tm on tm.id = t.team_id
                        left join organisation o on o.id = t.organisation_id
                        left join person a on a.id = t.assignee_id
                        where %s and %s order by t.number""".formatted(condition.gather(), condition.row()))
                .params(condition.parameters())
                .withFetchSize(ROWS_AT_ONCE);
        var output = opened.get();
        var csv = new CsvWriter(output);
        try {
            csv.line(HEADINGS);
            try {
                statement.query(row -> {
                    line(csv, row);
                });
            } catch (DataAccessException e) {
                log.warn("An export broke off: {}", e.toString());
                csv.line(List.of(BROKEN_OFF));
            }
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(CsvWriter csv, ResultSet row) throws SQLException {
        try {
            csv.line(Arrays.asList(
                    row.getLong("number"),
                    row.getString("subject"),
                    row.getString("status"),
                    row.getString("priority"),
                    row.getString("requester_name"),
                    row.getString("organisation_name"),
                    row.getString("team_name"),
                    row.getString("assignee_name"),
                    String.join(" | ", Sql.texts(row, "tags")),
                    instant(row, "due_at"),
                    instant(row, "created_at"),
                    instant(row, "updated_at"),
                    instant(row, "first_replied_at"),
                    instant(row, "resolved_at"),
                    instant(row, "last_message_at"),
                    row.getString("last_message_by")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        return Sql.instantOrNull(row, column);
    }
}
