/**
 * A desk worth looking at. Where {@code tealdesk.demo.enabled} is set and the desk is still empty, it is filled with
 * people, tickets, conversations and histories of the last ninety days. What they say stands in {@code resources/demo};
 * here it is told: scenarios are drawn, their slots filled and their steps played forward in time, so that each ticket's
 * state is the result of its history. Nobody depends on this module.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "identity", "files", "tickets", "conversations"})
package io.tealdesk.demo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
