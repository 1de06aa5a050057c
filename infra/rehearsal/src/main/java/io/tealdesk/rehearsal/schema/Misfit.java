package io.tealdesk.rehearsal.schema;

/**
 * A statement of the running release that a migrated database refuses.
 *
 * @param sql the statement
 * @param state SQLSTATE
 * @param message PostgreSQL's
 */
record Misfit(String sql, String state, String message) {}
