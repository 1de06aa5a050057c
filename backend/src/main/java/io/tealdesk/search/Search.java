package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SearchHit.FoundMessage;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchWindows.Match;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Page;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Full-text search within what the viewer may see. The newest matches, as many as a page needs and at most 200, are put
 * in the order of how well they fit; the next ones follow behind them. So a page costs about the same however many there
 * are, and nothing is left out.
 */
@Component
class Search {

    static final int RANKED = 200;
    private static final String ORDER = "search";
    private static final int MESSAGES_READ = 30;
    private static final int CHARACTERS_READ = 4_000;

    private final JdbcClient jdbc;
    private final SearchWindows windows;
    private final SearchPeople people;
    private final SearchTime time;
    private final Clock clock;

    Search(JdbcClient jdbc, SearchWindows windows, SearchPeople people, SearchTime time, Clock clock) {
        this.jdbc = jdbc;
        this.windows = windows;
        this.people = people;
        this.time = time;
        this.clock = clock;
    }

    Page<SearchHit> page(Viewer viewer, String input, @Nullable String cursor, int limit) {
        var query = viewer.isStaff()
                ? SearchQueryParser.parse(input, clock.instant())
                : SearchQueryParser.parseWithoutOperators(input, clock.instant());
        var place = cursor == null ? null : Place.of(Cursor.decoded(cursor, ORDER, 4));
        var found = time.within(() -> found(viewer, query, place, limit));
        // By keys: with plans that are kept, unlike those of what is found.
        var hits = hits(viewer, query, found.numbers);
        return new Page<>(
                hits, found.following == null ? null : found.following.cursor().encoded(), null);
    }

    private Found found(Viewer viewer, SearchQuery query, @Nullable Place place, int limit) {
        var condition = SearchCondition.of(query, viewer, people);
        var found = new ArrayList<Match>();
        var exact = exactNumber(viewer, query);
        if (place == null) {
            exact.ifPresent(found::add);
        }
        @Nullable Place following = place == null ? Place.START : place;
        while (following != null && found.size() <= limit) {
            var from = following;
            var group = from.isOpen()
                    ? windows.newest(condition, viewer.isStaff(), from.below, limit + 1, RANKED)
                    // Documents that were made in the meantime may have come into it.
                    : windows.between(condition, viewer.isStaff(), from.floor, from.below, 2 * RANKED);
            var ranked = group.matches();
            var below = ranked.stream().mapToLong(Match::number).max().orElse(0) + 1;
            int before = found.size();
            ranked.stream()
                    .filter(from::isBefore)
                    .filter(match -> exact.isEmpty() || exact.get().number() != match.number())
                    .forEach(found::add);
            if (found.size() > limit) {
                var last = found.get(limit - 1);
                following = before >= limit
                        ? from
                        : new Place(Math.min(from.below, below), group.floor(), last.rank(), last.number());
                break;
            }
            following = group.floor() <= 1 ? null : Place.below(group.floor());
        }
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new Found(shown.stream().map(Match::number).toList(), following);
    }

    /** Somebody who types nothing but a number most likely means the ticket. */
    private Optional<Match> exactNumber(Viewer viewer, SearchQuery query) {
        if (query.terms().size() != 1 || !(query.terms().getFirst() instanceof TicketNumber number)) {
            return Optional.empty();
        }
        var scope = TicketScope.of(viewer);
        return jdbc.sql("select t.number from ticket t where t.number = :number and " + scope.condition())
                .param("number", number.number())
                .params(scope.parameters())
                .query((row, index) -> new Match(row.getLong("number"), Place.BEST))
                .optional();
    }

    private List<SearchHit> hits(Viewer viewer, SearchQuery query, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        var highlights = new SearchHighlights(query);
        var messages = messages(viewer, highlights, numbers);
        var scope = TicketScope.of(viewer);
        var hits = jdbc.sql("""
                        select t.number, t.subject, t.status, t.priority, t.tags, t.created_at, t.updated_at,
                               t.snoozed_at, t.requester_id, t.team_id, t.assignee_id,
                               (select r.name from person r where r.id = t.requester_id) as requester_name,
                               (select m.name::text from team m where m.id = t.team_id) as team_name,
                               (select a.name from person a where a.id = t.assignee_id) as assignee_name,
                               case when t.merged_into is not null and t.status = 'CLOSED'
                                   then ticket_root(t.number) end as merged_into
                        from ticket t
                        where t.number = any(:numbers) and %s""".formatted(scope.condition()))
                .param("numbers", numbers.toArray(Long[]::new))
                .params(scope.parameters())
                .query((row, index) -> hit(row, highlights, messages))
                .list();
        return hits.stream()
                .sorted(Comparator.comparingInt(hit -> numbers.indexOf(hit.number())))
                .toList();
    }

