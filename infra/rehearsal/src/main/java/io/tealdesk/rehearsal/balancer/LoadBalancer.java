package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The load balancer as CodeDeploy, ECS and CloudWatch see it. */
public interface LoadBalancer extends AutoCloseable {

    /** Where people come in. */
    URI production();

    /** Where the hook comes in. */
    URI test();

    /** From now on it is checked, and gets its group's requests when it is healthy. */
    void register(Target target);

    /** No new request from now on; returns after the deregistration delay, or as soon as nothing is under way. */
    void deregister(Target target) throws InterruptedException;

    Target.Health health(Target target);

    List<Target> targets(ServiceName service, Color color);

    /** Percent of a listener's requests for a service, each request by itself. */
    void weights(ListenerName listener, ServiceName service, Map<Color, Integer> percent);

    /**
     * A metric as CloudWatch would have it for a period, by CloudWatch's name and statistic.
     *
     * @return empty when there is no data for it
     */
    OptionalDouble metric(AlarmPlan.Metric metric, Instant from, Duration period);

    @Override
    void close();

    enum ListenerName {
        PRODUCTION,
        TEST
    }
}
