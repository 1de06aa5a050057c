/**
 * Numbers about tickets, within what the viewer may see. They are read from roll-ups, which jobs keep current with what
 * triggers put into a queue (docs/adr/0017-roll-ups.md); docs/reports.md says what each counts. Nobody depends on it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets"})
package io.tealdesk.reporting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