    private static SearchHit hit(ResultSet row, SearchHighlights highlights, Map<Long, FoundMessage> messages)
            throws SQLException {
        var number = row.getLong("number");
        var status = TicketStatus.valueOf(row.getString("status"));
        var subject = row.getString("subject");
        var assignee = Sql.uuidOrNull(row, "assignee_id");
        return new SearchHit(
                number,
                new SearchHighlights.Snippet(subject, false, false, highlights.in(subject)),
                status,
                Lane.of(status, row.getObject("snoozed_at") != null),
                TicketPriority.valueOf(row.getString("priority")),
                name(row, "requester"),
                name(row, "team"),
                assignee == null ? null : name(row, "assignee"),
                Sql.texts(row, "tags"),
                Sql.instant(row, "created_at"),
                Sql.instant(row, "updated_at"),
                row.getObject("merged_into", Long.class),
                messages.get(number));
    }

    private static NameView name(ResultSet row, String who) throws SQLException {
        return new NameView(Sql.uuid(row, who + "_id"), row.getString(who + "_name"));
    }

    /** The newest message of each ticket that holds a match. */
    private Map<Long, FoundMessage> messages(Viewer viewer, SearchHighlights highlights, List<Long> numbers) {
        var newest = new HashMap<Long, FoundMessage>();
        jdbc.sql("""
                        select n.number, m.id, m.kind, m.created_at, m.body, p.id as author_id, p.name as author_name
                        from unnest(cast(:numbers as bigint[])) n(number)
                        cross join lateral (
                            select id, kind, created_at, author_id, left(body_markdown, :characters) as body
                            from message where ticket_number = n.number %s
                            order by id desc limit :messages) m
                        join person p on p.id = m.author_id
                        order by n.number, m.id desc""".formatted(viewer.isStaff() ? "" : "and kind = 'PUBLIC_REPLY'"))
                .param("numbers", numbers.toArray(Long[]::new))
                .param("characters", CHARACTERS_READ)
                .param("messages", MESSAGES_READ)
                .query(row -> {
                    var number = row.getLong("number");
                    var markdown = row.getString("body");
                    if (newest.containsKey(number) || !highlights.mayBeIn(markdown)) {
                        return;
                    }
                    var body = highlights.snippet(SearchText.unmarked(markdown));
                    if (!body.matches().isEmpty()) {
                        newest.put(
                                number,
                                new FoundMessage(
                                        row.getLong("id"),
                                        name(row, "author"),
                                        row.getString("kind").equals("INTERNAL_NOTE"),
                                        Sql.instant(row, "created_at"),
                                        body));
                    }
                });
        return newest;
    }

    /** @param following where the next page begins, null at the end */
    private record Found(List<Long> numbers, @Nullable Place following) {}

    /**
     * Where a page begins.
     *
     * @param below the matches that are ranked together have numbers below this
     * @param floor and from this on, where a page has shown some of them
     * @param rank of the last one shown
     * @param number of the last one shown
     */
    private record Place(long below, long floor, int rank, long number) {

        static final int BEST = 1_000;
        private static final long OPEN = -1;
        static final Place START = below(Long.MAX_VALUE);

        static Place below(long number) {
            return new Place(number, OPEN, BEST, Long.MAX_VALUE);
        }

        static Place of(Cursor cursor) {
            return new Place(
                    cursor.number(0),
                    Math.max(OPEN, cursor.number(1)),
                    Math.clamp(cursor.number(2), 0, BEST),
                    cursor.number(3));
        }

        boolean isOpen() {
            return floor == OPEN;
        }

        boolean isBefore(Match match) {
            return match.rank() < rank || (match.rank() == rank && match.number() < number);
        }

        Cursor cursor() {
            return Cursor.of(ORDER, below, floor, rank, number);
        }
    }
}
