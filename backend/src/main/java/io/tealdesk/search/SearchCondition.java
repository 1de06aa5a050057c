package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SearchQuery.After;
import io.tealdesk.search.SearchQuery.Before;
import io.tealdesk.search.SearchQuery.From;
import io.tealdesk.search.SearchQuery.HasAttachment;
import io.tealdesk.search.SearchQuery.Status;
import io.tealdesk.search.SearchQuery.Tag;
import io.tealdesk.search.SearchQuery.Team;
import io.tealdesk.search.SearchQuery.Term;
import io.tealdesk.search.SearchQuery.Text;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.To;
import io.tealdesk.search.SearchQuery.Word;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query as SQL: what a ticket {@code t} must be, the viewer's scope first, and what its document {@code s} must hold.
 *
 * @param words null where the query names no word
 */
record SearchCondition(String ticket, @Nullable SearchWords words, Map<String, Object> parameters) {

    /** No ticket at all: for a name that nobody has. */
    private static final String NEVER = "false";

    static SearchCondition of(SearchQuery query, Viewer viewer, SearchPeople people) {
        var compiler = new Compiler(viewer, people);
        query.terms().forEach(compiler::add);
        return compiler.condition();
    }

    private static class Compiler {

        private final Viewer viewer;
        private final SearchPeople people;
        private final List<String> terms = new ArrayList<>();
        private final List<Text> texts = new ArrayList<>();
        private final Map<String, Object> parameters = new HashMap<>();

        Compiler(Viewer viewer, SearchPeople people) {
            this.viewer = viewer;
            this.people = people;
            var scope = TicketScope.of(viewer);
            terms.add(scope.condition());
            parameters.putAll(scope.parameters());
        }

        void add(Term term) {
            switch (term) {
                case Text text -> texts.add(text);
                case TicketNumber number -> addNumber(number);
                case From from -> addTerm(from, person("t.requester_id", from.person(), false));
                case To to -> addTerm(to, person("t.assignee_id", to.person(), true));
                case Tag tag -> addTerm(tag, "t.tags @> array[cast(:%s as text)]".formatted(bound(tag.tag())));
                case Status status -> addTerm(status, any(status));
                case Team team ->
                    addTerm(
                            team,
                            "t.team_id in (select id from team where name::text ilike :%s)"
                                    .formatted(bound(Sql.escapedForLike(team.name()) + "%")));
                case Before before ->
                    addTerm(before, "t.created_at < :%s".formatted(bound(Sql.timestamp(before.instant()))));
                case After after ->
                    addTerm(after, "t.created_at >= :%s".formatted(bound(Sql.timestamp(after.instant()))));
                case HasAttachment has ->
                    addTerm(has, """
                            exists (select from message m join message_attachment ma on ma.message_id = m.id
                                    where m.ticket_number = t.number%s)""".formatted(viewer.isStaff() ? "" : " and m.kind = 'PUBLIC_REPLY'"));
            }
        }

        private String any(Status status) {
            // The statuses of a lane, less what is snoozed, or with it.
            var lanes = status.lanes().stream().map(lane -> switch (lane) {
                case TO_DO -> in(lane.statuses()) + " and t.snoozed_at is null";
                case WAITING ->
                    in(lane.statuses()) + " or " + in(Lane.TO_DO.statuses()) + " and t.snoozed_at is not null";
                case DONE -> in(lane.statuses());
            });
            return Stream.concat(status.statuses().isEmpty() ? Stream.empty() : Stream.of(in(status.statuses())), lanes)
                    .collect(Collectors.joining(" or ", "(", ")"));
        }

        private String in(Collection<TicketStatus> statuses) {
            return "t.status in (:%s)"
                    .formatted(bound(statuses.stream().map(Enum::name).toList()));
        }

        private void addNumber(TicketNumber number) {
            if (number.isOnlyNumber()) {
                addTerm(number, "t.number = :%s".formatted(bound(number.number())));
            } else {
                texts.add(new Word(Long.toString(number.number()), number.isExcluded()));
            }
        }

        private String person(String column, String name, boolean staffOnly) {
            if (name.equalsIgnoreCase("none") && staffOnly) {
                return column + " is null";
            }
            var ids = name.equalsIgnoreCase("me") ? List.of(viewer.personId()) : people.named(name, staffOnly);
            return ids.isEmpty() ? NEVER : "%s = any(:%s)".formatted(column, bound(ids.toArray(UUID[]::new)));
        }

        private void addTerm(Term term, String condition) {
            // A ticket without an assignee is none of Dana's.
            terms.add(term.isExcluded() ? "(" + condition + ") is not true" : condition);
        }

        private String bound(Object value) {
            var name = "term" + parameters.size();
            parameters.put(name, value);
            return name;
        }

        SearchCondition condition() {
            var words = SearchWords.of(texts, "word");
            if (words != null) {
                parameters.putAll(words.parameters());
            }
            return new SearchCondition(String.join("\n and ", terms), words, Map.copyOf(parameters));
        }
    }
}
