package io.tealdesk.tickets;

import static io.tealdesk.tickets.TicketStatus.CANCELLED;
import static io.tealdesk.tickets.TicketStatus.CLOSED;
import static io.tealdesk.tickets.TicketStatus.IN_PROGRESS;
import static io.tealdesk.tickets.TicketStatus.OPEN;
import static io.tealdesk.tickets.TicketStatus.RESOLVED;
import static io.tealdesk.tickets.TicketStatus.WAITING_ON_CUSTOMER;
import static io.tealdesk.tickets.TicketStatus.WAITING_ON_THIRD_PARTY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketStatusTests {

    @Test
    void followsTheTransitionGraph() {
        var graph = new EnumMap<TicketStatus, Set<TicketStatus>>(TicketStatus.class);
        graph.put(OPEN, Set.of(IN_PROGRESS, WAITING_ON_CUSTOMER, WAITING_ON_THIRD_PARTY, RESOLVED, CLOSED, CANCELLED));
        graph.put(IN_PROGRESS, Set.of(OPEN, WAITING_ON_CUSTOMER, WAITING_ON_THIRD_PARTY, RESOLVED, CLOSED, CANCELLED));
        graph.put(WAITING_ON_CUSTOMER, Set.of(OPEN, IN_PROGRESS, WAITING_ON_THIRD_PARTY, RESOLVED, CLOSED, CANCELLED));
        graph.put(WAITING_ON_THIRD_PARTY, Set.of(OPEN, IN_PROGRESS, WAITING_ON_CUSTOMER, RESOLVED, CLOSED, CANCELLED));
        graph.put(RESOLVED, Set.of(OPEN, CLOSED));
        graph.put(CLOSED, Set.of(OPEN));
        graph.put(CANCELLED, Set.of(OPEN));

        for (var from : TicketStatus.values()) {
            for (var to : TicketStatus.values()) {
                assertThat(from.canTransitionTo(to))
                        .as(from + " to " + to)
                        .isEqualTo(graph.getOrDefault(from, Set.of()).contains(to));
            }
        }
    }

    @Test
    void everyStatusIsInTheLaneThatListsIt() {
        for (var status : TicketStatus.values()) {
            assertThat(status.lane().statuses()).contains(status);
        }
    }
}
