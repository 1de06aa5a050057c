package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.search.FilterExpression.All;
import io.tealdesk.search.FilterExpression.Any;
import io.tealdesk.search.FilterExpression.Term;
import io.tealdesk.shared.FieldProblem;
import io.tealdesk.shared.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FilterJsonTests {

    private static final String OPEN = "{\"property\":\"status\",\"operator\":\"IN\",\"values\":[\"OPEN\"]}";

    private final Viewer viewer =
            new Viewer(new UUID(0, 1), new UUID(0, 2), "Dana", "dana@tealdesk.test", Role.AGENT, null, false, Set.of());

    @Test
    void readsGroupsAndTermsAndWritesThemAsTheyWere() {
        var text = "{\"all\":[" + OPEN + ",{\"any\":[{\"all\":[" + OPEN + "]},"
                + "{\"property\":\"tag\",\"operator\":\"EMPTY\",\"values\":[]}]}]}";

        var filter = FilterJson.parsed(text, "filter");

        assertThat(filter)
                .isEqualTo(new All(List.of(
                        new Term("filter.all[0]", FilterProperty.STATUS, FilterOperator.IN, List.of("OPEN")),
                        new Any(List.of(
                                new All(List.of(new Term(
                                        "filter.all[1].any[0].all[0]",
                                        FilterProperty.STATUS,
                                        FilterOperator.IN,
                                        List.of("OPEN")))),
                                new Term(
                                        "filter.all[1].any[1]",
                                        FilterProperty.TAG,
                                        FilterOperator.EMPTY,
                                        List.of()))))));
        assertThat(FilterJson.written(filter)).isEqualTo(new JsonMapper().readTree(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]                                                                     | filter",
                "\"OPEN\"                                                               | filter",
                "{                                                                      | filter",
                "{} {}                                                                  | filter",
                "{\"all\":[],\"all\":[]}                                                | filter",
                "{\"all\":[],\"any\":[]}                                                | filter",
                "{\"all\":{}}                                                           | filter.all",
                "{\"all\":[1]}                                                          | filter.all[0]",
                "{\"all\":[{\"any\":[{\"all\":[{\"any\":[]}]}]}]}                       | filter.all[0].any[0].all[0]",
                "{\"any\":[{}]}                                                         | filter.any[0].property",
                "{\"property\":\"color\",\"operator\":\"IN\",\"values\":[\"x\"]}        | filter.property",
                "{\"property\":1,\"operator\":\"IN\",\"values\":[\"x\"]}                | filter.property",
                "{\"property\":\"status\",\"operator\":\"BEFORE\",\"values\":[\"x\"]}   | filter.operator",
                "{\"property\":\"status\",\"operator\":\"IN\"}                          | filter.values",
                "{\"property\":\"status\",\"operator\":\"IN\",\"values\":[]}            | filter.values",
                "{\"property\":\"status\",\"operator\":\"IN\",\"values\":[1]}           | filter.values[0]",
                "{\"property\":\"status\",\"operator\":\"IN\",\"values\":[\"x\"],\"a\":1} | filter",
                "{\"property\":\"tag\",\"operator\":\"EMPTY\",\"values\":[\"x\"]}       | filter.values",
                "{\"property\":\"status\",\"operator\":\"IN\",\"values\":[\"OPEN\",\"NEW\"]} | filter.values[1]",
                "{\"property\":\"team\",\"operator\":\"IN\",\"values\":[\"me\"]}        | filter.values[0]",
                "{\"property\":\"requester\",\"operator\":\"IN\",\"values\":[\"none\"]} | filter.values[0]",
                "{\"property\":\"assignee\",\"operator\":\"IN\",\"values\":[\"1-1-1-1-1\"]} | filter.values[0]",
                "{\"property\":\"created\",\"operator\":\"AFTER\",\"values\":[\"-7y\"]} | filter.values[0]",
                "{\"property\":\"created\",\"operator\":\"AFTER\",\"values\":[\"1900-01-01T00:00:00Z\"]} | filter.values[0]",
                "{\"property\":\"overdue\",\"operator\":\"IS\",\"values\":[\"yes\"]}    | filter.values[0]",
                "{\"property\":\"text\",\"operator\":\"CONTAINS\",\"values\":[\" \"]}   | filter.values[0]",
            })
    void namesThePlaceOfWhatIsWrong(String text, String path) {
        assertThatThrownBy(() -> FilterCompiler.compiled(
                        FilterJson.parsed(text, "filter"),
                        viewer,
                        new FilterInstants(Instant.EPOCH, ZoneId.of("UTC")),
                        () -> true))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.status().value()).isEqualTo(400))
                .extracting(FilterJsonTests::field)
                .isEqualTo(path);
    }

    @Test
    void refusesTooManyTermsAndValues() {
        assertThatThrownBy(() -> FilterJson.parsed("{\"all\":[" + (OPEN + ",").repeat(30) + OPEN + "]}", "filter"))
                .hasMessageContaining("Correct");
        assertThatThrownBy(() ->
                        FilterJson.parsed(OPEN.replace("\"OPEN\"", "\"OPEN\",".repeat(50) + "\"OPEN\""), "filter"))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource({
        "now,          2026-03-29T10:00:00Z",
        "-24h,         2026-03-28T10:00:00Z",
        // The clocks went forward that night: a day is no 24 hours.
        "-1d,          2026-03-28T11:00:00Z",
        "+2d,          2026-03-31T10:00:00Z",
        "-1w,          2026-03-22T11:00:00Z",
        "startOfToday, 2026-03-28T23:00:00Z",
        "startOfWeek,  2026-03-22T23:00:00Z",
        "startOfMonth, 2026-02-28T23:00:00Z",
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z"
    })
    void readsRelativeDatesInTheZoneOfTheViewer(String text, Instant expected) {
        var instants = new FilterInstants(Instant.parse("2026-03-29T10:00:00Z"), ZoneId.of("Europe/Berlin"));

        assertThat(instants.read(text)).contains(expected);
    }

    private static String field(Throwable refused) {
        var errors = (List<?>) Objects.requireNonNull(((Problem) refused).property("errors"));
        return ((FieldProblem) errors.getFirst()).field();
    }
}
