/**
 * Plays the deployment of this repository on one machine, from the files that AWS reads, under load, and counts every\n * lost request and every lost or doubled write. Start with {@link io.tealdesk.rehearsal.Rehearsal}.
 */
@NullMarked
package io.tealdesk.rehearsal;

import org.jspecify.annotations.NullMarked;
