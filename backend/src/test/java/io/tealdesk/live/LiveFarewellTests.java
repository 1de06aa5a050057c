package io.tealdesk.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Viewers;
import io.tealdesk.live.LiveEvents.News;
import io.tealdesk.live.TicketPresence.PresentPerson;
import io.tealdesk.shared.DeskProperties;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of streams when their task is told to stop, and of those that are too slow; on streams of our own. */
@DeskTest
class LiveFarewellTests {

    private static final Duration FAREWELL = Duration.ofMillis(500);

    @Autowired
    DeskFixtures desk;

    @Autowired
    Viewers viewers;

    @Autowired
    LiveEvents events;

    @Autowired
    DeskProperties deskProperties;

    @Autowired
    JsonMapper json;

    private LiveStreams streams;
    private LiveFeed feed;
    private Viewer ada;

    @BeforeEach
    void aTask() {
        var properties =
                new LiveProperties(Duration.ofMinutes(1), Duration.ofMillis(100), FAREWELL, Duration.ofSeconds(1));
        streams = new LiveStreams(viewers, properties, new SimpleMeterRegistry());
        feed = new LiveFeed(streams, events, properties, deskProperties, json);
        ada = desk.anAdministrator("Ada");
        streams.start();
        streams.startAt(position(100));
    }

    @Test
    void tellsEachStreamToGoElsewhereButNotAllAtOnce() throws InterruptedException {
        var clients = IntStream.range(0, 10).mapToObj(i -> listening()).toList();
        var isDone = new CountDownLatch(1);

        var begin = System.nanoTime();
        streams.stop(isDone::countDown);
        await().until(() -> clients.stream().filter(ListeningClient::isEnded).count() > 2);
        assertThat(clients).anyMatch(client -> !client.isEnded());
        isDone.await();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(FAREWELL);

        await().until(() -> clients.stream().allMatch(ListeningClient::isEnded));
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.text()).endsWith("data: {\"reason\":\"RELEASE\"}\n\n"));
    }

    @Test
    void servesLatecomersForAMoment() {
        streams.stop(() -> {});

        var client = new ListeningClient(streams, feed, ada, null, streams.lifetime());
        streams.deliver(new News(position(101), List.of(anEvent(100))));

        await().until(client::isEnded);
        assertThat(client.events("ticket")).hasSize(1);
        assertThat(client.text()).endsWith("data: {\"reason\":\"RELEASE\"}\n\n");
    }

    @Test
    void keepsAQuietConnectionFromLookingIdleAndItsPositionFresh() {
        var client = listening();
        streams.deliver(new News(position(200), List.of()));

        await().until(() -> client.lastEventId().equals(position(200).toString()));
        assertThat(client.events("ticket")).isEmpty();
        client.close();
    }

    @Test
    void endsAStreamThatIsTooSlow() throws InterruptedException {
        var stream = new LiveStream(ada);
        streams.add(stream);
        for (int i = 100; i < 400; i++) {
            streams.deliver(new News(position(i + 1), List.of(anEvent(i))));
        }

        assertThat(stream.next(0)).isEqualTo(LiveStream.Ending.SILENT);
    }

    @Test
    void tellsASlowClientTheLatestOfATicketOnly() throws InterruptedException {
        var stream = new LiveStream(ada);
        streams.add(stream);
        for (int i = 0; i < 1_000; i++) {
            streams.deliverPresence(List.of(presenceAt(10_001, i), presenceAt(10_002, i)));
        }
        streams.deliver(new News(position(101), List.of(anEvent(100))));
        streams.deliverPresence(List.of(presenceAt(10_003, 0)));

        assertThat(stream.next(0))
                .isInstanceOfSatisfying(
                        LiveStream.Present.class,
                        present -> assertThat(present.tickets())
                                .containsExactly(
                                        presenceAt(10_001, 999).presence(),
                                        presenceAt(10_002, 999).presence(),
                                        presenceAt(10_003, 0).presence()));
        assertThat(stream.next(0)).isInstanceOf(LiveStream.Happened.class);
        assertThat(stream.next(0)).isNull();
        streams.deliverPresence(List.of(presenceAt(10_001, 0)));
        assertThat(stream.next(0)).isInstanceOf(LiveStream.Present.class);
    }

    @Test
    void endsAStreamThatWouldKeepTooManyTicketsWaiting() throws InterruptedException {
        var stream = new LiveStream(ada);
        streams.add(stream);
        for (int i = 0; i <= Presences.LISTED_MAX; i++) {
            streams.deliverPresence(List.of(presenceAt(10_001 + i, 0)));
        }

        assertThat(stream.next(0)).isEqualTo(LiveStream.Ending.SILENT);
    }

    private ListeningClient listening() {
        return new ListeningClient(streams, feed, ada, null, Duration.ofMinutes(1));
    }

    private static LivePosition position(long next) {
        return LivePosition.of(1_800_000_000, next + ":" + next + ":");
    }

    private PresenceChange presenceAt(long ticket, int who) {
        var person = new PresentPerson(new UUID(0, who), "Dana", PresenceActivity.VIEWING);
        return new PresenceChange(
                new TicketPresence(ticket, List.of(person)), ada.personId(), null, desk.theDefaultTeam());
    }

    private LiveEvent anEvent(long id) {
        return new LiveEvent(id, id, 10_001, "OPENED", null, null, ada.personId(), null, desk.theDefaultTeam());
    }
}
