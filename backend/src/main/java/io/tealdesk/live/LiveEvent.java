package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
import io.tealdesk.tickets.TicketScope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something changed on a ticket, with what decides who may know of it.
 *
 * @param change a {@code TicketEventKind} or a kind of message; a newer release may know more of them than this one
 * @param leftTeamId the team that the ticket was moved away from
 */
record LiveEvent(
        long id,
        long transaction,
        long ticketNumber,
        String change,
        @Nullable Long messageId,
        @Nullable UUID leftTeamId,
        UUID requesterId,
        @Nullable UUID organisationId,
        UUID teamId) {

    /** Staff only; an agent also learns that a ticket has left one of their teams, or it would stay in the list. */
    boolean isFor(Viewer viewer) {
        return viewer.isStaff()
                && (TicketScope.includes(viewer, requesterId, organisationId, teamId)
                        || (leftTeamId != null && viewer.teamIds().contains(leftTeamId)));
    }
}
