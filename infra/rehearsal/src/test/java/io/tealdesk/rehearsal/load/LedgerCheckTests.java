package io.tealdesk.rehearsal.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.load.Ledger.Write;
import io.tealdesk.rehearsal.load.Person.Role;
import io.tealdesk.rehearsal.load.Written.Change;
import io.tealdesk.rehearsal.load.Written.Found;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerCheckTests {

    private static final long NUMBER = 10_001;

    private final Ledger ledger = new Ledger();
    private SmallDesk desk;
    private Wire wire;
    private Person agent;

    @BeforeEach
    void open() throws IOException {
        desk = new SmallDesk();
        wire = desk.wire(Duration.ofSeconds(1));
        agent = new Person(UUID.randomUUID(), "agent", Role.AGENT, SmallDesk.browser(wire, Duration.ofSeconds(1)));
    }

    @AfterEach
    void close() {
        wire.close();
        desk.close();
    }

    private Write acknowledged(String kind, String marker) {
        Write write = ledger.intend(kind, agent, NUMBER, marker);
        write.acknowledged(NUMBER, Instant.now());
        return write;
    }

    private Found found(String marker, String... files) {
        return new Found(marker, NUMBER, agent.id().toString(), "PUBLIC_REPLY", List.of(files));
    }

    @Test
    void everyAcknowledgedWriteHasToBeThereOnce() {
        acknowledged("reply", "x1z");
        acknowledged("reply", "x2z");
        acknowledged("reply", "x3z");

        var check = new LedgerCheck(ledger);
        check.messages(List.of(found("x1z"), found("x3z"), found("x3z"), found("x4z")));

        assertThat(check.lost()).singleElement().asString().contains("x2z");
        assertThat(check.doubled()).singleElement().asString().contains("x3z").contains("2 times");
        assertThat(check.unexpected()).singleElement().asString().contains("x4z");
    }

    @Test
    void aWriteWithoutAnAnswerMayBeThereOrNot() {
        ledger.intend("note", agent, NUMBER, "x1z");
        ledger.intend("note", agent, NUMBER, "x2z");
        ledger.intend("note", agent, NUMBER, "x3z");
        ledger.intend("note", agent, NUMBER, "x4z").refused();

        var check = new LedgerCheck(ledger);
        check.messages(List.of(found("x2z"), found("x3z"), found("x3z"), found("x4z")));

        assertThat(check.lost()).isEmpty();
        assertThat(check.doubled()).singleElement().asString().contains("x3z");
        assertThat(check.unexpected())
                .singleElement()
                .asString()
                .contains("x4z")
                .contains("refused");
    }

    @Test
    void aFileHasToBeThereWithItsOwnBytes() {
        acknowledged("reply", "x1z").attaches(new Upload(UUID.randomUUID(), "aa"));
        acknowledged("reply", "x2z").attaches(new Upload(UUID.randomUUID(), "bb"));
        acknowledged("reply", "x3z").attaches(new Upload(UUID.randomUUID(), "cc"));

        var check = new LedgerCheck(ledger);
        check.messages(List.of(found("x1z", "aa"), found("x2z", "00"), found("x3z")));

        assertThat(check.lost()).hasSize(2).allMatch(line -> line.contains("x2z") || line.contains("x3z"));
    }

    @Test
    void aWriteOnAnotherTicketIsNotWhereItBelongs() {
        acknowledged("reply", "x1z");

        var check = new LedgerCheck(ledger);
        check.messages(List.of(new Found("x1z", NUMBER + 1, agent.id().toString(), "PUBLIC_REPLY", List.of())));

        assertThat(check.unexpected()).singleElement().asString().contains("is on ticket 10002");
    }

    @Test
    void changesAreCountedInTheHistory() {
        acknowledged("priority", "HIGH");
        acknowledged("priority", "HIGH");
        acknowledged("priority", "LOW");
        ledger.intend("priority", agent, NUMBER, "LOW");
        String me = agent.id().toString();
        acknowledged("assignment", me);

        var check = new LedgerCheck(ledger);
        check.changes(Map.of(
                new Change(NUMBER, me, "PRIORITY", "HIGH"), 1,
                new Change(NUMBER, me, "PRIORITY", "LOW"), 2,
                new Change(NUMBER, me, "ASSIGNEE", me), 2,
                new Change(NUMBER, me, "ASSIGNEE", ""), 1));

        assertThat(check.lost()).singleElement().asString().contains("HIGH");
        assertThat(check.doubled()).singleElement().asString().contains("ASSIGNEE");
        assertThat(check.unexpected()).singleElement().asString().contains("ASSIGNEE");
    }

    @Test
    void aReplyLeavesAsOneMailHoweverOftenItIsSent() {
        acknowledged("reply", "x1z");
        acknowledged("reply", "x2z");
        acknowledged("reply", "x3z");
        acknowledged("note", "x4z");
        var messages = List.of(found("x1z"), found("x2z"), found("x3z"), found("x4z"));

        var check = new LedgerCheck(ledger);
        check.mails(
                List.of(
                        new CaughtMail("<1>", "about x1z"),
                        new CaughtMail("<1>", "about x1z"),
                        new CaughtMail("<2>", "about x2z"),
                        new CaughtMail("<3>", "about x2z")),
                Pattern.compile("x[0-9]z"),
                messages);

        assertThat(check.doubled()).singleElement().asString().contains("x2z");
        assertThat(check.lost()).singleElement().asString().contains("x3z");
    }
}
