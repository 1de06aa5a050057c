package io.tealdesk.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.rehearsal.recording.RequestRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SiteTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Test
    void anOldTabGoesOnAskingForItsOwnRelease() throws Exception {
        try (var desk = new SmallDesk();
                var wire = desk.wire(PATIENCE)) {
            desk.on("/", exchange -> SmallDesk.answer(exchange, 200, "<script src=\"/assets/index-aaaaaaaa.js\">"))
                    .on(
                            "/assets/index-aaaaaaaa.js",
                            exchange -> SmallDesk.answer(
                                    exchange,
                                    200,
                                    "const m=[\"assets/desk-bbbbbbbb.js\"];import(\"./desk-bbbbbbbb.js\")"))
                    .on(
                            "/assets/desk-bbbbbbbb.js",
                            exchange -> SmallDesk.answer(exchange, 200, "f(\"./gone-cccccccc.js\")"));
            var browser = SmallDesk.browser(wire, PATIENCE);

            Site site = Site.firstLoaded(wire, "198.18.0.1");
            assertThat(site.filesOfFirstRelease())
                    .containsExactly("/assets/index-aaaaaaaa.js", "/assets/desk-bbbbbbbb.js");
            site.oldTab(browser, browser.now());

            desk.on("/", exchange -> SmallDesk.answer(exchange, 200, "<script src=\"/assets/index-dddddddd.js\">"))
                    .on("/assets/index-dddddddd.js", exchange -> SmallDesk.answer(exchange, 200, ""))
                    .on("/assets/index-aaaaaaaa.js", exchange -> SmallDesk.answer(exchange, 404, "Not found"))
                    .on("/assets/desk-bbbbbbbb.js", exchange -> SmallDesk.answer(exchange, 404, "Not found"));
            Site.newTab(browser, browser.now());

            assertThatThrownBy(() -> site.oldTab(browser, browser.now())).isInstanceOf(Lost.class);
            RequestRecord missed = desk.records.getLast();
            assertThat(missed.operation()).isEqualTo("old asset");
            assertThat(missed.status()).isEqualTo(404);
            assertThat(missed.failed()).isTrue();
        }
    }
}
