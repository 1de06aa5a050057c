package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;

/** The ports that the load balancer planned before it started: task 1, 2, … of a colour. */
public interface TaskPorts {

    /** Of a number from 1. */
    int port(ServiceName service, Color color, int number);

    /** How many a colour has; more tasks than that never run at once. */
    default int perColor() {
        return NginxLoadBalancer.TARGETS_PER_GROUP;
    }
}
