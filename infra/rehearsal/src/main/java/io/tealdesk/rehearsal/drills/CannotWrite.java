package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.Deployment;
import io.tealdesk.rehearsal.deployment.Stage;
import io.tealdesk.rehearsal.plan.HookPlan;
import io.tealdesk.rehearsal.plan.ServicePlan;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/**
 * Green starts with all its rights, because it writes a little then, and loses those to write before the hook comes.
 *
 * @param isHookSilent whether the hook hangs instead of finding out
 */
record CannotWrite(boolean isHookSilent) implements Drill.Plot {

    @Override
    public ServicePlan plan(ServicePlan plan) {
        if (!isHookSilent) {
            return plan;
        }
        return new ServicePlan(
                plan.name(),
                plan.task(),
                plan.health(),
                plan.deregistrationDelay(),
                plan.tasks(),
                plan.healthCheckGracePeriod(),
                plan.shift(),
                plan.hooks().stream().map(CannotWrite::hanging).toList(),
                plan.terminationWait(),
                plan.alarms(),
                plan.rollbackOn());
    }

    /** Ended by Lambda after a while, as every function is; what counts is that nobody reported. */
    private static HookPlan hanging(HookPlan hook) {
        return new HookPlan(hook.event(), HangingHook.class.getName(), Duration.ofSeconds(20), hook.environment());
    }

    @Override
    public Incident begin(DrillScene scene) throws SQLException {
        GreenRole role = new GreenRole(scene);
        return new Incident() {
            @Override
            public Map<String, String> greenEnvironment() {
                return role.environment();
            }

            @Override
            public void entering(Stage stage, Deployment deployment) {
                if (stage == Stage.ALLOW_TEST_TRAFFIC) {
                    role.loseWriting();
                }
            }
        };
    }
}
