package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchHighlightsTests {

    @Test
    void marksFormsOfAWordWithoutAccentsOrCase() {
        assertThat(marked("brake", "Brakes, BRAKE and braking; breaks")).containsExactly("Brakes", "BRAKE", "braking");
        assertThat(marked("uberweisung", "Die Überweisungen fehlen")).containsExactly("Überweisungen");
        assertThat(marked("the", "the them theory")).containsExactly("the");
    }

    @Test
    void marksPhrasesBeginningsAndAddresses() {
        assertThat(marked("\"bent axle\"", "A bent axle, bent and axle")).containsExactly("bent axle");
        assertThat(marked("ref*", "refund, reference, fer")).containsExactly("refund", "reference");
        assertThat(marked("mira@example.org", "to mira@example.org now")).containsExactly("mira@example.org");
        assertThat(marked("rust -brake", "rust on a brake")).containsExactly("rust");
    }

    @Test
    void cutsASnippetAroundTheFirstMatch() {
        var snippet = highlights("axle").snippet("filler ".repeat(40) + "the axle broke " + "filler ".repeat(60));

        assertThat(snippet.text()).hasSizeLessThanOrEqualTo(SearchHighlights.SNIPPET_MAX);
        assertThat(snippet.cutBefore()).isTrue();
        assertThat(snippet.cutAfter()).isTrue();
        assertThat(snippet.matches())
                .singleElement()
                .satisfies(range -> assertThat(range.of(snippet.text())).isEqualTo("axle"));
    }

    @Test
    void staysWithinAnyText() {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            var text = (SearchQueryParserTests.input(random) + SearchQueryParserTests.input(random)).repeat(9);
            var snippet = highlights("brakes foo-bar 12 ref*").snippet(text);

            assertThat(snippet.matches()).allSatisfy(range -> {
                assertThat(range.start()).isBetween(0, range.end() - 1);
                assertThat(range.end()).isLessThanOrEqualTo(snippet.text().length());
            });
        }
    }

    @Test
    void neverTakesAMessageWithAMatchForOneWithout() {
        assertThat(highlights("kumquat").mayBeIn("no such fruit")).isFalse();
        assertThat(highlights("braking").mayBeIn("the **bra**kes squeal")).isTrue();
        assertThat(highlights("überweisungen").mayBeIn("Eine UBERWEISUNG fehlt"))
                .isTrue();

        var random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            var text = SearchQueryParserTests.input(random) + SearchQueryParserTests.input(random);
            var highlights = highlights("brakes foo-bar 12 ref*");
            if (!highlights.in(SearchText.unmarked(text)).isEmpty()) {
                assertThat(highlights.mayBeIn(text)).as(text).isTrue();
            }
        }
    }

    private static List<String> marked(String query, String text) {
        return highlights(query).in(text).stream().map(range -> range.of(text)).toList();
    }

    private static SearchHighlights highlights(String query) {
        return new SearchHighlights(SearchQueryParser.parse(query, Instant.parse("2026-11-23T12:00:00Z")));
    }
}
