package io.tealdesk.rehearsal.schema;

/**
 * A statement of the running release that a migrated database refuses.
 *
 * @param sql the statement
 * @param state SQLSTATE
 * @param message PostgreSQL's
 */
record Misfit(String sql, String state, String message) {

    /** Prepared before the migration with columns that are others now. */
    boolean isOnlyAnOldPlan() {
        return state.equals("0A000") && message.startsWith("cached plan");
    }
}
