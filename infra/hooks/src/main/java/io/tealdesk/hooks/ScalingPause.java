package io.tealdesk.hooks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Autoscaling during a blue/green deployment counts both task sets and makes the deployment fail, and CodeDeploy does
 * not hold it back. This function does: called at each change of a deployment and every few minutes besides, it asks
 * CodeDeploy which deployments run and makes autoscaling agree. What an event says matters little, so events may come
 * late, twice, in the wrong order or not at all.
 */
public class ScalingPause implements RequestStreamHandler {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServiceScaling scaling;
    private final RunningDeployments deployments;
    private final Map<String, String> serviceOfGroup;

    /** Lambda's. */
    public ScalingPause() {
        this(System.getenv(), CodeDeployClient.create(), ApplicationAutoScalingClient.create());
    }

    ScalingPause(
            Map<String, String> environment, CodeDeployClient codeDeploy, ApplicationAutoScalingClient autoScaling) {
        scaling = new ServiceScaling(autoScaling, required(environment, "CLUSTER"));
        deployments = new RunningDeployments(codeDeploy, required(environment, "CODEDEPLOY_APPLICATION"));
        serviceOfGroup = servicesOfGroups(required(environment, "SERVICES_BY_DEPLOYMENT_GROUP"));
    }

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        reconcile(Event.of(payload.readAllBytes()));
    }

    /**
     * Every group is looked at, whichever the event is about: that costs two calls, and mends what an earlier failure
     * left behind. One group's failure does not keep the others waiting; the function then fails, and Lambda repeats it.
     */
    private void reconcile(Event event) {
        RuntimeException failure = null;
        for (var entry : serviceOfGroup.entrySet()) {
            try {
                scaling.suspend(entry.getValue(), isBeingDeployed(entry.getKey(), event));
            } catch (RuntimeException e) {
                Log.line(entry.getKey() + ": " + OneLine.of(String.valueOf(e.getMessage())));
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * CodeDeploy's list may lag behind a change that was just announced. An end is final, so the event is believed; a
     * start may be told long after the end, so CodeDeploy is asked about this one.
     */
    private boolean isBeingDeployed(String group, Event event) {
        var running = deployments.of(group);
        if (event.isEnd()) {
            running.remove(event.deploymentId);
        }
        return !running.isEmpty() || (event.isStartIn(group) && deployments.isRunning(event.deploymentId));
    }

    /** Of "group=service,group=service". */
    private static Map<String, String> servicesOfGroups(String setting) {
        var services = new LinkedHashMap<String, String>();
        Arrays.stream(setting.split(",")).map(pair -> pair.split("=", 2)).forEach(pair -> {
            if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
                throw new IllegalArgumentException("SERVICES_BY_DEPLOYMENT_GROUP is not group=service,group=service");
            }
            services.put(pair[0].strip(), pair[1].strip());
        });
        return services;
    }

    private static String required(Map<String, String> environment, String name) {
        var value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("The function's setting " + name + " is missing.");
        }
        return value;
    }

    /** "CodeDeploy Deployment State-change Notification", or anything that the schedule sends. */
    private record Event(String state, String group, String deploymentId) {

        static Event of(byte[] payload) {
            try {
                var detail = JSON.readTree(payload).path("detail");
                return new Event(text(detail, "state"), text(detail, "deploymentGroup"), text(detail, "deploymentId"));
            } catch (JacksonException e) {
                return new Event("", "", "");
            }
        }

        boolean isStartIn(String deploymentGroup) {
            return state.equals("START") && group.equals(deploymentGroup);
        }

        boolean isEnd() {
            return state.equals("SUCCESS") || state.equals("FAILURE") || state.equals("STOP");
        }

        private static String text(JsonNode detail, String field) {
            return detail.path(field).asString("");
        }
    }
}
