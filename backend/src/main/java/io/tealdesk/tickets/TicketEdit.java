package io.tealdesk.tickets;

import java.time.Instant;
import java.util.Collection;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Several changes of one ticket that are made together or not at all. What is null, or empty, stays as it is.
 *
 * @param addedTags to those that the ticket has
 */
public record TicketEdit(
        @Nullable TicketStatus status,
        @Nullable TicketPriority priority,
        @Nullable UUID teamId,
        @Nullable Assignee assignee,
        Collection<String> addedTags,
        Collection<String> removedTags,
        @Nullable DueDate dueDate,
        @Nullable Snooze snooze) {

    /** The member of a refusal's problem that names the part of the edit which is not allowed. */
    public static final String REFUSED_PART = "action";

    /** Tags in their one form; refuses what is no tag. */
    public static SortedSet<String> normalisedTags(Collection<String> tags) {
        return TicketTags.normalised(tags);
    }

    /** @param personId null for nobody */
    public record Assignee(@Nullable UUID personId) {}

    /** @param at null for none */
    public record DueDate(@Nullable Instant at) {}

    /** @param until null for until the customer answers */
    public record Snooze(boolean isOver, @Nullable Instant until) {}
}
