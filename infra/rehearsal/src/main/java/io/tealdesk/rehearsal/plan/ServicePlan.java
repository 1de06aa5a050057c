package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How one service is deployed.
 *
 * @param tasks how many of each colour
 * @param healthCheckGracePeriod for which ECS does not end a new task that the load balancer finds unhealthy
 * @param terminationWait how long blue stays after all traffic has moved, while alarms are watched
 * @param alarms those that the deployment group watches
 */
public record ServicePlan(
        ServiceName name,
        TaskPlan task,
        HealthCheckPlan health,
        Duration deregistrationDelay,
        int tasks,
        Duration healthCheckGracePeriod,
        TrafficShift shift,
        List<HookPlan> hooks,
        Duration terminationWait,
        List<AlarmPlan> alarms,
        Set<RollbackTrigger> rollbackOn) {

    /** The events after which CodeDeploy moves traffic back by itself. */
    public enum RollbackTrigger {
        DEPLOYMENT_FAILURE,
        DEPLOYMENT_STOP_ON_ALARM,
        DEPLOYMENT_STOP_ON_REQUEST
    }
}
