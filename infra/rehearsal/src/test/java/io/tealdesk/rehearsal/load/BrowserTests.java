package io.tealdesk.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tealdesk.rehearsal.load.SmallDesk.Asked;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BrowserTests {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private SmallDesk desk;
    private Wire wire;
    private Browser browser;

    @BeforeEach
    void open() throws IOException {
        desk = new SmallDesk().withSessions();
        wire = desk.wire(PATIENCE);
        browser = SmallDesk.browser(wire, PATIENCE);
    }

    @AfterEach
    void close() {
        wire.close();
        desk.close();
    }

    @Test
    void aWriteIsRepeatedUnderItsOwnKey() throws Exception {
        var count = new AtomicInteger();
        desk.on("/tickets", exchange -> {
            switch (count.incrementAndGet()) {
                case 1 -> SmallDesk.breakOff(exchange);
                case 2 -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    SmallDesk.answer(exchange, 503, "{\"type\":\"/problems/temporarily-unavailable\"}");
                }
                default -> SmallDesk.answer(exchange, 201, "{}");
            }
        });

        Answer answer = browser.send(Call.create("ask", "/tickets", new byte[0]), browser.now());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(desk.asked("/tickets"))
                .hasSize(3)
                .extracting(Asked::key)
                .doesNotContainNull()
                .containsOnly(desk.asked("/tickets").getFirst().key());
        List<RequestRecord> asks = desk.records.stream()
                .filter(record -> record.operation().equals("ask"))
                .toList();
        assertThat(asks).extracting(RequestRecord::attempt).containsExactly(1, 2, 3);
        assertThat(asks).extracting(RequestRecord::status).containsExactly(0, 503, 201);
        assertThat(asks).extracting(RequestRecord::failed).containsExactly(true, true, false);
        assertThat(asks.get(1).failure()).contains("temporarily-unavailable");
        assertThat(asks.get(2).release()).isEqualTo("r1");
    }

    @Test
    void aRefusedTokenIsRenewedOnce() throws Exception {
        desk.on("/home", exchange -> {
            boolean isRefused =
                    "Bearer token1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            SmallDesk.answer(exchange, isRefused ? 401 : 200, "{}");
        });

        Together.send(
                browser,
                browser.now(),
                List.of(Call.get("a", "/home"), Call.get("b", "/home"), Call.get("c", "/home")));

        assertThat(desk.asked("/api/v1/sessions/refresh"))
                .as("one for the first token, one for all three refusals")
                .extracting(Asked::cookie)
                .containsExactly(Session.COOKIE + "=cookie0", Session.COOKIE + "=cookie1");
        assertThat(browser.session().cookie()).isEqualTo("cookie2");
    }

    @Test
    void aRefreshWhoseAnswerWasLostIsTheSameAttempt() throws Exception {
        var count = new AtomicInteger();
        desk.on("/api/v1/sessions/refresh", exchange -> {
            if (count.incrementAndGet() == 1) {
                SmallDesk.breakOff(exchange);
            } else {
                SmallDesk.answerSession(exchange, count.get());
            }
        });

        assertThat(browser.session().reload(browser.now())).isTrue();
        assertThat(browser.session().reload(browser.now())).isTrue();

        var keys =
                desk.asked("/api/v1/sessions/refresh").stream().map(Asked::key).toList();
        assertThat(keys.get(1)).isEqualTo(keys.get(0));
        assertThat(keys.get(2)).isNotEqualTo(keys.get(0));
    }

    @Test
    void aSessionThatTheDeskEndedIsOver() throws Exception {
        desk.on("/api/v1/sessions/refresh", exchange -> SmallDesk.answer(exchange, 401, "{}"));

        assertThat(browser.session().reload(browser.now())).isFalse();
        assertThat(browser.session().isOver()).isTrue();
        assertThatThrownBy(() -> browser.send(Call.get("home", "/home"), browser.now()))
                .isInstanceOf(Lost.class);
    }

    @Test
    void whatIsNeverAnsweredIsLostAfterAWhile() throws Exception {
        desk.on("/tickets", SmallDesk::breakOff);
        var impatient = SmallDesk.browser(wire, Duration.ofMillis(1_500));

        assertThatThrownBy(() -> impatient.send(Call.create("ask", "/tickets", new byte[0]), impatient.now()))
                .asInstanceOf(type(Lost.class))
                .satisfies(lost ->
                        assertThat(lost.wasRefused()).as("it may be there").isFalse());
        assertThat(desk.asked("/tickets")).hasSize(2);
    }

    @Test
    void whatIsRefusedIsNotSentAgain() throws Exception {
        desk.on("/tickets", exchange -> SmallDesk.answer(exchange, 422, "{\"type\":\"/problems/invalid\"}"));

        assertThatThrownBy(() -> browser.send(Call.create("ask", "/tickets", new byte[0]), browser.now()))
                .hasMessageContaining("/problems/invalid")
                .asInstanceOf(type(Lost.class))
                .satisfies(lost -> assertThat(lost.wasRefused()).isTrue());
        assertThat(desk.asked("/tickets")).hasSize(1);
    }
}
