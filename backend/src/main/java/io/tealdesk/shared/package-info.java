/**
 * What every module leans on and no product rule lives in: problems (RFC 9457), pages and cursors, entity versions,
 * idempotent requests, throttles, the clock. It knows no other module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.tealdesk.shared;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
