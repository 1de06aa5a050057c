/** The load balancer with small HTTP servers as its targets. */
@NullMarked
package io.tealdesk.rehearsal.balancer;

import org.jspecify.annotations.NullMarked;
