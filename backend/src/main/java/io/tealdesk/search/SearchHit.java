package io.tealdesk.search;

import io.tealdesk.search.SearchHighlights.Snippet;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import io.tealdesk.tickets.TicketView.NameView;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that was found.
 *
 * @param mergedInto the ticket that this one leads to, for one that has become part of another
 * @param message the newest one that holds what was looked for; absent when none of the newest does
 */
record SearchHit(
        long number,
        Snippet subject,
        TicketStatus status,
        Lane lane,
        TicketPriority priority,
        NameView requester,
        NameView team,
        @Nullable NameView assignee,
        List<String> tags,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Long mergedInto,
        @Nullable FoundMessage message) {

    /** @param internal whether it is a note, for staff alone */
    record FoundMessage(long id, NameView author, boolean internal, Instant createdAt, Snippet body) {}

    record TicketSuggestion(long number, String subject, TicketStatus status) {}

    record PersonSuggestion(UUID id, String name, String email) {}

    /**
     * What may be meant, at most eight of each.
     *
     * @param operators what may stand in the place of the word that is being typed
     */
    record Suggestions(
            List<TicketSuggestion> tickets, List<PersonSuggestion> people, List<String> tags, List<String> operators) {}
}
