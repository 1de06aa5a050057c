package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.HookPlan;
import java.util.concurrent.CompletableFuture;

/** Calls the functions of hooks. */
public interface Hooks {

    /**
     * Calls a hook's function and returns at once.
     *
     * @return the function's word to CodeDeploy, true for Succeeded; stays open if it never says any
     */
    CompletableFuture<Boolean> call(HookPlan hook, String deploymentId);
}
