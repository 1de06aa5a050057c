package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.balancer.Target.Health;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;

/**
 * A target's health after each check.
 *
 * <p>"After your target is registered, it must pass one health check to be considered healthy" (Application Load Balancer
 * user guide, Health checks for target groups): the threshold of successes holds for a target that has been unhealthy.
 */
final class HealthState {

    private final HealthCheckPlan plan;
    private Health health = Health.INITIAL;
    private int inARow;
    private boolean lastPassed;

    HealthState(HealthCheckPlan plan) {
        this.plan = plan;
    }

    Health health() {
        return health;
    }

    Health after(boolean passed) {
        inARow = passed == lastPassed ? inARow + 1 : 1;
        lastPassed = passed;
        switch (health) {
            case INITIAL, UNHEALTHY -> {
                if (passed && (health == Health.INITIAL || inARow >= plan.healthyThreshold())) {
                    health = Health.HEALTHY;
                } else if (!passed && inARow >= plan.unhealthyThreshold()) {
                    health = Health.UNHEALTHY;
                }
            }
            case HEALTHY -> {
                if (!passed && inARow >= plan.unhealthyThreshold()) {
                    health = Health.UNHEALTHY;
                }
            }
            case DRAINING -> {}
        }
        return health;
    }

    void drain() {
        health = Health.DRAINING;
    }
}
