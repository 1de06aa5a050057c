/**
 * A real Nginx as the load balancer: rules, target groups, weights for each request, health checks, metrics.
 */
@NullMarked
package io.tealdesk.rehearsal.balancer;

import org.jspecify.annotations.NullMarked;
