/**
 * A ticket's life: opened, assigned, prioritised, moved, resolved, closed, reopened; and its history, written by the
 * code that makes the change. Also the one rule of who may see a ticket.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity"})
package io.tealdesk.tickets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
