/** Numbers about tickets, within what the viewer may see. A read model; nobody depends on it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets"})
package io.tealdesk.reporting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
