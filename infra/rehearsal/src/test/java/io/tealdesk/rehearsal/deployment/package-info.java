/** The deployment's rules, by the clock and against small servers. */
@NullMarked
package io.tealdesk.rehearsal.deployment;

import org.jspecify.annotations.NullMarked;
