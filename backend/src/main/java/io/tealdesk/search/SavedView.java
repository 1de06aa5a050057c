package io.tealdesk.search;

import io.tealdesk.shared.Count;
import io.tealdesk.tickets.TicketView.NameView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter, an order and columns that somebody keeps under a name.
 *
 * @param team whose view it is, where a team shares it
 * @param columns empty for the reader's own choice
 * @param count of its tickets, where it was asked for and did not take too long
 */
record SavedView(
        UUID id,
        String name,
        Visibility visibility,
        NameView owner,
        @Nullable NameView team,
        FilterNode filter,
        TicketOrder order,
        List<String> columns,
        boolean mayChange,
        @Nullable Count count,
        long version) {

    SavedView withCount(@Nullable Count newCount) {
        return new SavedView(id, name, visibility, owner, team, filter, order, columns, mayChange, newCount, version);
    }

    enum Visibility {
        PRIVATE,
        TEAM,
        EVERYONE
    }
}
