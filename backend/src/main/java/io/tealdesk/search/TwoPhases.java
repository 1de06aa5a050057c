package io.tealdesk.search;

import io.tealdesk.search.FilterCondition.Bound;
import io.tealdesk.shared.Count;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.TicketStatus;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the tickets of a page or a count at a cost that has a bound (docs/adr/0015). First it walks the index of the
 * order for at most {@link #WALK_MAX} rows: a filter that more than about one of a hundred passes is done with that. Where
 * the walk ends without enough, or its first rows say that it will, few pass, so an index over what tickets are found by
 * gathers them, and they are sorted. What one requester or organisation asked is found by their own index at once.
 */
@Component
class TwoPhases {

    static final int WALK_MAX = 4000;
    /** What one of two hundred passes is in thousands of tickets: to gather and sort them takes longer than this. */
    private static final int LONG_WALK_MAX = 12_000;
    /** So many rows tell well enough how many pass. */
    private static final int FIRST_ROWS = 500;
    /** And so many where each is a dozen times dearer. */
    private static final int FIRST_DEAR_ROWS = 100;

    /** To gather more tickets with a word takes longer than to walk. */
    private static final int RARE_MAX = WALK_MAX;

    private static final Duration MONTH = Duration.ofDays(30);
    /** The month that a ticket was opened in, as its index says it. */
    private static final String OPENED_IN =
            "date_bin(interval '720 hours', t.created_at, timestamptz '1970-01-01 00:00:00+00')";

    private static final Duration LONG_AGO = Duration.ofDays(10);
    /** Five years of months; more would take longer to plan than to gather. */
    private static final int BRANCHES_MAX = 60;

    private static final Duration LIST_TIME_MAX = Duration.ofSeconds(2);
    private static final Duration COUNT_TIME_MAX = Duration.ofSeconds(1);
    static final String QUERY_CANCELED = "57014";
    // Named one by one: what is prepared as "*" fails within a transaction once a next release has added a column.
    private static final String COLUMNS = """
            t.number, t.subject, t.status, t.priority, t.requester_id, t.organisation_id, t.team_id, t.assignee_id,
            t.tags, t.due_at, t.created_at, t.updated_at, t.last_message_at, t.last_message_by, t.snoozed_at,
            t.snoozed_until, t.version""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TwoPhases(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setReadOnly(true);
    }

    /**
     * The first rows after a place in the list, or before it and then from there backwards.
     *
     * @param place null for the start of the list
     */
    <T> List<T> rows(
            FilterCondition filter,
            TicketOrder order,
            @Nullable Cursor place,
            boolean isBackwards,
            int limit,
            RowMapper<T> mapper) {
        return inTime(() -> {
            if (filter.isOfOne()) {
                return ofOne(filter, order, place, isBackwards, limit, mapper);
            }
            var walk = new Steps(filter, order, place, isBackwards, months(filter, order));
            var rows = firstRows(filter);
            var first = walked(walk, limit, rows, mapper);
            if (first.isEnough(limit)) {
                return first.passing;
            }
            var statuses = walk.branches.isEmpty() ? statuses(filter, order) : List.<Branch>of();
            if (!statuses.isEmpty()) {
                walk = new Steps(filter, order, place, isBackwards, statuses);
                first = walked(walk, limit, rows, mapper);
                if (first.isEnough(limit)) {
                    return first.passing;
                }
            }
            var further = further(first.passing.size(), rows, limit, filter);
            if (further > 0) {
                var all = walked(walk, limit, further, mapper);
                if (all.isEnough(limit)) {
                    return all.passing;
                }
            }
            return gathered(filter, order, place, isBackwards, limit, mapper);
        });
    }

    Count count(FilterCondition filter) {
        return inTime(() -> {
            if (filter.isOfOne()) {
                return counted(filter.row(), filter);
            }
            if (filter.isOfTeams()) {
                // In the order of an index that knows all of it, or the table would be read for a team with few.
                return counted(filter.row() + " order by t.team_id", filter);
            }
            var rows = firstRows(filter);
            var first = countedWalk(filter, rows);
            if (!first.isEnd) {
                return Count.upTo(first.passing);
            }
            if (first.passing * (WALK_MAX / rows) > Count.CAP || !filter.isIndexed() || isOfFrequentWords(filter)) {
                var all = countedWalk(filter, WALK_MAX);
                if (all.passing > Count.CAP || !all.isEnd) {
                    return Count.upTo(all.passing);
                }
            }
            return gathering(filter, COUNT_TIME_MAX, () -> counted(filter.gather() + " and " + filter.row(), filter));
        });
    }

    /**
     * How far a walk most likely finds enough, as so many of its first rows passed.
     *
     * @return 0 where it is quicker to gather what passes
     */
    private int further(int passing, int rows, int limit, FilterCondition filter) {
        var share = passing / (double) rows;
        if (share * WALK_MAX >= limit || !filter.isIndexed()) {
            return WALK_MAX;
        }
        if (filter.readsWords()) {
            return isOfFrequentWords(filter) ? WALK_MAX : 0;
        }
        // One or two may be chance.
        return passing > 2 && share * LONG_WALK_MAX >= limit ? LONG_WALK_MAX : 0;
    }

    /**
     * Whether so many tickets hold the words that gathering them would take long. A hundred rows may miss what one of
     * thirty tickets holds, and the tickets that changed last may be unlike the others.
     */
    private boolean isOfFrequentWords(FilterCondition filter) {
        var holding = filter.holding();
        return holding != null
                && gathering(
                                filter,
                                COUNT_TIME_MAX,
                                () -> jdbc.sql("select count(*) from (%s limit %d) held"
                                                .formatted(holding, RARE_MAX + 1))
                                        .params(filter.parameters())
                                        .query(Integer.class)
                                        .single())
                        > RARE_MAX;
    }

    private static int firstRows(FilterCondition filter) {
        return filter.readsWords() ? FIRST_DEAR_ROWS : FIRST_ROWS;
    }

    private CountedWalk countedWalk(FilterCondition filter, int rows) {
        return jdbc.sql("""
                        select count(*) filter (where counted.passes) as passing,
                               coalesce(bool_or(counted.walked = %3$d), false) as is_end
                        from (select t.passes, t.walked
                              from (select t.walked, (%2$s) is true as passes
                                    from (select t.*, row_number() over (order by t.updated_at desc, t.number desc)
                                                 as walked
                                          from (select t.* from ticket t where %1$s
                                                order by t.updated_at desc, t.number desc limit %3$d) t) t
                                    offset 0) t
                              where t.passes or t.walked = %3$d
                              limit %4$d) counted
                        """.formatted(
                                filter.isActive() ? FilterCondition.ACTIVE : "true", filter.row(), rows, Count.CAP + 1))
                .params(filter.parameters())
                .withQueryTimeout((int) COUNT_TIME_MAX.toSeconds())
                .query((row, index) -> new CountedWalk(row.getInt("passing"), row.getBoolean("is_end")))
                .single();
    }

    private Count counted(String condition, FilterCondition filter) {
        return Count.upTo(jdbc.sql("select count(*) from (select from ticket t where %s limit %d) counted"
                        .formatted(condition, Count.CAP + 1))
                .params(filter.parameters())
                .withQueryTimeout((int) COUNT_TIME_MAX.toSeconds())
                .query(Integer.class)
                .single());
    }

    /** By change and by creation an index has theirs in order; for the others they are few enough to sort. */
    private <T> List<T> ofOne(
            FilterCondition filter,
            TicketOrder order,
            @Nullable Cursor place,
            boolean isBackwards,
            int limit,
            RowMapper<T> mapper) {
        var key = order.isIndexedForOne() ? order.key() : order.unindexedKey();
        return jdbc.sql(withNames(
                        """
                        select %1$s, %2$s as sort_key from ticket t where %3$s and %4$s
                        order by %5$s limit %6$d""".formatted(
                                        COLUMNS,
                                        key,
                                        filter.row(),
                                        place == null ? "true" : order.continuation(isBackwards),
                                        order.orderBy(key, "t.number", isBackwards),
                                        limit),
                        order.orderBy("t.sort_key", "t.number", isBackwards)))
                .params(filter.parameters())
                .params(place == null ? Map.of() : order.parameters(place))
                .withQueryTimeout((int) LIST_TIME_MAX.toSeconds())
                .query(mapper)
                .list();
    }

    /**
     * The months that tickets opened before a day long ago were opened in. The last change first, these begin far down,
     * behind all that was opened since; an index by the month has each month's in that order, to be merged.
     *
     * @return empty where the filter does not ask for it, or there are too many to merge
     */
    private List<Branch> months(FilterCondition filter, TicketOrder order) {
        var end = filter.bounds().stream()
                .filter(bound -> bound.isOn(FilterProperty.CREATED, FilterOperator.BEFORE))
                .map(Bound::instant)
                .min(Comparator.naturalOrder())
                .filter(clock.instant().minus(LONG_AGO)::isAfter);
        if (order != TicketOrder.UPDATED || filter.isActive() || end.isEmpty()) {
            return List.of();
        }
        var begin = filter.bounds().stream()
                .filter(bound -> bound.isOn(FilterProperty.CREATED, FilterOperator.AFTER))
                .map(Bound::instant)
                .max(Comparator.naturalOrder())
                .or(() -> jdbc.sql("select min(created_at) as created_at from ticket")
                        .query((row, index) -> Optional.ofNullable(Sql.instantOrNull(row, "created_at")))
                        .single())
                .orElse(end.get());
        var first = Math.floorDiv(begin.getEpochSecond(), MONTH.toSeconds());
        var last = Math.floorDiv(end.get().getEpochSecond(), MONTH.toSeconds());
        if (last - first >= BRANCHES_MAX) {
            return List.of();
        }
        // The index says when in its month, too, so that what is beyond the edges is not looked up in the table.
        var within = filter.bounds().stream()
                .filter(bound -> bound.property() == FilterProperty.CREATED)
                .map(bound -> " and t.created_at " + bound.comparison())
                .collect(Collectors.joining());
        return LongStream.rangeClosed(first, last)
                .mapToObj(month -> new Branch(
                        OPENED_IN + " = :branch" + (month - first) + within,
                        "branch" + (month - first),
                        Sql.timestamp(Instant.ofEpochSecond(month * MONTH.toSeconds()))))
                .toList();
    }

    /**
     * Each team's tickets of each status, which an index has by their last change: of most statuses there are few, and
     * those that pass lie close together there.
     *
     * @return empty where the filter asks for closed tickets, which are most, or there are too many to merge
     */
    private List<Branch> statuses(FilterCondition filter, TicketOrder order) {
        if (order != TicketOrder.UPDATED
                || filter.isActive()
                || filter.statuses().contains(TicketStatus.CLOSED)) {
            return List.of();
        }
        var teams = filter.teams() != null
                ? filter.teams()
                : jdbc.sql("select id from team").query(UUID.class).set();
        if (teams.size() * filter.statuses().size() > BRANCHES_MAX) {
            return List.of();
        }
        var branches = new ArrayList<Branch>();
        for (var team : teams) {
            for (var status : filter.statuses()) {
                var name = "branch" + branches.size();
                branches.add(new Branch("t.team_id = :%s and t.status = '%s'".formatted(name, status), name, team));
            }
        }
        return branches;
    }

    private <T> Walk<T> walked(Steps steps, int limit, int rows, RowMapper<T> mapper) {
        var order = steps.order;
        var sort = order.orderBy("t.sort_key", "t.number", steps.isBackwards);
        // The key is a column of the inner list, so that the planner knows the outer ones to be sorted already. The
        // last row of a full walk comes along, whether it passes or not, to tell that there is more behind it.
        // "offset 0" keeps the planner from working the filter out twice, and the order beside it from sorting a whole
        // walk: a walk ends where the page is full.
        var walked = jdbc.sql(
                        withNames("""
                        select %1$s, t.sort_key, t.walked, t.passes
                        from (select t.*, (%4$s) is true as passes
                              from (select t.*, row_number() over (order by %3$s) as walked
                                    from (%2$s) t) t
                              order by %3$s offset 0) t
                        where t.passes or t.walked = %5$d
                        order by %3$s limit %6$d""".formatted(COLUMNS, steps.sql(rows), sort, steps.filter.row(), rows, limit), sort))
                .params(steps.parameters())
                .withQueryTimeout((int) LIST_TIME_MAX.toSeconds())
                .query((row, index) ->
                        new Walked<>(mapper.mapRow(row, index), row.getBoolean("passes"), row.getInt("walked") == rows))
                .list();
        return new Walk<>(
                walked.stream().filter(Walked::passes).map(Walked::row).toList(),
                walked.isEmpty() || !walked.getLast().isEndOfWalk());
    }

    private <T> List<T> gathered(
            FilterCondition filter,
            TicketOrder order,
            @Nullable Cursor place,
            boolean isBackwards,
            int limit,
            RowMapper<T> mapper) {
        var sort = order.orderBy("t.sort_key", "t.number", isBackwards);
        return gathering(
                filter,
                LIST_TIME_MAX,
                () -> jdbc.sql(withNames(
                                """
                        select %1$s, %2$s as sort_key from ticket t where %3$s and %4$s and %5$s
                        order by %6$s limit %7$d""".formatted(
                                                COLUMNS,
                                                order.unindexedKey(),
                                                filter.gather(),
                                                filter.row(),
                                                place == null ? "true" : order.continuation(isBackwards),
                                                order.orderBy(order.unindexedKey(), "t.number", isBackwards),
                                                limit),
                                sort))
                        .params(filter.parameters())
                        .params(place == null ? Map.of() : order.parameters(place))
                        .query(mapper)
                        .list());
    }

    /**
     * With the settings that keep the planner to the indexes of facets and dates. Where there is more than facets, what it
     * makes of values that it has not seen would be a plan for average ones, and nothing there is average; where there is
     * not, one plan does, and making it anew takes as long as following it.
     */
    private <T> T gathering(FilterCondition filter, Duration timeMax, Supplier<T> query) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql("""
                            select set_config('statement_timeout', :timeMax, true),
                                   set_config('enable_seqscan', :seqscan, true),
                                   set_config('plan_cache_mode', :plan, true)""")
                    .param("timeMax", Long.toString(timeMax.toMillis()))
                    .param("plan", filter.isOfFacets() ? "force_generic_plan" : "force_custom_plan")
                    // Where no index can help, the whole table is the quickest way.
                    .param("seqscan", filter.isIndexed() ? "off" : "on")
                    .query()
                    .singleRow();
            return query.get();
        }));
    }

    /**
     * The rows are found first and named afterwards, a page at a time. As joins, the names would make a statement of five
     * tables: it takes longer to plan than to run, and its plan reads all organisations for the fifty of a page.
     */
    private static String withNames(String found, String sort) {
        return """
                select t.*, (select r.name from person r where r.id = t.requester_id) as requester_name,
                       (select o.name from organisation o where o.id = t.organisation_id) as organisation_name,
                       (select m.name from team m where m.id = t.team_id) as team_name,
                       (select a.name from person a where a.id = t.assignee_id) as assignee_name,
                       s.target as sla_target, s.state as sla_state, s.due_at as sla_due_at
                from (%s) t
                left join lateral (select c.target, c.state, c.due_at from sla_clock c
                                   where c.ticket_number = t.number and c.state in ('RUNNING', 'PAUSED')
                                   order by c.due_at nulls last, c.target limit 1) s on true
                order by %s
                """.formatted(found, sort);
    }

    private static <T> T inTime(Supplier<T> query) {
        try {
            return query.get();
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause && QUERY_CANCELED.equals(cause.getSQLState())) {
                throw ListProblem.tooBroad();
            }
            throw e;
        }
    }

    /** A part of all tickets that an index has in the order, found by one value. */
    private record Branch(String condition, String parameter, Object value) {}

    /** @param branches where only these are walked, merged; none for all tickets */
    private record Steps(
            FilterCondition filter,
            TicketOrder order,
            @Nullable Cursor place,
            boolean isBackwards,
            List<Branch> branches) {

        String sql(int rows) {
            if (branches.isEmpty()) {
                return step("true", rows);
            }
            return branches.stream()
                    .map(branch -> step(branch.condition, rows))
                    .collect(Collectors.joining(
                            ") union all (",
                            "select * from ((",
                            ")) step order by %s limit %d"
                                    .formatted(order.orderBy("sort_key", "number", isBackwards), rows)));
        }

        private String step(String condition, int rows) {
            return "select t.*, %1$s as sort_key from ticket t where %2$s and %3$s order by %4$s limit %5$d"
                    .formatted(
                            order.key(), condition, range(), order.orderBy(order.key(), "t.number", isBackwards), rows);
        }

        private String range() {
            var range = filter.bounds().stream()
                    .flatMap(bound -> order.isWithin(bound)
                            ? Stream.of(order.key() + " " + bound.comparison())
                            : order.implied(bound).stream())
                    .collect(Collectors.joining(" and "));
            return (filter.isActive() ? FilterCondition.ACTIVE : "true")
                    + (place == null ? "" : " and " + order.continuation(isBackwards))
                    + (range.isEmpty() ? "" : " and " + range);
        }

        Map<String, Object> parameters() {
            var all = new HashMap<>(filter.parameters());
            if (place != null) {
                all.putAll(order.parameters(place));
            }
            branches.forEach(branch -> all.put(branch.parameter, branch.value));
            return all;
        }
    }

    private record Walked<T>(T row, boolean passes, boolean isEndOfWalk) {}

    /** @param isWholeList whether there is nothing behind what was walked */
    private record Walk<T>(List<T> passing, boolean isWholeList) {

        boolean isEnough(int limit) {
            return passing.size() == limit || isWholeList;
        }
    }

    /** @param isEnd whether it ended with its last row, behind which there may be more */
    private record CountedWalk(int passing, boolean isEnd) {}
}
