package io.tealdesk.hooks;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClientBuilder;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEventStatus;

/** Tells CodeDeploy how a hook ended. Without that word a deployment hangs for an hour, so it is said insistently. */
class HookReport {

    private static final int ATTEMPTS_MAX = 6;

    private final CodeDeployClient codeDeploy;

    HookReport(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    /** At most some 25 seconds in all, which the watchdog of the hook keeps free. */
    static CodeDeployClientBuilder insistent(CodeDeployClientBuilder client) {
        return client.overrideConfiguration(configuration -> configuration
                .apiCallAttemptTimeout(Duration.ofSeconds(4))
                .apiCallTimeout(Duration.ofSeconds(25))
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS_MAX)
                        .backoffStrategy(
                                BackoffStrategy.exponentialDelay(Duration.ofMillis(200), Duration.ofSeconds(2)))
                        .build()));
    }

    /** A second word about the same event is refused by CodeDeploy and no problem here. */
    void put(HookCall call, boolean hasPassed) {
        try {
            codeDeploy.putLifecycleEventHookExecutionStatus(request -> request.deploymentId(call.deploymentId())
                    .lifecycleEventHookExecutionId(call.executionId())
                    .status(hasPassed ? LifecycleEventStatus.SUCCEEDED : LifecycleEventStatus.FAILED));
        } catch (LifecycleEventAlreadyCompletedException e) {
            Log.line("CodeDeploy has the result of this hook already.");
        }
    }

    record HookCall(String deploymentId, String executionId) {}
}
