/**
 * Edits of many tickets at once, and their undoing (docs/adr/0023-bulk-edits.md): asked for in one request, worked off in
 * small transactions by whichever task is there, each ticket by the rules for one. Nobody depends on it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets", "search", "macros"})
package io.tealdesk.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
