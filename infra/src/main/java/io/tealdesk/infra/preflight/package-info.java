/**
 * The look before a stack update: CodeDeploy moves traffic behind CloudFormation's back, so an update that believes its
 * own template may send everybody to tasks that are gone.
 */
@NullMarked
package io.tealdesk.infra.preflight;

import org.jspecify.annotations.NullMarked;
