/**
 * CodeDeploy's part: the lifecycle events in their documented order, the shift of traffic, alarms, the way back.
 */
@NullMarked
package io.tealdesk.rehearsal.deployment;

import org.jspecify.annotations.NullMarked;
