package io.tealdesk.bulk;

/** What became of one ticket. */
enum BulkOutcome {
    CHANGED,
    /** It was so already. */
    UNCHANGED,
    /** Some of it is not as it was before, because somebody has changed it since or it cannot be so again. */
    KEPT,
    REFUSED,
    /** The edit was stopped before its turn came. */
    STOPPED
}
