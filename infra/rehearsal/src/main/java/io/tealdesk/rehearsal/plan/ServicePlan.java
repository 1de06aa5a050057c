package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

    /** The same with only those of its alarms. */
    public ServicePlan withAlarms(Predicate<AlarmPlan> stays) {
        return with(hooks, alarms.stream().filter(stays).toList());
    }

    public ServicePlan withoutHooks() {
        return with(List.of(), alarms);
    }

    private ServicePlan with(List<HookPlan> otherHooks, List<AlarmPlan> otherAlarms) {
        return new ServicePlan(
                name,
                task,
                health,
                deregistrationDelay,
                tasks,
                healthCheckGracePeriod,
                shift,
                otherHooks,
                terminationWait,
                otherAlarms,
                rollbackOn);
    }

    /** The events after which CodeDeploy moves traffic back by itself. */
    public enum RollbackTrigger {
        DEPLOYMENT_FAILURE,
        DEPLOYMENT_STOP_ON_ALARM,
        DEPLOYMENT_STOP_ON_REQUEST
    }
}
