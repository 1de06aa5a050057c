package io.tealdesk.search;

import io.tealdesk.shared.Problem;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Bounds what a search may cost. A servlet is not told that its client has gone, so what is out of date is known by what
 * comes after it: the next suggestions of a session cancel those that still run for it.
 */
@Component
class SearchTime {

    private static final Logger log = LoggerFactory.getLogger(SearchTime.class);

    private final JdbcClient jdbc;
    private final DataSource dataSource;
    private final SearchProperties properties;
    private final TransactionTemplate search;
    private final TransactionTemplate suggestions;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();

    SearchTime(
            JdbcClient jdbc,
            DataSource dataSource,
            SearchProperties properties,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.dataSource = dataSource;
        this.properties = properties;
        this.search = readOnly(transactions, properties.timeout());
        this.suggestions = readOnly(transactions, properties.suggestionTimeout());
    }

    /** All of its statements together end in the time, to the second; each of them by itself to the millisecond. */
    private static TransactionTemplate readOnly(PlatformTransactionManager transactions, Duration timeout) {
        var template = new TransactionTemplate(transactions);
        template.setReadOnly(true);
        template.setTimeout((int) timeout.plusMillis(999).toSeconds());
        return template;
    }

    /** Runs what somebody waits for. */
    <T> T within(Supplier<T> work) {
        try {
            return Objects.requireNonNull(search.execute(status -> {
                limit(properties.timeout());
                return work.get();
            }));
        } catch (QueryTimeoutException | TransactionTimedOutException tooLong) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "search-takes-too-long",
                    "The search takes too long",
                    "Add a word, or narrow it down with after:, team: or status:.");
        }
    }

    /** Runs what the session's next request of this kind makes useless; empty when that came, or when it took too long. */
    <T> Optional<T> latestOnly(UUID sessionId, Supplier<T> work) {
        var mine = new Running();
        var before = running.put(sessionId, mine);
        if (before != null) {
            before.cancel();
        }
        try {
            return Optional.ofNullable(suggestions.execute(status -> {
                limit(properties.suggestionTimeout());
                mine.begin(connection());
                try {
                    return work.get();
                } finally {
                    mine.end();
                }
            }));
        } catch (QueryTimeoutException | TransactionTimedOutException overtaken) {
            return Optional.empty();
        } catch (DataAccessException | TransactionException failure) {
            // A cancellation that came late fails the transaction at its end, with whatever error that is.
            if (mine.isCancelled()) {
                return Optional.empty();
            }
            throw failure;
        } finally {
            running.remove(sessionId, mine);
        }
    }

    private void limit(Duration timeout) {
        // What fits a rare word does not fit a common one: no plan is kept from the search before. How many match is
        // guessed far too high as a rule, and what pays for many costs more than the search itself: other joins than
        // from match to ticket, machine code, more processes.
        jdbc.sql("""
                        select set_config('statement_timeout', :millis, true)
                               || set_config('plan_cache_mode', 'force_custom_plan', true)
                               || set_config('enable_hashjoin', 'off', true)
                               || set_config('enable_mergejoin', 'off', true)
                               || set_config('jit', 'off', true)
                               || set_config('max_parallel_workers_per_gather', '0', true)
                               || set_config('work_mem', '16MB', true)""")
                .param("millis", Long.toString(timeout.toMillis()))
                .query(String.class)
                .single();
    }

    private PGConnection connection() {
        // The one of this transaction, which keeps it.
        var its = DataSourceUtils.getConnection(dataSource);
        try {
            return its.unwrap(PGConnection.class);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            DataSourceUtils.releaseConnection(its, dataSource);
        }
    }

    /** Cancelling belongs to a connection, not to a statement: only as long as the connection is this one's. */
    private class Running {

        private @Nullable PGConnection connection;
        private boolean isCancelled;

        synchronized void begin(PGConnection its) {
            if (isCancelled) {
                throw new QueryTimeoutException("Overtaken before it began");
            }
            connection = its;
        }

        synchronized boolean isCancelled() {
            return isCancelled;
        }

        synchronized void cancel() {
            isCancelled = true;
            if (connection != null) {
                try {
                    connection.cancelQuery();
                } catch (SQLException failure) {
                    log.debug("Nothing to cancel: {}", failure.toString());
                }
            }
        }

        /** A cancellation that came too late for the last statement must not hit the connection's next user. */
        synchronized void end() {
            connection = null;
            if (isCancelled) {
                try {
                    jdbc.sql("select 1").query(Integer.class).single();
                } catch (DataAccessException expected) {
                    log.debug("Cancelled: {}", expected.toString());
                }
            }
        }
    }
}
