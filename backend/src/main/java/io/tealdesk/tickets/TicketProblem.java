package io.tealdesk.tickets;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpStatus;

/** What a ticket's rules refuse. */
public class TicketProblem extends Problem {

    private TicketProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static TicketProblem illegalStatusChange(TicketStatus from, TicketStatus to) {
        return (TicketProblem) new TicketProblem(
                        HttpStatus.CONFLICT,
                        "illegal-status-change",
                        "The status cannot change like this",
                        "A ticket cannot go from " + from + " to " + to + ".")
                .with("allowedStatuses", from.next());
    }

    static TicketProblem doneIsNotSnoozed(TicketStatus status) {
        return new TicketProblem(
                HttpStatus.CONFLICT,
                "ticket-done",
                "This ticket is done",
                "A ticket that is " + status + " cannot be snoozed; reopen it first.");
    }

    /** A customer answers a ticket that is closed for good. */
    public static TicketProblem closed() {
        return new TicketProblem(
                HttpStatus.CONFLICT,
                "ticket-closed",
                "This ticket is closed",
                "Reopen it to write again, or ask for help in a new one.");
    }
}
