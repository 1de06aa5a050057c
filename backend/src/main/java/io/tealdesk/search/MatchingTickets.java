package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Finds all tickets that a filter passes at one moment, for what is to be done to all of them. */
@Component
public class MatchingTickets {

    private static final Duration TIME_MAX = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final SearchFill searchFill;
    private final Clock clock;

    MatchingTickets(JdbcClient jdbc, SearchFill searchFill, Clock clock) {
        this.jdbc = jdbc;
        this.searchFill = searchFill;
        this.clock = clock;
    }

    /**
     * Their numbers in order.
     *
     * @param filter JSON, as lists take it
     * @param zone where its relative dates are read
     * @param most so many at the most; who asks for one more than wanted knows whether there are more
     */
    @Transactional
    public List<Long> numbers(Viewer viewer, String filter, @Nullable String zone, int most) {
        var condition = FilterCompiler.compiled(
                FilterJson.parsed(filter, "filter"),
                viewer,
                FilterInstants.of(clock.instant(), zone),
                searchFill::isComplete);
        try {
            return jdbc.sql("""
                            select number from (
                                select t.number from ticket t where %s and %s limit :most) found
                            order by number""".formatted(condition.gather(), condition.row()))
                    .params(condition.parameters())
                    .withQueryTimeout((int) TIME_MAX.toSeconds())
                    .param("most", most)
                    .query(Long.class)
                    .list();
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause
                    && TwoPhases.QUERY_CANCELED.equals(cause.getSQLState())) {
                throw ListProblem.tooBroad();
            }
            throw e;
        }
    }
}
