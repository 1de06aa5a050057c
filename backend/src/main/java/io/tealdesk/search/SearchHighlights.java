package io.tealdesk.search;

import io.tealdesk.search.SearchQuery.Phrase;
import io.tealdesk.search.SearchQuery.Prefix;
import io.tealdesk.search.SearchQuery.Term;
import io.tealdesk.search.SearchQuery.Text;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.Word;
import io.tealdesk.search.SearchText.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a text holds what was looked for, as ranges of characters; a page makes marks of them, and no markup is ever made
 * of a text. A word's other forms are recognised by how they begin, which is good enough to guide an eye.
 */
class SearchHighlights {

    static final int SNIPPET_MAX = 240;
    private static final int BEFORE_MATCH = 60;
    private static final int RANGES_MAX = 20;
    private static final int ENDING_MAX = 3;
    private static final int STEM_MIN = 4;

    private final List<Sought> sought = new ArrayList<>();

    SearchHighlights(SearchQuery query) {
        query.terms().stream().filter(term -> !term.isExcluded()).forEach(this::add);
    }

    private void add(Term term) {
        switch (term) {
            case Word word -> sought.add(new Sought(folded(word), Last.ANY_FORM));
            case Phrase phrase -> sought.add(new Sought(folded(phrase), Last.AS_IT_IS));
            case Prefix prefix -> sought.add(new Sought(folded(prefix), Last.BEGINNING));
            case TicketNumber number -> sought.add(new Sought(List.of(Long.toString(number.number())), Last.AS_IT_IS));
            default -> {}
        }
    }

    private static List<String> folded(Text text) {
        return SearchText.words(text.text()).stream()
                .map(word -> SearchText.folded(word.of(text.text())))
                .toList();
    }

    /**
     * Whether a message, with its markup, may hold any of it, told without taking it to pieces: most messages of a ticket
     * that was found do not.
     */
    boolean mayBeIn(String markdown) {
        if (SearchText.hasMarkupWithinWords(markdown)) {
            return true;
        }
        var folded = SearchText.folded(markdown);
        return sought.stream().anyMatch(each -> folded.contains(each.beginning()));
    }

    /** All of the text. */
    List<Range> in(String text) {
        var places = SearchText.words(text);
        var words =
                places.stream().map(place -> SearchText.folded(place.of(text))).toList();
        var ranges = new ArrayList<Range>();
        for (int i = 0; i < words.size() && ranges.size() < RANGES_MAX; i++) {
            int length = longestAt(words, i);
            if (length > 0) {
                ranges.add(new Range(
                        places.get(i).start(), places.get(i + length - 1).end()));
                i += length - 1;
            }
        }
        return ranges;
    }

    private int longestAt(List<String> words, int place) {
        return sought.stream()
                .filter(each -> each.isAt(words, place))
                .mapToInt(each -> each.words.size())
                .max()
                .orElse(0);
    }

    /** The part of a text around the first match, or its beginning. */
    Snippet snippet(String text) {
        var matches = in(text);
        var first = matches.isEmpty() ? 0 : matches.getFirst().start();
        int start = first <= BEFORE_MATCH ? 0 : afterBlank(text, first - BEFORE_MATCH, first);
        int end = Math.min(text.length(), start + SNIPPET_MAX);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        int last = end;
        return new Snippet(
                text.substring(start, end),
                start > 0,
                end < text.length(),
                matches.stream()
                        .filter(range -> range.end() <= last)
                        .map(range -> new Range(range.start() - start, range.end() - start))
                        .toList());
    }

    private static int afterBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i + 1;
            }
        }
        return Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from;
    }

    private enum Last {
        AS_IT_IS,
        ANY_FORM,
        BEGINNING
    }

    private record Sought(List<String> words, Last last) {

        boolean isAt(List<String> text, int place) {
            if (place + words.size() > text.size()) {
                return false;
            }
            for (int i = 0; i < words.size() - 1; i++) {
                if (!words.get(i).equals(text.get(place + i))) {
                    return false;
                }
            }
            var wanted = words.getLast();
            var found = text.get(place + words.size() - 1);
            return switch (last) {
                case AS_IT_IS -> found.equals(wanted);
                case BEGINNING -> found.startsWith(wanted);
                case ANY_FORM -> found.equals(wanted) || isAnotherForm(wanted, found);
            };
        }

        /** What all that is sought begins with, in whichever form. */
        String beginning() {
            var first = words.getFirst();
            return words.size() > 1 || last != Last.ANY_FORM || first.length() <= STEM_MIN
                    ? first
                    : first.substring(0, Math.max(STEM_MIN, first.length() - ENDING_MAX));
        }

        /** The same but for their endings: brake and braking, reply and replies. */
        private static boolean isAnotherForm(String wanted, String found) {
            int common = 0;
            while (common < Math.min(wanted.length(), found.length())
                    && wanted.charAt(common) == found.charAt(common)) {
                common++;
            }
            return common >= STEM_MIN
                    && wanted.length() - common <= ENDING_MAX
                    && found.length() - common <= ENDING_MAX;
        }
    }

    /**
     * @param cutBefore whether the text goes on before it
     * @param matches ranges of characters (UTF-16) of {@code text}
     */
    record Snippet(String text, boolean cutBefore, boolean cutAfter, List<Range> matches) {}
}
