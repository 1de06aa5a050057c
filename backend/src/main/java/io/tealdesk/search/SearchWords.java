package io.tealdesk.search;

import io.tealdesk.search.SearchQuery.Phrase;
import io.tealdesk.search.SearchQuery.Prefix;
import io.tealdesk.search.SearchQuery.Text;
import io.tealdesk.search.SearchQuery.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words of a query as SQL of the type {@code tsquery}. What people typed is only ever bound; the SQL is made of the
 * constants here.
 *
 * @param hasBeginning whether one of them stands for all words that begin with it
 * @param isPlain whether all of them are words that have to be there: then the index says it all, and no document is read
 */
record SearchWords(String sql, boolean hasBeginning, boolean isPlain, Map<String, Object> parameters) {

    // As it is written, or its stem in a language: a document holds the stems of the language that it is in.
    private static final String WORD = """
            (phraseto_tsquery('desk_simple', :%1$s) || phraseto_tsquery('desk_english', :%1$s)
             || phraseto_tsquery('german', :%1$s))""";

    private static final String PHRASE = "phraseto_tsquery('desk_simple', :%1$s)";
    private static final String PREFIX = "to_tsquery('desk_simple', :%1$s)";

    /** Null where the query has no words. */
    static @Nullable SearchWords of(List<Text> texts, String parameterPrefix) {
        if (texts.isEmpty()) {
            return null;
        }
        var parameters = new HashMap<String, Object>();
        var terms = new ArrayList<String>();
        for (var text : texts) {
            var name = parameterPrefix + parameters.size();
            var term = switch (text) {
                case Word word -> WORD;
                case Phrase phrase -> PHRASE;
                case Prefix prefix -> PREFIX;
            };
            terms.add((text.isExcluded() ? "!!" : "") + term.formatted(name));
            parameters.put(
                    name,
                    switch (text) {
                        case Word word -> word.text();
                        case Phrase phrase -> SearchText.plain(phrase.text());
                        case Prefix prefix -> beginning(prefix);
                    });
        }
        return new SearchWords(
                "(" + String.join("\n && ", terms) + ")",
                texts.stream().anyMatch(Prefix.class::isInstance),
                texts.stream().allMatch(text -> text instanceof Word && !text.isExcluded()),
                Map.copyOf(parameters));
    }

    /** In the language of {@code to_tsquery}, in which quotation marks make letters and digits mean themselves. */
    private static String beginning(Prefix prefix) {
        return SearchText.words(prefix.text()).stream()
                        .map(word -> "'" + word.of(prefix.text()) + "'")
                        .collect(Collectors.joining(" <-> "))
                + ":*";
    }
}
