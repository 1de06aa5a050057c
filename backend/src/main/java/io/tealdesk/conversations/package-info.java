/**
 * Messages on a ticket: public replies and internal notes with their attachments. Opening a ticket is writing its first
 * message, so it is done here. The portal's shapes are here too: a customer never receives one made for staff.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "tickets", "files", "outbox"})
package io.tealdesk.conversations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
