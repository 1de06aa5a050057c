package io.tealdesk.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.tickets.Ticket.Speaker;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TicketTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final UUID DANA = UUID.randomUUID();

    @Test
    void notesThatItWasOpened() {
        var ticket = aTicket();

        assertThat(kinds(ticket)).containsExactly(TicketEventKind.OPENED);
        assertThat(ticket.takeChanges()).isEmpty();
    }

    @Test
    void notesEachChangeWithFromAndTo() {
        var ticket = aTicket();
        ticket.takeChanges();

        ticket.assignTo(DANA, LATER);
        ticket.changePriority(TicketPriority.CRITICAL, LATER);
        ticket.changeTags(new TreeSet<>(List.of("b", "a")), LATER);

        assertThat(ticket.takeChanges())
                .containsExactly(
                        new TicketChange(TicketEventKind.ASSIGNEE, null, DANA.toString()),
                        new TicketChange(TicketEventKind.PRIORITY, "MEDIUM", "CRITICAL"),
                        new TicketChange(TicketEventKind.TAGS, null, "a,b"));
    }

    @Test
    void notesNothingWhereNothingChanges() {
        var ticket = aTicket();
        ticket.takeChanges();

        ticket.changePriority(TicketPriority.MEDIUM, LATER);
        ticket.changeStatus(TicketStatus.OPEN, LATER);
        ticket.assignTo(null, LATER);
        ticket.changeDueDate(null, LATER);
        ticket.reopen(LATER);

        assertThat(ticket.takeChanges()).isEmpty();
    }

    @Test
    void refusesToLeaveDoneForAnythingButOpen() {
        var ticket = aTicket();
        ticket.changeStatus(TicketStatus.CLOSED, NOW);

        assertThatThrownBy(() -> ticket.changeStatus(TicketStatus.IN_PROGRESS, LATER))
                .isInstanceOf(TicketProblem.class);
        assertThat(ticket.status()).isEqualTo(TicketStatus.CLOSED);
    }

    @Test
    void startsWorkWithTheFirstReplyOfStaff() {
        var ticket = aTicket();

        ticket.repliedByStaff(null, LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void standsWhereTheReplySays() {
        var ticket = aTicket();

        ticket.repliedByStaff(TicketStatus.WAITING_ON_CUSTOMER, LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING_ON_CUSTOMER);
    }

    @Test
    void returnsToItsAgentWhenTheCustomerAnswers() {
        var ticket = aTicket();
        ticket.assignTo(DANA, NOW);
        ticket.changeStatus(TicketStatus.WAITING_ON_CUSTOMER, NOW);

        ticket.repliedByCustomer(LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
    }

    @Test
    void returnsToEverybodyWhenTheCustomerAnswersAndNobodyHasIt() {
        var ticket = aTicket();
        ticket.changeStatus(TicketStatus.WAITING_ON_CUSTOMER, NOW);

        ticket.repliedByCustomer(LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void opensAgainWhenTheCustomerAnswersAResolvedOne() {
        var ticket = aTicket();
        ticket.assignTo(DANA, NOW);
        ticket.changeStatus(TicketStatus.RESOLVED, NOW);

        ticket.repliedByCustomer(LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void refusesACustomersReplyOnceClosed() {
        var ticket = aTicket();
        ticket.close(NOW);

        assertThatThrownBy(() -> ticket.repliedByCustomer(LATER)).isInstanceOf(TicketProblem.class);
    }

    @Test
    void isSnoozedAndWokenOnce() {
        var ticket = aTicket();
        ticket.takeChanges();

        ticket.snooze(LATER, DANA, NOW);
        ticket.snooze(LATER, DANA, NOW);
        ticket.snooze(null, DANA, NOW);
        ticket.wake(WakeReason.BY_HAND, NOW);
        ticket.wake(WakeReason.BY_HAND, NOW);

        assertThat(ticket.takeChanges())
                .containsExactly(
                        new TicketChange(TicketEventKind.SNOOZED, null, LATER.toString()),
                        new TicketChange(TicketEventKind.SNOOZED, LATER.toString(), null),
                        new TicketChange(TicketEventKind.WOKEN, null, "BY_HAND"));
        assertThat(ticket.status()).isEqualTo(TicketStatus.OPEN);
    }

    @Test
    void wakesWhenItsTimeHasComeAndNotBefore() {
        var ticket = aTicket();
        ticket.snooze(LATER, DANA, NOW);
        ticket.takeChanges();

        ticket.wakeIfDue(LATER.minusMillis(1));
        assertThat(ticket.takeChanges()).isEmpty();

        ticket.wakeIfDue(LATER);
        ticket.wakeIfDue(LATER);
        assertThat(ticket.takeChanges()).containsExactly(new TicketChange(TicketEventKind.WOKEN, null, "TIME"));
    }

    /** Nobody answered in time: that is something to do. */
    @Test
    void waitsNoLongerOnceItsTimeHasCome() {
        var ticket = aTicket();
        ticket.assignTo(DANA, NOW);
        ticket.changeStatus(TicketStatus.WAITING_ON_CUSTOMER, NOW);
        ticket.snooze(LATER, DANA, NOW);

        ticket.wakeIfDue(LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.IN_PROGRESS);
        assertThat(kinds(ticket)).endsWith(TicketEventKind.WOKEN, TicketEventKind.STATUS);
    }

    @Test
    void goesOnWaitingWhenItIsWokenByHand() {
        var ticket = aTicket();
        ticket.changeStatus(TicketStatus.WAITING_ON_CUSTOMER, NOW);
        ticket.snooze(LATER, DANA, NOW);

        ticket.wake(WakeReason.BY_HAND, LATER);

        assertThat(ticket.status()).isEqualTo(TicketStatus.WAITING_ON_CUSTOMER);
    }

    @Test
    void wakesWhenTheCustomerAnswersAndSleepsOnWhenStaffDoes() {
        var ticket = aTicket();
        ticket.snooze(null, DANA, NOW);
        ticket.takeChanges();

        ticket.repliedByStaff(null, LATER);
        ticket.noted(LATER);
        ticket.wakeIfDue(LATER);
        assertThat(kinds(ticket)).containsExactly(TicketEventKind.STATUS);

        ticket.repliedByCustomer(LATER);
        assertThat(ticket.takeChanges()).containsExactly(new TicketChange(TicketEventKind.WOKEN, null, "ANSWER"));
    }

    @Test
    void endsItsSnoozeWithItself() {
        var ticket = aTicket();
        ticket.snooze(null, DANA, NOW);
        ticket.takeChanges();

        ticket.close(LATER);

        assertThat(ticket.takeChanges())
                .containsExactly(
                        new TicketChange(TicketEventKind.STATUS, "OPEN", "CLOSED"),
                        new TicketChange(TicketEventKind.WOKEN, null, "DONE"));
        assertThatThrownBy(() -> ticket.snooze(null, DANA, LATER)).isInstanceOf(TicketProblem.class);
    }

    /** Whatever is done to it, in any order: each change begins where the one before it ended. */
    @RepeatedTest(20)
    void canBeReplayedFromItsHistory(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var ticket = aTicket();
        var replayed = new EnumMap<TicketEventKind, String>(TicketEventKind.class);
        replayed.put(TicketEventKind.STATUS, "OPEN");
        replayed.put(TicketEventKind.PRIORITY, "MEDIUM");
        replayed.put(TicketEventKind.TEAM, ticket.teamId().toString());
        replayed.put(TicketEventKind.SUBJECT, ticket.subject());
        ticket.takeChanges();
        var isSnoozed = false;

        for (int step = 0; step < 200; step++) {
            changeAtRandom(ticket, random);
            for (var change : ticket.takeChanges()) {
                switch (change.kind()) {
                    case SNOOZED -> isSnoozed = true;
                    case WOKEN -> {
                        assertThat(isSnoozed).isTrue();
                        isSnoozed = false;
                    }
                    default -> {
                        assertThat(change.from()).isEqualTo(replayed.get(change.kind()));
                        assertThat(change.to()).isNotEqualTo(change.from());
                        replayed.put(change.kind(), change.to());
                    }
                }
            }
        }

        assertThat(replayed)
                .containsEntry(TicketEventKind.STATUS, ticket.status().name())
                .containsEntry(TicketEventKind.TEAM, ticket.teamId().toString())
                .containsEntry(TicketEventKind.SUBJECT, ticket.subject());
        assertThat(replayed.get(TicketEventKind.ASSIGNEE)).isEqualTo(Objects.toString(ticket.assigneeId(), null));
    }

    private static void changeAtRandom(Ticket ticket, Random random) {
        try {
            switch (random.nextInt(13)) {
                case 0 -> ticket.changeStatus(oneOf(TicketStatus.values(), random), LATER);
                case 1 -> ticket.changePriority(oneOf(TicketPriority.values(), random), LATER);
                case 2 -> ticket.assignTo(random.nextBoolean() ? DANA : null, LATER);
                case 3 -> ticket.moveTo(new UUID(7, random.nextInt(3)), LATER);
                case 4 -> ticket.changeTags(new TreeSet<>(List.of("a", "b").subList(0, random.nextInt(3))), LATER);
                case 5 -> ticket.changeDueDate(random.nextBoolean() ? LATER : null, LATER);
                case 6 -> ticket.changeSubject("Subject " + random.nextInt(3), LATER);
                case 7 -> ticket.repliedByStaff(random.nextBoolean() ? TicketStatus.RESOLVED : null, LATER);
                case 8 -> ticket.repliedByCustomer(LATER);
                case 9 -> ticket.snooze(random.nextBoolean() ? LATER.plusSeconds(60) : null, DANA, LATER);
                case 10 -> ticket.wake(WakeReason.BY_HAND, LATER);
                case 11 -> ticket.wakeIfDue(LATER.plusSeconds(random.nextInt(120)));
                default -> ticket.reopen(LATER);
            }
        } catch (TicketProblem refused) {
            assertThat(ticket.takeChanges()).isEmpty();
        }
    }

    private static <T> T oneOf(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static Ticket aTicket() {
        return new Ticket(
                "Trailer squeaks",
                UUID.randomUUID(),
                null,
                UUID.randomUUID(),
                TicketPriority.MEDIUM,
                Speaker.REQUESTER,
                NOW);
    }

    private static List<TicketEventKind> kinds(Ticket ticket) {
        return ticket.takeChanges().stream().map(TicketChange::kind).toList();
    }
}
