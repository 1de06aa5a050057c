package io.tealdesk.macros;

import io.tealdesk.tickets.TicketView.NameView;
import java.util.List;
import java.util.UUID;

/**
 * A text that somebody keeps under a name.
 *
 * @param teams who share it, where it is some teams'
 * @param text Markdown with variables
 */
record SavedReply(
        UUID id,
        String name,
        MacroVisibility visibility,
        List<NameView> teams,
        NameView owner,
        String text,
        boolean mayChange,
        long version) {}
