package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternsTests {

    @ParameterizedTest
    @CsvSource({
        "/api, /api, true",
        "/api, /api/, false",
        "/api, /API, false",
        "/api/*, /api/, true",
        "/api/*, /api/v1/tickets, true",
        "/api/*, /api, false",
        "/*, /, true",
        "/*, /assets/index-1.js, true",
        "/v?/x, /v1/x, true",
        "/v?/x, /v/x, false",
        "/v?/x, /v12/x, false",
        "/a.b, /axb, false",
        "*.js, /assets/a.js, true",
        "/a+(b)$, /a+(b)$, true",
    })
    void matchesAsTheLoadBalancerDoes(String pattern, String path, boolean matches) {
        String regex = PathPatterns.asNginxRegex(pattern);

        assertThat(regex).startsWith("~");
        assertThat(Pattern.compile(regex.substring(1)).matcher(path).find()).isEqualTo(matches);
    }
}
