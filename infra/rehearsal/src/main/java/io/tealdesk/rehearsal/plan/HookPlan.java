package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.Map;

/**
 * A hook's function, followed from appspec.yaml's placeholder to the service template.
 *
 * @param handler the class that AWS calls
 * @param timeout of the function; CodeDeploy's own is {@link #REPORT_WITHIN}
 * @param environment by name; values that only AWS knows are left as they stand in the template
 */
public record HookPlan(LifecycleEvent event, String handler, Duration timeout, Map<String, String> environment) {

    /** A deployment fails when a hook has not reported for so long (CodeDeploy user guide). */
    public static final Duration REPORT_WITHIN = Duration.ofHours(1);
}
