/**
 * Tells staff at once what changes: a stream of server-sent events for each open browser, fed on every task from one
 * table that triggers fill in the transaction of the change (docs/adr/0012-live-events.md). With it goes who is at which
 * ticket just now (docs/adr/0018-presence-expires.md). Nobody depends on it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets", "database"})
package io.tealdesk.live;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
