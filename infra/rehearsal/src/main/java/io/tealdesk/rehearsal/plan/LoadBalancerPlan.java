package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.List;

/**
 * The load balancer's listeners.
 *
 * @param idleTimeout after which it gives up on a silent connection, to either side
 * @param production the production listener's rules, in the order in which they are tried; what none matches is a 404
 * @param test the test listener's
 */
public record LoadBalancerPlan(Duration idleTimeout, List<ForwardRule> production, List<ForwardRule> test) {

    /**
     * A rule that forwards to a service's two target groups.
     *
     * @param pathPatterns the load balancer's patterns: {@code *} for any characters, {@code ?} for one
     */
    public record ForwardRule(int priority, List<String> pathPatterns, ServiceName service) {}
}
