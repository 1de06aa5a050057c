package io.tealdesk;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.regex.Pattern;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** What every refusal must look like. */
final class Problems {

    private static final Pattern GIVEN_AWAY = Pattern.compile(
            "Exception|\\bat (io|org|java|tools)\\.|org\\.|java\\.|\\bselect \\b|\\binsert into\\b|\\bupdate ticket\\b|constraint|PSQL|SQLSTATE",
            Pattern.CASE_INSENSITIVE);

    private Problems() {}

    static void assertProblem(MvcTestResult answer, int status, String... slugs) {
        assertThat(answer).as(Http.body(answer)).hasStatus(status).hasContentType("application/problem+json");
        assertProblem(Http.body(answer), status, slugs);
        assertThat(answer.getResponse().getHeader("X-Request-Id"))
                .isEqualTo(JsonPath.<String>read(Http.body(answer), "$.requestId"));
    }

    /** With one of the given types. */
    static void assertProblem(String body, int status, String... slugs) {
        assertThat(JsonPath.<Integer>read(body, "$.status")).isEqualTo(status);
        assertThat(JsonPath.<String>read(body, "$.type").replace("/problems/", ""))
                .isIn((Object[]) slugs);
        assertThat(JsonPath.<String>read(body, "$.requestId")).hasSizeGreaterThan(7);
        assertThat(JsonPath.<String>read(body, "$.title")).isNotBlank();
        assertThat(JsonPath.<String>read(body, "$.detail")).isNotBlank();
        assertThat(body).doesNotContainPattern(GIVEN_AWAY);
    }
}
