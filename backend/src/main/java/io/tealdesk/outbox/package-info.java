/**
 * Mail that leaves. A change writes the mails it causes in its own transaction; a job sends them afterwards, on any
 * task, at least once and each with a Message-ID fixed beforehand. It knows nothing of who writes what to whom.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "secrets"})
package io.tealdesk.outbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
