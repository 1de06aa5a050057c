package io.tealdesk.rehearsal.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL was asked, with values as its log writes them; a value of null is NULL. */
record SqlStatement(String sql, List<@Nullable String> values) {

    private static final Pattern LOGGED = Pattern.compile("(?:execute [^:]+|statement): (.*)", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\$(\\d+) = (?:NULL|'((?:[^']|'')*)')", Pattern.DOTALL);
    private static final Pattern PLACE = Pattern.compile("\\$(\\d+)");

    /** Null for a line of the log that tells of something else. */
    static @Nullable SqlStatement logged(String message, String detail) {
        Matcher statement = LOGGED.matcher(message);
        if (!statement.matches()) {
            return null;
        }
        List<@Nullable String> values = new ArrayList<>();
        VALUE.matcher(detail)
                .results()
                .map(value -> value.group(2))
                .forEach(text -> values.add(text == null ? null : text.replace("''", "'")));
        return new SqlStatement(statement.group(1).strip(), values);
    }

    /** For pgbench; the values go to {@code variables}, under names that begin with {@code prefix}. */
    String script(String prefix, Map<String, String> variables) {
        String text = PLACE.matcher(sql).replaceAll(place -> Matcher.quoteReplacement(value(place, prefix, variables)));
        return text.endsWith(";") ? text : text + ";";
    }

    private String value(MatchResult place, String prefix, Map<String, String> variables) {
        int number = Integer.parseInt(place.group(1));
        String value = values.get(number - 1);
        if (value == null) {
            // pgbench has no variable without a value.
            return "null";
        }
        variables.put(prefix + number, value);
        return ":" + prefix + number;
    }
}
