package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.search.SearchHit.PersonSuggestion;
import io.tealdesk.search.SearchHit.Suggestions;
import io.tealdesk.search.SearchHit.TicketSuggestion;
import io.tealdesk.search.SearchQuery.Prefix;
import io.tealdesk.search.SearchQuery.Term;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.Word;
import io.tealdesk.search.SearchQueryParser.Operator;
import io.tealdesk.search.SearchWindows.Match;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.shared.WellFormedText;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What somebody may be about to type; for staff. What cannot be understood yet has none, and is no mistake. */
@Component
class SearchSuggestions {

    private static final int EACH_MAX = 8;
    /** The index of names knows groups of three letters. */
    private static final int PERSON_MIN = 3;

    private static final int TAG_MAX = 50;
    private static final int TAGGED_MAX = 1_000;

    private final JdbcClient jdbc;
    private final SearchWindows windows;
    private final SearchPeople people;
    private final TicketList list;
    private final SearchTime time;
    private final Clock clock;

    SearchSuggestions(
            JdbcClient jdbc,
            SearchWindows windows,
            SearchPeople people,
            TicketList list,
            SearchTime time,
            Clock clock) {
        this.jdbc = jdbc;
        this.windows = windows;
        this.people = people;
        this.list = list;
        this.time = time;
        this.clock = clock;
    }

    Suggestions of(Viewer viewer, String input) {
        if (!WellFormedText.isWellFormed(input)) {
            throw Problem.invalidField(SearchQueryParser.FIELD, "Malformed", "holds NUL or half of a surrogate pair");
        }
        var nothing = new Suggestions(List.of(), List.of(), List.of(), List.of());
        if (input.isBlank() || input.length() > SearchQueryParser.LENGTH_MAX) {
            return nothing;
        }
        return time.latestOnly(viewer.sessionId(), () -> suggested(viewer, input))
                .orElse(nothing);
    }

    private Suggestions suggested(Viewer viewer, String input) {
        var typed = Typed.of(input);
        var operator = typed.operator;
        if (operator == null) {
            return new Suggestions(
                    tickets(viewer, input),
                    people(input.contains(":") ? typed.text : input.strip(), false, isOneWord(input)),
                    tags(viewer, typed.text),
                    operators(typed.text));
        }
        return new Suggestions(
                List.of(),
                switch (operator) {
                    case FROM -> people(typed.text, false, true);
                    case TO -> people(typed.text, true, true);
                    case TAG, STATUS, TEAM, BEFORE, AFTER, HAS -> List.of();
                },
                operator == Operator.TAG ? tags(viewer, typed.text) : List.of(),
                values(operator, typed.text));
    }

    private List<TicketSuggestion> tickets(Viewer viewer, String input) {
        return query(input)
                .map(query -> {
                    var condition = SearchCondition.of(beginning(query, input), viewer, people);
                    var found = new ArrayList<Match>(exact(viewer, query));
                    windows.newest(condition, true, Long.MAX_VALUE, EACH_MAX, EACH_MAX).matches().stream()
                            .filter(match -> found.stream().noneMatch(each -> each.number() == match.number()))
                            .forEach(found::add);
                    return named(
                            viewer,
                            found.stream().map(Match::number).limit(EACH_MAX).toList());
                })
                .orElse(List.of());
    }

    private Optional<SearchQuery> query(String input) {
        try {
            return Optional.of(SearchQueryParser.parse(input, clock.instant()));
        } catch (Problem unfinished) {
            return Optional.empty();
        }
    }

    /** The last word is probably not the whole of it. */
    private static SearchQuery beginning(SearchQuery query, String input) {
        var terms = new ArrayList<Term>(query.terms());
        if (terms.getLast() instanceof Word word
                && input.endsWith(word.text())
                && word.text().codePointCount(0, word.text().length()) >= SearchQueryParser.PREFIX_MIN) {
            terms.set(terms.size() - 1, new Prefix(word.text(), word.isExcluded()));
        }
        return new SearchQuery(terms);
    }

