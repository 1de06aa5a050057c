package io.tealdesk.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds the newest matches without reading all of them. A common word fills the page from the newest thousand tickets; how
 * many hold one that is less common tells how far back to look next; a rare one is in none of them, and then the whole
 * index is asked, which holds few of it.
 */
@Component
class SearchWindows {

    /** As {@code ticket_search.shard} is made. */
    private static final int SHARD = 1024;
    /** Tells well enough how common a word is; what is not in here is rare. */
    private static final long WIDE = 64 * SHARD;
    /** More rows one by one cost more than the whole index. */
    private static final long ROWS_MAX = 32 * SHARD;

    private static final long WHOLE = Long.MAX_VALUE;

    private final JdbcClient jdbc;

    SearchWindows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest matches below that number. It looks further back until there are enough of them, and ends there. A
     * customer has few tickets, and the plan begins with those: no windows.
     *
     * @param enough so many at least, if there are as many
     * @param limit so many at most
     */
    Found newest(SearchCondition condition, boolean isForStaff, long below, int enough, int limit) {
        var matches = new ArrayList<Match>();
        long highest = highestNumber();
        long begin = Math.min(below, highest + 1);
        var reading = reading(condition, highest - begin);
        long end = begin;
        long width = isForStaff ? SHARD : WHOLE;
        while (end > 1 && matches.size() < enough) {
            // Windows end where shards do, the first one reaches over what there is of the newest.
            long start = width >= end ? 0 : (end - width) / SHARD * SHARD;
            matches.addAll(matches(
                    condition,
                    isForStaff,
                    start == 0 ? Reading.WHOLE : reading,
                    new Window(start, end),
                    limit - matches.size()));
            end = start;
            width = matches.isEmpty() && isQuickAsAWhole(condition)
                    ? WHOLE
                    : next(reading, begin - end, end, matches.size(), enough);
        }
        return matches.size() < limit
                ? new Found(bestFirst(matches), end)
                : new Found(
                        bestFirst(matches),
                        matches.stream().mapToLong(Match::number).min().orElse(end));
    }

    /** All matches with numbers from the one up to below the other, or the newest of them where that is too many. */
    Found between(SearchCondition condition, boolean isForStaff, long floor, long below, int limit) {
        long highest = highestNumber();
        var window = new Window(Math.min(floor, highest), Math.min(below, highest + 1));
        var reading = reading(condition, highest - window.end);
        long widest = reading == Reading.ROWS ? ROWS_MAX : highest / 2;
        var isWhole = !isForStaff || floor == 0 || window.end - window.start > widest;
        return new Found(
                bestFirst(matches(condition, isForStaff, isWhole ? Reading.WHOLE : reading, window, limit)), floor);
    }

    /** Among equals the newest. */
    private static List<Match> bestFirst(List<Match> matches) {
        return matches.stream()
                .sorted(Comparator.comparingInt(Match::rank)
                        .thenComparingLong(Match::number)
                        .reversed())
                .toList();
    }

    private long highestNumber() {
        return jdbc.sql("select coalesce(max(number), 0) from ticket")
                .query(Long.class)
                .single();
    }

    private static Reading reading(SearchCondition condition, long newer) {
        var words = condition.words();
        // For a beginning the index gathers all that it has of all words, and above a window all that is newer.
        return words == null || words.hasBeginning() || newer > WIDE ? Reading.ROWS : Reading.NEWEST;
    }

    /** What none of the newest holds is rare, and the index has few of it; a phrase's words may be common. */
    private static boolean isQuickAsAWhole(SearchCondition condition) {
        return condition.words() != null && condition.words().isPlain();
    }

    /** How far back the page is full, at the pace so far; the whole where that costs less. */
    private static long next(Reading reading, long walked, long rest, int found, int enough) {
        // Half as much again at least: a word may have become common of late.
        long expected = found == 0 ? WHOLE : Math.max(walked / 2, walked * (enough - found) / found * 5 / 4);
        if (reading == Reading.ROWS) {
            return expected <= ROWS_MAX ? expected : WHOLE;
        }
        return walked < WIDE ? Math.min(expected, WIDE) : expected <= rest / 2 ? expected : WHOLE;
    }

    private List<Match> matches(
            SearchCondition condition, boolean isForStaff, Reading reading, Window window, int limit) {
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
                              from %4$s join ticket t on t.number = s.ticket_number
                              where %5$s and %3$s @@ %2$s
                                and %1$s
                              order by %6$s desc limit :limit) newest""".formatted(
                                condition.ticket(),
                                words.sql(),
                                heard(isForStaff),
                                reading.documents,
                                reading.range,
                                reading.order);
        return jdbc.sql(sql)
                .params(condition.parameters())
                .params(window.parameters())
                .param("limit", limit)
                .query((row, index) -> new Match(row.getLong("number"), row.getInt("rank")))
                .list();
    }

    /** For customers what staff alone may know is taken out before it is compared: no answer may depend on it. */
    private static String heard(boolean isForStaff) {
        return isForStaff ? "s.words" : "ts_filter(s.words, '{a,b,d}')";
    }

    /** How the documents of a window are read. */
    private enum Reading {
        /**
         * By their words, and by their shards from the window's first one: with a last one as well the index would gather
         * all shards before that, and of the newer ones few are there. "+ 0": no index shall gather all numbers.
         */
        NEWEST(
                "ticket_search s",
                "s.shard >= cast(:firstShard as int) and s.ticket_number + 0 >= :start and s.ticket_number + 0 < :end",
                "s.ticket_number + 0"),
        /** One by one from the newest, until there are enough; "offset 0" keeps the index of words out of it. */
        ROWS("""
                (select ticket_number, words from ticket_search
                 where ticket_number >= :start and ticket_number < :end
                 order by ticket_number desc offset 0) s""", "true", "s.ticket_number"),
        /** By their words alone. */
        WHOLE("ticket_search s", "s.ticket_number >= :start and s.ticket_number < :end", "s.ticket_number + 0");

        private final String documents;
        private final String range;
        private final String order;

        Reading(String documents, String range, String order) {
            this.documents = documents;
            this.range = range;
            this.order = order;
        }
    }

    /** @param floor whatever else matches has lower numbers */
    record Found(List<Match> matches, long floor) {}

    private record Window(long start, long end) {

        Map<String, Long> parameters() {
            return Map.of("start", start, "end", end, "firstShard", start / SHARD);
        }
    }

    /** @param rank 0 to 6, coarse on purpose: among equals the newest comes first */
    record Match(long number, int rank) {}
}
