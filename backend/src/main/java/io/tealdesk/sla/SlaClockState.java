package io.tealdesk.sla;

enum SlaClockState {
    RUNNING,
    PAUSED,
    /** What was promised was done, in time or late. */
    FULFILLED,
    /** The ticket ended without it. */
    DROPPED;

    boolean isOpen() {
        return this == RUNNING || this == PAUSED;
    }
}
