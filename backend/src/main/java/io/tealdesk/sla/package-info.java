/**
 * What was promised of a ticket and how it stands: business hours, policies, clocks, warnings and breaches
 * (docs/adr/0025-sla-clocks.md). Clocks follow the tickets by a queue that triggers fill, so nobody depends on it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets", "outbox"})
package io.tealdesk.sla;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
