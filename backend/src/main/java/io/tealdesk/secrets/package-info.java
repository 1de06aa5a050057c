/**
 * Passwords and keys that Secrets Manager keeps, read by the application itself while it runs, so that a rotation needs
 * no restart. It knows how to read a secret and when to read it again; what is in it is its users' business.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package io.tealdesk.secrets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
