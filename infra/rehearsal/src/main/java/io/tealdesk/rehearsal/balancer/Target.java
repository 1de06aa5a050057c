package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.net.InetSocketAddress;

/** An address in a target group. */
public record Target(String name, ServiceName service, Color color, InetSocketAddress address) {

    /** What the load balancer thinks of a target; the names are its API's. */
    public enum Health {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        DRAINING
    }
}
