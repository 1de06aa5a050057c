package io.tealdesk.identity;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;

/**
 * How somebody writes, and where they go on.
 *
 * @param undoSeconds for how long a reply that was sent can be taken back; 0, 5, 8, 20 or 30
 * @param takesOnReply whether the first key of a reply takes a ticket that nobody has
 * @param afterDone where to go once a ticket is done or put off
 */
public record Writing(
        @NotNull Integer undoSeconds,
        @NotNull Boolean takesOnReply,
        @NotNull AfterDone afterDone) {

    static final Writing AT_THE_BEGINNING = new Writing(8, true, AfterDone.STAY);

    public Duration undoWindow() {
        return Duration.ofSeconds(undoSeconds);
    }

    /** Where to go once a ticket is done or put off. */
    public enum AfterDone {
        STAY,
        NEXT,
        LIST
    }
}
