package io.tealdesk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.DeskTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class BrowserTests {

    @Autowired
    MockMvcTester mvc;

    @ParameterizedTest
    @ValueSource(strings = {"/index.html", "/login", "/tickets/10001", "/portal/tickets/10001", "/views/TEAM/x"})
    void answersItsOwnAddressesWithThePageAndAsksAgainEachTime(String address) {
        var answer = mvc.get().uri(address).exchange();

        assertThat(answer).hasStatusOk().bodyText().contains("Stands for the browser application");
        assertThat(answer).hasHeader("Cache-Control", "no-cache").containsHeader("ETag");
        assertThat(answer).doesNotContainHeader("Last-Modified");
    }

    @Test
    void theRootIsThePageToo() {
        assertThat(mvc.get().uri("/")).hasStatusOk().hasForwardedUrl("/index.html");
    }

    @Test
    void asksForAnUnchangedPageOnlyOnce() {
        var etag = Objects.requireNonNull(
                mvc.get().uri("/login").exchange().getResponse().getHeader("ETag"));

        assertThat(mvc.get().uri("/login").header("If-None-Match", etag)).hasStatus(304);
    }

    @Test
    void hashedAssetsAreImmutable() {
        assertThat(mvc.get().uri("/assets/app-1a2b3c4d.js"))
                .hasStatusOk()
                .hasHeader("Cache-Control", "max-age=31536000, public, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/app-00000000.js",
                "/assets/gone",
                "/favicon.ico",
                "/problems/not-found",
                "/dev/mail",
                "/v3/elsewhere"
            })
    void whatIsMissingIsNeverThePage(String address) {
        assertThat(mvc.get().uri(address))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/not-found");
    }

    @Test
    void thePageIsProtectedAsNginxDoesIt() throws IOException {
        var nginx = Files.readString(Path.of("../frontend/nginx/headers.conf"));
        assertThat(mvc.get().uri("/login"))
                .hasHeader("X-Content-Type-Options", "nosniff")
                .headers()
                .hasHeaderSatisfying(
                        "Content-Security-Policy",
                        values -> assertThat(values)
                                .singleElement()
                                .asString()
                                .contains("default-src 'none'", "frame-ancestors 'none'")
                                .doesNotContain("unsafe")
                                .satisfies(policy -> assertThat(nginx).contains('"' + policy + '"')));
    }
}
