/**
 * What stands around the desk's tasks on AWS, stood up on this machine: the database, secrets, attachments, mail, and
 * the tasks themselves as processes or containers.
 */
@NullMarked
package io.tealdesk.rehearsal.world;

import org.jspecify.annotations.NullMarked;
