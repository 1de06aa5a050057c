package io.tealdesk.live;

import java.util.List;
import java.util.UUID;

/**
 * Who is at a ticket just now.
 *
 * @param people each once, whoever came first before the others; none when all have left
 */
record TicketPresence(long ticket, List<PresentPerson> people) {

    /** @param activity replying, if that is what is done in any of the person's tabs */
    record PresentPerson(UUID id, String name, PresenceActivity activity) {}
}
