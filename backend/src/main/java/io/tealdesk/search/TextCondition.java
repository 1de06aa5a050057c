package io.tealdesk.search;

import io.tealdesk.search.SearchQuery.Text;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * That a ticket holds words, as one term of a filter over {@code ticket t} for staff: words, {@code "phrases"},
 * {@code begin*}, {@code -not}, or the ticket's number. Whoever uses it adds the scope.
 *
 * @param perRow for a walk through rows that come in their order, each looked up by its key
 * @param numbers the numbers of all that hold them, for a plan that begins with the words
 * @param parameters what both bind, each name beginning with the prefix that was asked for
 */
record TextCondition(String perRow, String numbers, Map<String, Object> parameters) {

    /**
     * @param prefix of the names of parameters, so that a filter may hold several
     * @param field what a problem names
     * @throws io.tealdesk.shared.Problem for what is no query
     */
    static TextCondition of(String text, String prefix, String field) {
        var query = SearchQueryParser.words(text, field);
        var texts = new ArrayList<Text>();
        var numbers = new ArrayList<TicketNumber>();
        for (var term : query.terms()) {
            switch (term) {
                case TicketNumber number -> {
                    numbers.add(number);
                    texts.add(new Word(Long.toString(number.number()), number.isExcluded()));
                }
                case Text each -> texts.add(each);
                default -> {}
            }
        }
        var words = SearchWords.of(texts, prefix + "Word");
        if (words == null) {
            // Nothing but blanks and marks, which no document holds.
            return new TextCondition("false", "select null::bigint where false", Map.of());
        }
        var parameters = new HashMap<>(words.parameters());
        // In a "select", the query is made of the words once and not for each row. With "exists", PostgreSQL might
        // gather all that hold a common word before it looks at the first row.
        var perRow =
                "coalesce((select s.words @@ (select %s) from ticket_search s where s.ticket_number = t.number), false)"
                        .formatted(words.sql());
        var holding = "select s.ticket_number from ticket_search s where s.words @@ " + words.sql();
        if (texts.size() == 1 && numbers.size() == 1 && !numbers.getFirst().isExcluded()) {
            var name = prefix + "Number";
            parameters.put(name, numbers.getFirst().number());
            return new TextCondition(
                    "(t.number = :%s or %s)".formatted(name, perRow),
                    "select cast(:%s as bigint) union %s".formatted(name, holding),
                    parameters);
        }
        return new TextCondition(perRow, holding, parameters);
    }

    /**
     * As {@link #perRow}, found by the words: all of them first, then each ticket by its number. With "in", PostgreSQL
     * believes many to hold a word that it does not know, and would read every ticket, with an "or" always.
     */
    String gathered() {
        return anyOf(numbers);
    }

    static String anyOf(String numbers) {
        return "t.number = any(array(" + numbers + "))";
    }
}
