package io.tealdesk.tickets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.tickets.Ticket.Speaker;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
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
