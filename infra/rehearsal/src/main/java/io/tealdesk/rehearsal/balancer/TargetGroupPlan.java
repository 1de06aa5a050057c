package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What both of a service's target groups are set to. */
public record TargetGroupPlan(HealthCheckPlan health, Duration deregistrationDelay) {

    static Map<ServiceName, TargetGroupPlan> of(DeploymentPlan plan) {
        Map<ServiceName, TargetGroupPlan> groups = new EnumMap<>(ServiceName.class);
        Arrays.stream(ServiceName.values()).forEach(name -> {
            ServicePlan service = plan.service(name);
            groups.put(name, new TargetGroupPlan(service.health(), service.deregistrationDelay()));
        });
        return groups;
    }
}
