package io.tealdesk.hooks;

import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.applicationautoscaling.model.SuspendedState;

/** Application Auto Scaling's hold on the services of a cluster. */
class ServiceScaling {

    private final ApplicationAutoScalingClient autoScaling;
    private final String cluster;

    ServiceScaling(ApplicationAutoScalingClient autoScaling, String cluster) {
        this.autoScaling = autoScaling;
        this.cluster = cluster;
    }

    /** Writes only what differs, and never creates a target: a service without autoscaling stays without. */
    void suspend(String service, boolean isSuspended) {
        var resource = "service/" + cluster + "/" + service;
        var wanted = SuspendedState.builder()
                .dynamicScalingInSuspended(isSuspended)
                .dynamicScalingOutSuspended(isSuspended)
                .scheduledScalingSuspended(isSuspended)
                .build();
        var found = autoScaling
                .describeScalableTargets(request -> request.serviceNamespace(ServiceNamespace.ECS)
                        .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                        .resourceIds(resource))
                .scalableTargets();
        if (found.isEmpty()) {
            Log.line(resource + " has no autoscaling.");
            return;
        }
        if (wanted.equals(found.getFirst().suspendedState())) {
            return;
        }
        autoScaling.registerScalableTarget(request -> request.serviceNamespace(ServiceNamespace.ECS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .resourceId(resource)
                .suspendedState(wanted));
        Log.line(resource + (isSuspended ? " keeps its number of tasks during the deployment." : " scales again."));
    }
}
