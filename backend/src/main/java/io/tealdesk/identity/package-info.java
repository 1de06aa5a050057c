/**
 * Who people are and what they may do: people, organisations, teams, roles, sign-in, sessions and tokens. Every request
 * is answered for a {@link io.tealdesk.identity.Viewer}.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "secrets", "outbox"})
package io.tealdesk.identity;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
