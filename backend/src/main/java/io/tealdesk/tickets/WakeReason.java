package io.tealdesk.tickets;

/** Why a snooze ended. */
enum WakeReason {
    TIME,
    ANSWER,
    BY_HAND,
    /** The ticket was resolved, closed or cancelled. */
    DONE
}
