package io.tealdesk.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.tealdesk.rehearsal.load.LiveSummary.Handover;
import io.tealdesk.rehearsal.load.Person.Role;
import io.tealdesk.rehearsal.recording.RequestRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveConnectionsTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Queue<String> news = new ConcurrentLinkedQueue<>();
    private final Queue<String> resumedFrom = new ConcurrentLinkedQueue<>();
    private final CountDownLatch secondIsOpen = new CountDownLatch(1);
    private final CountDownLatch testIsOver = new CountDownLatch(1);
    private SmallDesk desk;
    private Wire wire;
    private LiveConnections live;

    @BeforeEach
    void open() throws IOException {
        desk = new SmallDesk().withSessions();
        wire = desk.wire(PATIENCE);
        var agent = new Person(UUID.randomUUID(), "agent", Role.AGENT, SmallDesk.browser(wire, PATIENCE));
        live = new LiveConnections(wire, List.of(agent), news::add);
    }

    @AfterEach
    void close() {
        live.stop();
        testIsOver.countDown();
        wire.close();
        desk.close();
    }

    private void stream(HttpExchange exchange, String release, String text) throws IOException {
        String lastEventId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
        resumedFrom.add(lastEventId == null ? "the beginning" : lastEventId);
        exchange.getResponseHeaders().set("X-Release", release);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private void stayOpen() {
        try {
            testIsOver.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String hello(String id) {
        return "retry: 1000\nevent: hello\nid: " + id + "\ndata: {}\n\n";
    }

    @Test
    void aGoodbyeHandsOverToTheNewRelease() throws Exception {
        var count = new AtomicInteger();
        desk.on("/api/v1/live", exchange -> {
            if (count.incrementAndGet() == 1) {
                stream(
                        exchange,
                        "r1",
                        hello("p1") + "event: ticket\nid: p2\ndata: {\"event\":7,\"ticket\":1}\n\n"
                                + "event: presence\ndata: {\"ticket\":1,\"people\":[]}\n\n"
                                + ":\n\nevent: goodbye\nid: p3\ndata: {}\n\n");
                exchange.close();
            } else {
                stream(exchange, "r2", hello("p3") + "event: ticket\nid: p4\ndata: {\"event\":9}\n\n");
                secondIsOpen.countDown();
                stayOpen();
            }
        });

        live.start();
        assertThat(secondIsOpen.await(10, TimeUnit.SECONDS)).isTrue();
        while (live.summary().handovers().isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(resumedFrom).containsExactly("the beginning", "p3");
        assertThat(live.summary().handedOver()).isEqualTo(1);
        assertThat(live.summary().held()).isEqualTo(1);
        assertThat(live.summary().handovers()).singleElement().satisfies(handover -> {
            assertThat(handover).extracting(Handover::from, Handover::to).containsExactly("r1", "r2");
            assertThat(handover.announced()).isTrue();
        });
        assertThat(desk.records).noneMatch(RequestRecord::failed);

        live.stop();
        Instant later = Instant.now().plusSeconds(60);
        live.check(Map.of(7, later, 8, later, 6, Instant.EPOCH));
        assertThat(live.summary().missed()).as("8; 6 was before").isEqualTo(1);
    }

    @Test
    void anEndWithoutAGoodbyeIsAFailure() throws Exception {
        var count = new AtomicInteger();
        desk.on("/api/v1/live", exchange -> {
            stream(exchange, "r1", hello("p1"));
            if (count.incrementAndGet() == 1) {
                exchange.close();
            } else {
                secondIsOpen.countDown();
                stayOpen();
            }
        });

        live.start();
        assertThat(secondIsOpen.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(desk.records)
                .filteredOn(RequestRecord::failed)
                .singleElement()
                .satisfies(record -> assertThat(record.failure()).contains("without a goodbye"));
    }

    @Test
    void aReleaseWithoutLiveConnectionsIsNoFailure() throws Exception {
        var count = new AtomicInteger();
        desk.on("/api/v1/live", exchange -> {
            SmallDesk.answer(exchange, 404, "{}");
            if (count.incrementAndGet() == 2) {
                secondIsOpen.countDown();
            }
        });

        live.start();
        assertThat(secondIsOpen.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(news).singleElement().asString().contains("r1");
        assertThat(live.summary().absence()).contains("r1");
        assertThat(desk.records).noneMatch(RequestRecord::failed);
    }
}
