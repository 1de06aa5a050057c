/**
 * What agents keep so as not to write or do it again: saved replies, which are texts with variables, and macros, which
 * change a ticket and may write on it, all at once or not at all (docs/adr/0020-macros.md). Only {@code bulk} depends on
 * it, to apply one macro to many tickets.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets", "conversations"})
package io.tealdesk.macros;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
