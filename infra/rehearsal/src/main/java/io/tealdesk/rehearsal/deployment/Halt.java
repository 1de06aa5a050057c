package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;

/** Ends the way forward, wherever it is. */
final class Halt extends Exception {

    private static final long serialVersionUID = 1;

    private final RollbackTrigger trigger;

    Halt(RollbackTrigger trigger, String reason) {
        super(reason);
        this.trigger = trigger;
    }

    RollbackTrigger trigger() {
        return trigger;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