    private List<Match> exact(Viewer viewer, SearchQuery query) {
        if (query.terms().size() != 1 || !(query.terms().getFirst() instanceof TicketNumber number)) {
            return List.of();
        }
        var scope = TicketScope.of(viewer);
        return jdbc.sql("select t.number from ticket t where t.number = :number and " + scope.condition())
                .param("number", number.number())
                .params(scope.parameters())
                .query((row, index) -> new Match(row.getLong("number"), 0))
                .list();
    }

    private List<TicketSuggestion> named(Viewer viewer, List<Long> numbers) {
        if (numbers.isEmpty()) {
            return List.of();
        }
        var scope = TicketScope.of(viewer);
        return jdbc
                .sql("select t.number, t.subject, t.status from ticket t where t.number = any(:numbers) and "
                        + scope.condition())
                .param("numbers", numbers.toArray(Long[]::new))
                .params(scope.parameters())
                .query((row, index) -> new TicketSuggestion(
                        row.getLong("number"), row.getString("subject"), TicketStatus.valueOf(row.getString("status"))))
                .list()
                .stream()
                .sorted(Comparator.comparingInt(ticket -> numbers.indexOf(ticket.number())))
                .toList();
    }

    private static boolean isOneWord(String input) {
        return SearchText.words(input).size() == 1;
    }

    private List<PersonSuggestion> people(String text, boolean staffOnly, boolean isName) {
        if (text.length() < PERSON_MIN) {
            return List.of();
        }
        return people.suggested(text, staffOnly, isName, EACH_MAX).stream()
                .map(person -> new PersonSuggestion(person.id(), person.name(), person.email()))
                .limit(EACH_MAX)
                .toList();
    }

    private List<String> tags(Viewer viewer, String beginning) {
        return beginning.isBlank() || beginning.length() > TAG_MAX
                ? List.of()
                : list.tags(viewer, beginning, TAGGED_MAX).stream()
                        .limit(EACH_MAX)
                        .toList();
    }

    private static List<String> operators(String beginning) {
        return Arrays.stream(Operator.values())
                .map(operator -> operator.word() + ":")
                .filter(word -> !beginning.isEmpty() && word.startsWith(beginning.toLowerCase(Locale.ROOT)))
                .toList();
    }

    private List<String> values(Operator operator, String beginning) {
        return switch (operator) {
            case STATUS -> beginningWith(beginning, operator, Operator.statusValues());
            case HAS -> beginningWith(beginning, operator, List.of("attachment"));
            case FROM -> beginningWith(beginning, operator, List.of("me"));
            case TO -> beginningWith(beginning, operator, List.of("me", "none"));
            case BEFORE, AFTER -> beginningWith(beginning, operator, List.of("today", "yesterday", "7d", "30d", "1y"));
            case TAG -> List.of();
            case TEAM ->
                jdbc
                        .sql("select name::text from team where name::text ilike :beginning order by name limit :limit")
                        .param("beginning", Sql.escapedForLike(beginning) + "%")
                        .param("limit", EACH_MAX)
                        .query(String.class)
                        .list()
                        .stream()
                        .map(name -> operator.word() + ":" + (name.contains(" ") ? '"' + name + '"' : name))
                        .toList();
        };
    }

    private static List<String> beginningWith(String beginning, Operator operator, List<String> values) {
        return values.stream()
                .filter(value -> value.startsWith(beginning.toLowerCase(Locale.ROOT)))
                .map(value -> operator.word() + ":" + value)
                .limit(EACH_MAX)
                .toList();
    }

    /** The last word, which is being typed, and the operator before it. */
    private record Typed(@Nullable Operator operator, String text) {

        static Typed of(String input) {
            var last = input.substring(input.lastIndexOf(' ') + 1);
            var word = last.startsWith("-") ? last.substring(1) : last;
            for (var operator : Operator.values()) {
                var beginning = operator.word() + ":";
                if (word.toLowerCase(Locale.ROOT).startsWith(beginning)) {
                    return new Typed(
                            operator, word.substring(beginning.length()).replace("\"", ""));
                }
            }
            return new Typed(null, word);
        }
    }
}
