package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.search.SearchQuery.After;
import io.tealdesk.search.SearchQuery.Before;
import io.tealdesk.search.SearchQuery.From;
import io.tealdesk.search.SearchQuery.HasAttachment;
import io.tealdesk.search.SearchQuery.Phrase;
import io.tealdesk.search.SearchQuery.Prefix;
import io.tealdesk.search.SearchQuery.Status;
import io.tealdesk.search.SearchQuery.Tag;
import io.tealdesk.search.SearchQuery.Team;
import io.tealdesk.search.SearchQuery.Term;
import io.tealdesk.search.SearchQuery.TicketNumber;
import io.tealdesk.search.SearchQuery.To;
import io.tealdesk.search.SearchQuery.Word;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryParserTests {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    /** What inputs are put together of: operators, halves of them, marks, and characters of every kind. */
    static final List<String> PIECES = List.of(
            "brakes",
            "Überweisung",
            "naïve",
            "自行车",
            "12",
            "#10482",
            "mira@example.org",
            "C++",
            "foo-bar",
            "x",
            "from:",
            "to:",
            "TAG:",
            "status:",
            "status:open",
            "team:",
            "before:",
            "after:",
            "has:",
            "has:attachment",
            "before:2026-02-31",
            "after:7d",
            "after:99999999999y",
            "before:0000",
            "http://a.example/b?c=d",
            ":",
            "-",
            "--",
            "\"",
            "“",
            "*",
            "re*",
            "refund*",
            "(",
            ")",
            "&",
            "|",
            "!",
            "<->",
            ":*",
            ":ABCD",
            "'",
            "''",
            "\\",
            "\\'",
            "%",
            "_",
            "?",
            "$1",
            "${x}",
            ":word0",
            "::int",
            ";",
            "null",
            "\t",
            "\n",
            "\u00a0",
            "\u200b",
            "\u0301",
            "\u202e",
            "🚲",
            "👩‍👩‍👧",
            "\ud83d",
            "\udeb2",
            "\0",
            "ﬁ",
            "ß",
            "İ",
            "ı",
            "١٢",
            "99999999999999999999",
            "#999999999999999",
            "e5",
            "1e5",
            "-1",
            "3.14",
            "a.b.c",
            "/etc/passwd",
            "<b>bold</b>",
            "&amp;",
            "none",
            "me");

    @Test
    void makesAQueryOrAProblemOfAnything() {
        var random = new Random(5);
        for (int i = 0; i < 50_000; i++) {
            var input = input(random);
            try {
                var query = SearchQueryParser.parse(input, NOW);

                assertThat(query.terms()).as(input).hasSizeBetween(1, SearchQueryParser.TERMS_MAX);
            } catch (Problem problem) {
                assertThat(problem.status().value()).as(input).isEqualTo(400);
                assertThat(problem.slug()).isEqualTo("validation-failed");
            }
        }
    }

    static String input(Random random) {
        return random.ints(random.nextInt(1, 9), 0, PIECES.size())
                .mapToObj(piece -> PIECES.get(piece) + (random.nextInt(3) == 0 ? "" : " "))
                .collect(Collectors.joining());
    }

    @Test
    void readsEveryKindOfTerm() {
        assertThat(terms("brakes -rust \"bent axle\" rep* mira@example.org #10482 10483"))
                .containsExactly(
                        new Word("brakes", false),
                        new Word("rust", true),
                        new Phrase("bent axle", false),
                        new Prefix("rep*", false),
                        new Phrase("mira@example.org", false),
                        new TicketNumber(10482, true, false),
                        new TicketNumber(10483, false, false));
        assertThat(terms("from:\"Mira Birnbaum\" to:me -tag:VIP team:bill has:attachment"))
                .containsExactly(
                        new From("Mira Birnbaum", false),
                        new To("me", false),
                        new Tag("vip", true),
                        new Team("bill", false),
                        new HasAttachment(false));
    }

    @Test
    void takesWhatIsNoOperatorForWords() {
        assertThat(terms("error:42 http://example.org fromage: well-known"))
                .containsExactly(
                        new Phrase("error:42", false),
                        new Phrase("http://example.org", false),
                        new Word("fromage", false),
                        new Phrase("well-known", false));
    }

    @Test
    void closesAQuotationThatIsStillOpen() {
        assertThat(terms("\"bent ax")).containsExactly(new Phrase("bent ax", false));
        assertThat(terms("from:\"Mira B")).containsExactly(new From("Mira B", false));
    }

    @Test
    void knowsStatusesAndLanes() {
        assertThat(terms("status:open,waiting-on-customer"))
                .containsExactly(
                        new Status(Set.of(TicketStatus.OPEN, TicketStatus.WAITING_ON_CUSTOMER), Set.of(), false));
        assertThat(terms("status:todo,resolved"))
                .containsExactly(new Status(Set.of(TicketStatus.RESOLVED), Set.of(Lane.TO_DO), false));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-31T00:00:00Z",
        "2026-02,    2026-02-01T00:00:00Z",
        "2025,       2025-01-01T00:00:00Z",
        "today,      2026-11-23T00:00:00Z",
        "Yesterday,  2026-11-22T00:00:00Z",
        "7d,         2026-11-16T12:00:00Z",
        "-24h,       2026-11-22T12:00:00Z",
        "2w,         2026-11-09T12:00:00Z",
        "3m,         2026-08-23T12:00:00Z",
        "1y,         2025-11-23T12:00:00Z"
    })
    void readsDays(String written, Instant meant) {
        assertThat(terms("before:" + written + " after:" + written))
                .containsExactly(new Before(meant, false), new After(meant, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "?!",
                "\"\"",
                "-brakes",
                "-12",
                "from:",
                "tag:\"\"",
                "status:new",
                "before:soon",
                "after:2026-02-31",
                "before:1066",
                "has:wings",
                "ab*",
                "-\"bent axle\" -rust"
            })
    void saysWhatIsWrong(String input) {
        assertThatThrownBy(() -> SearchQueryParser.parse(input, NOW)).isInstanceOf(Problem.class);
    }

    @Test
    void boundsWhatItReads() {
        assertThatThrownBy(() -> SearchQueryParser.parse("a".repeat(301), NOW)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> SearchQueryParser.parse("a ".repeat(21), NOW)).isInstanceOf(Problem.class);
        assertThat(terms("a ".repeat(20))).hasSize(20);
    }

    private static List<Term> terms(String input) {
        return SearchQueryParser.parse(input, NOW).terms();
    }
}
