package io.tealdesk.live;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.StatementCounter;
import io.tealdesk.identity.Viewer;
import io.tealdesk.identity.Viewers;
import io.tealdesk.live.LiveStream.Present;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.core.Notification;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** When is told what was heard; on streams of our own. */
@DeskTest
class PresenceRoundsTests {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    Viewers viewers;

    @Autowired
    Presences presences;

    @Autowired
    StatementCounter statements;

    private LiveStreams streams;
    private PresenceRounds rounds;
    private LiveStream stream;
    private Viewer ada;
    private List<Long> tickets;

    @BeforeEach
    void aTask() {
        var properties = new LiveProperties(
                Duration.ofMinutes(1), Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofSeconds(1));
        streams = new LiveStreams(viewers, properties, new SimpleMeterRegistry());
        streams.startAt(LivePosition.of(1_800_000_000, "100:100:"));
        rounds = new PresenceRounds(presences, streams);
        ada = desk.anAdministrator("Ada");
        stream = new LiveStream(ada);
        var http = new Http(mvc);
        var ines = desk.aCustomer("Ines");
        tickets = IntStream.range(0, 3)
                .mapToObj(i -> Long.valueOf(text(http.post(ines, "/api/v1/portal/tickets", """
                        {"subject":"Trailer squeaks","body":"On every bump.","attachmentIds":[]}"""), "$.number")))
                .toList();
    }

    @Test
    void readsAndTellsOnceHoweverMuchWasHeard() throws InterruptedException {
        streams.add(stream);
        tickets.forEach(ticket -> presences.show(ada, UUID.randomUUID(), ticket, PresenceActivity.VIEWING));
        for (int i = 0; i < 100; i++) {
            tickets.forEach(this::hear);
        }

        assertThat(statements.statementsOf(rounds::tellIfDue))
                .as("who is there, and who may know")
                .hasSize(2);

        assertThat(told()).containsExactlyInAnyOrderElementsOf(tickets);
        rounds.tellIfDue();
        assertThat(told()).isEmpty();
    }

    @Test
    void waitsAMomentBeforeItTellsAgain() throws InterruptedException {
        streams.add(stream);
        assertThat(rounds.patience(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        hear(tickets.getFirst());
        rounds.tellIfDue();
        assertThat(told()).containsExactly(tickets.getFirst());

        hear(tickets.getLast());
        rounds.tellIfDue();

        assertThat(told()).as("so soon after the last").isEmpty();
        assertThat(rounds.patience(Duration.ofSeconds(1))).isLessThanOrEqualTo(Duration.ofMillis(250));
        await().until(() -> {
            rounds.tellIfDue();
            return !told().isEmpty();
        });
        assertThat(rounds.patience(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void asksNothingWhereNobodyListens() {
        hear(tickets.getFirst());

        assertThat(statements.statementsOf(rounds::tellIfDue)).isEmpty();
    }

    @Test
    void findsTicketsThatWereLeftWithoutAWord() throws InterruptedException {
        streams.add(stream);
        var tab = UUID.randomUUID();
        presences.show(ada, tab, tickets.getFirst(), PresenceActivity.VIEWING);
        rounds.startOver();
        rounds.tellIfDue();
        assertThat(told()).containsExactly(tickets.getFirst());
        presences.end(ada, tab, tickets.getFirst());

        rounds.lookAround();

        await().until(() -> {
            rounds.tellIfDue();
            return told().contains(tickets.getFirst());
        });
        rounds.lookAround();
        assertThat(rounds.patience(Duration.ofSeconds(1))).as("once").isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"presence, ''", "presence, x", "presence, -1", "presence, 99999999999999999999", "live, 10001"})
    void leavesOutWhatIsNoTicket(String channel, String parameter) throws InterruptedException {
        streams.add(stream);

        rounds.hear(new Notification(channel, 1, parameter));

        assertThat(statements.statementsOf(rounds::tellIfDue)).isEmpty();
        assertThat(told()).isEmpty();
    }

    private void hear(long ticket) {
        rounds.hear(new Notification(Presences.CHANNEL, 1, String.valueOf(ticket)));
    }

    private List<Long> told() throws InterruptedException {
        return stream.next(0) instanceof Present present
                ? present.tickets().stream().map(TicketPresence::ticket).toList()
                : List.of();
    }
}
