package io.tealdesk.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the public messages of a ticket say of it.
 *
 * @param lastMessageAt null where there are none
 */
public record TicketSpeech(
        @Nullable Instant firstRepliedAt, @Nullable Instant lastMessageAt, boolean isLastByStaff) {}
