/**
 * Measures a desk that is full: one task and its database on this machine, agents who do one thing after the other
 * without a pause, and what PostgreSQL alone could do of the same.
 */
@NullMarked
package io.tealdesk.rehearsal.bench;

import org.jspecify.annotations.NullMarked;
