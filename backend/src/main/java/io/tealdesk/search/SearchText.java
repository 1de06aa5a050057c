package io.tealdesk.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a word is, the same for what is written and for what is looked for. */
final class SearchText {

    /**
     * Marks that stand between words. PostgreSQL's parser would take {@code invoice.pdf} and {@code a@b.example} for one
     * word each, and what holds them could not be found by their parts. All stand for one character, so that a text
     * without them is as long as with them.
     */
    static final String MARKS = "./@_:-<>&\\=+~#|,;*'\"“”„‚‘’«»‹›–—…¿¡·•\u00a0";

    /** As a regular expression of PostgreSQL's: its translate() goes through all marks for each letter. */
    static final String A_MARK = "[%s-]".formatted(MARKS.replace("-", "").replace("\\", "\\\\"));

    private static final Pattern MARKUP =
            Pattern.compile("\\*\\*|`+|^ {0,3}(?:#{1,6} |> ?)|!?\\[([^\\]\\[]*)]\\([^()\\s]*\\)", Pattern.MULTILINE);

    private SearchText() {}

    /** A message as one reads it, without the marks that Markdown makes letters bold, headings and links with. */
    static String unmarked(String markdown) {
        return MARKUP.matcher(markdown).replaceAll("$1");
    }

    /** Whether {@link #unmarked} may join what the marks part. */
    static boolean hasMarkupWithinWords(String markdown) {
        return markdown.contains("**") || markdown.indexOf('`') >= 0 || markdown.contains("](");
    }

    /** With a blank for each mark, as the documents are made of it. */
    static String plain(String text) {
        return text.codePoints()
                .map(character -> MARKS.indexOf(character) < 0 ? character : ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Where each word stands. */
    static List<Range> words(String text) {
        var words = new ArrayList<Range>();
        int start = -1;
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (isOfAWord(character)) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                words.add(new Range(start, i));
                start = -1;
            }
            i += Character.charCount(character);
        }
        if (start >= 0) {
            words.add(new Range(start, text.length()));
        }
        return words;
    }

    private static boolean isOfAWord(int character) {
        return Character.isLetterOrDigit(character)
                || switch (Character.getType(character)) {
                    case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
                    default -> false;
                };
    }

    /** Lower case, without accents. */
    static String folded(String word) {
        if (isAscii(word)) {
            // Most words, and all of a page's words are folded.
            return word.toLowerCase(Locale.ROOT);
        }
        var bare = Normalizer.normalize(word, Normalizer.Form.NFD)
                .codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return bare.toLowerCase(Locale.ROOT).replace("ß", "ss");
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** From the character at {@code start} up to that before {@code end}. */
    record Range(int start, int end) {

        String of(String text) {
            return text.substring(start, end);
        }
    }
}
