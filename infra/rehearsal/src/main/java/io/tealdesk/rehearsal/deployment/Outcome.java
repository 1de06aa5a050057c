package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.ServiceName;
import java.util.List;

/**
 * How a deployment ended.
 *
 * @param reason one sentence; empty after success
 * @param killedTasks those that did not end by themselves within their stop timeout
 */
public record Outcome(ServiceName service, Result result, String reason, List<String> killedTasks) {

    /** CodeDeploy's words, but for the way back, which it calls a deployment of its own. */
    public enum Result {
        SUCCEEDED,
        ROLLED_BACK,
        /** Not begun: the migration that has to come first would not do. */
        REFUSED,
        /** Not even the way back is planned; traffic stays where it was. */
        FAILED
    }

    public boolean succeeded() {
        return result == Result.SUCCEEDED;
    }
}
