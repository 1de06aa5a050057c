package io.tealdesk.hooks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.tealdesk.hooks.HookReport.HookCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The function of AfterAllowTestTraffic. However the smoke test ends, CodeDeploy is told: also after a crash, an error
 * of the machine, a secret that cannot be read, and in time before Lambda ends the function. Where even that fails the
 * function fails, so that its caller may repeat it: everything here may be repeated.
 */
public class SmokeTestHook implements RequestStreamHandler {

    /** For telling CodeDeploy, its retries included. */
    private static final Duration RESERVE = Duration.ofSeconds(30);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HookTest test;
    private final HookReport report;

    /** Lambda's. Reads no setting: what is wrong there has to be found where it can be reported. */
    public SmokeTestHook() {
        this(
                new SmokeTestOnAws(System.getenv()),
                new HookReport(HookReport.insistent(CodeDeployClient.builder()).build()));
    }

    SmokeTestHook(HookTest test, HookReport report) {
        this.test = test;
        this.report = report;
    }

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        var call = call(payload.readAllBytes());
        var budget = Duration.ofMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        report.put(call, hasPassed(call, budget));
    }

    private boolean hasPassed(HookCall call, Duration budget) {
        try {
            return Watchdog.within(budget, () -> test.hasPassed(call.deploymentId(), budget));
        } catch (Throwable e) {
            Log.line("FAILED: " + OneLine.of(e.getClass().getSimpleName() + ": " + e.getMessage()));
            return false;
        }
    }

    private static HookCall call(byte[] payload) {
        try {
            var ids = JSON.readTree(payload);
            var deploymentId = ids.path("DeploymentId").asString("");
            var executionId = ids.path("LifecycleEventHookExecutionId").asString("");
            if (!deploymentId.isEmpty() && !executionId.isEmpty()) {
                return new HookCall(deploymentId, executionId);
            }
        } catch (JacksonException e) {
            Log.line("The payload is not JSON.");
        }
        throw new IllegalArgumentException(
                "No DeploymentId and LifecycleEventHookExecutionId: not called by CodeDeploy, nobody to report to.");
    }

    /** What is watched and reported. */
    interface HookTest {
        boolean hasPassed(String deploymentId, Duration budget) throws Exception;
    }
}
