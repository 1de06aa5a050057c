/** What AWS calls during a deployment: the smoke test of the new release, and the pause of autoscaling around it. */
@NullMarked
package io.tealdesk.hooks;

import org.jspecify.annotations.NullMarked;
