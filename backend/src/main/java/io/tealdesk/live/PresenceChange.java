package io.tealdesk.live;

import io.tealdesk.identity.Viewer;
import io.tealdesk.tickets.TicketScope;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is at a ticket by now, with what decides who may know of it. */
record PresenceChange(
        TicketPresence presence, UUID requesterId, @Nullable UUID organisationId, UUID teamId) {

    boolean isFor(Viewer viewer) {
        return viewer.isStaff() && TicketScope.includes(viewer, requesterId, organisationId, teamId);
    }
}
