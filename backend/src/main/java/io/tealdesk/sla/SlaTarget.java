package io.tealdesk.sla;

/** What is promised for a time. */
enum SlaTarget {
    /** The first public reply of staff, from when the ticket was opened. */
    FIRST_REPLY,
    /** A public reply of staff, from the first message of the customer that none has answered yet. */
    NEXT_REPLY,
    /** That the ticket is resolved or closed, from when it was opened. */
    RESOLUTION
}
