package io.tealdesk.tickets;

import io.tealdesk.shared.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /**
     * A ticket that has become part of another is not changed any more.
     *
     * @param mergedInto where it leads to; null where the viewer may not know
     */
    static Problem merged(@Nullable Long mergedInto) {
        var problem = new TicketProblem(
                HttpStatus.CONFLICT,
                "ticket-merged",
                "This ticket is part of another",
                "Write on the ticket that it was merged into, or undo the merge.");
        return mergedInto == null ? problem : problem.with("mergedInto", mergedInto);
    }

    /** @param others whose tickets are to become part of somebody else's */
    static Problem otherRequesters(List<?> others) {
        return new TicketProblem(
                        HttpStatus.CONFLICT,
                        "other-requesters",
                        "Different people asked",
                        "Each of them goes on seeing their own messages alone, and replies go to the target's requester."
                                + " Say withOtherRequesters to merge all the same.")
                .with("requesters", others);
    }

    static TicketProblem duplicatesInACircle() {
        return new TicketProblem(
                HttpStatus.CONFLICT,
                "duplicates-in-a-circle",
                "A ticket cannot be a duplicate of itself",
                "The other ticket is a duplicate of this one already, perhaps by way of more.");
    }

    static TicketProblem tooManyLinks() {
        return new TicketProblem(
                HttpStatus.CONFLICT,
                "too-many-links",
                "A ticket has at most 100 links",
                "Remove one that is not needed any more.");
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
