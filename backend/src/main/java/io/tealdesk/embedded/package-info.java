/**
 * Tealdesk without anything around it: {@code mvn spring-boot:run} gives it its own PostgreSQL, catches its mail and keeps
 * all of that in one directory. Active in the profile {@code embedded} only; what it needs is not in the packaged
 * application.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package io.tealdesk.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
