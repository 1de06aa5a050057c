package io.tealdesk.macros;

import io.tealdesk.tickets.TicketView.NameView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Actions that somebody keeps under a name.
 *
 * @param teams who share it, where it is some teams'
 * @param assignee the person that the actions name, while there is one
 * @param team the team that the actions name, while there is one
 */
record Macro(
        UUID id,
        String name,
        MacroVisibility visibility,
        List<NameView> teams,
        NameView owner,
        MacroActions actions,
        @Nullable NameView assignee,
        @Nullable NameView team,
        boolean mayChange,
        long version) {}
