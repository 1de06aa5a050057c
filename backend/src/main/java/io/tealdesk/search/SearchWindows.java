package io.tealdesk.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the newest matches without reading all of them. A common word fills the page from the newest thousand tickets; a
 * rare one is in none of them, and then the whole index is asked, which holds few of it.
 */
@Component
class SearchWindows {

    /** As {@code ticket_search.shard} is made. */
    private static final int SHARD = 1024;

    private static final int WIDENING = 8;
    private static final int WINDOWS_MAX = 4;

    private final JdbcClient jdbc;

    SearchWindows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest matches below that number, at most so many; the best of them first, among equals the newest. A customer
     * has few tickets, and the plan begins with those: no windows.
     */
    List<Match> newest(SearchCondition condition, boolean isForStaff, long below, int limit) {
        var matches = new ArrayList<Match>();
        long end = Math.min(below, highestNumber() + 1);
        long width = SHARD;
        for (int window = 1; end > 1 && matches.size() < limit; window++) {
            // Windows end where shards do, the first one reaches over what there is of the newest.
            var isPart = isForStaff && (window == 1 || (!matches.isEmpty() && window < WINDOWS_MAX));
            long start = isPart ? Math.max(0, (end - width) / SHARD * SHARD) : 0;
            matches.addAll(between(condition, isForStaff, start, end, limit - matches.size()));
            end = start;
            width *= WIDENING;
        }
        matches.sort(Comparator.comparingInt(Match::rank)
                .thenComparingLong(Match::number)
                .reversed());
        return matches;
    }

    private long highestNumber() {
        return jdbc.sql("select coalesce(max(number), 0) from ticket")
                .query(Long.class)
                .single();
    }

    private List<Match> between(SearchCondition condition, boolean isForStaff, long start, long end, int limit) {
        var words = condition.words();
        // "+ 0": by its order's own index PostgreSQL would walk through all tickets to find a few.
        var sql = words == null
                ? """
                        select t.number, 0 as rank from ticket t
                        where t.number >= :start and t.number < :end and %s
                        order by t.number + 0 desc limit :limit""".formatted(condition.ticket())
                : """
                        select number, round(least(ts_rank_cd('{0.1, 0.2, 0.4, 1}', words, %2$s), 3) * 2)::int as rank
                        from (select t.number, %3$s as words
                              from ticket_search s join ticket t on t.number = s.ticket_number
                              where %4$s s.ticket_number >= :start and s.ticket_number < :end
                                and %3$s @@ %2$s
                                and %1$s
                              order by s.ticket_number + 0 desc limit :limit) newest""".formatted(condition.ticket(), words.sql(), heard(isForStaff), shards(isForStaff, start));
        return jdbc.sql(sql)
                .params(condition.parameters())
                .param("start", start)
                .param("end", end)
                .param("firstShard", start / SHARD)
                .param("lastShard", (end - 1) / SHARD)
                .param("limit", limit)
                .query((row, index) -> new Match(row.getLong("number"), row.getInt("rank")))
                .list();
    }

    /** For customers what staff alone may know is taken out before it is compared: no answer may depend on it. */
    private static String heard(boolean isForStaff) {
        return isForStaff ? "s.words" : "ts_filter(s.words, '{a,b,d}')";
    }

    /** Without it where the window is the whole: gathering all shards costs more than it saves. */
    private static String shards(boolean isForStaff, long start) {
        return isForStaff && start > 0
                ? "s.shard between cast(:firstShard as int) and cast(:lastShard as int) and"
                : "";
    }

    /** @param rank 0 to 6, coarse on purpose: among equals the newest comes first */
    record Match(long number, int rank) {}
}
