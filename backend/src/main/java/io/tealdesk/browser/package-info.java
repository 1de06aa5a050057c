/**
 * Serves the browser application where it lies on the class path: in the embedded default and in tests. In production
 * Nginx does this, by the same rules. It knows nothing of the product.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.tealdesk.browser;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
