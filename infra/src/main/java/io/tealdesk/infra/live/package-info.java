/**
 * What is live in AWS at this moment, for operators and for what they run. CodeDeploy moves traffic behind
 * CloudFormation's back, so an update that believes its own template may send everybody to tasks that are gone.
 */
@NullMarked
package io.tealdesk.infra.live;

import org.jspecify.annotations.NullMarked;
