package io.tealdesk.infra.live;

import io.tealdesk.infra.live.Deployment.Event;
import io.tealdesk.infra.live.Deployment.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTarget;
import software.amazon.awssdk.services.codedeploy.model.LifecycleEvent;
import software.amazon.awssdk.services.codedeploy.model.TrafficRoutingConfig;

/** Asks CodeDeploy about the deployment that a group began last. */
class DeploymentReader {

    private final CodeDeployClient codeDeploy;

    DeploymentReader(CodeDeployClient codeDeploy) {
        this.codeDeploy = codeDeploy;
    }

    /** CodeDeploy lists the newest first. */
    Optional<Deployment> last(String application, String group) {
        return codeDeploy
                .listDeployments(request -> request.applicationName(application).deploymentGroupName(group))
                .deployments()
                .stream()
                .findFirst()
                .map(this::read);
    }

    private Deployment read(String id) {
        var info = codeDeploy.getDeployment(request -> request.deploymentId(id)).deploymentInfo();
        return new Deployment(
                id,
                info.statusAsString(),
                info.startTime() == null ? info.createTime() : info.startTime(),
                info.completeTime(),
                events(id),
                new Waits(shift(info.deploymentConfigName()), termination(info)),
                problem(info));
    }

    private List<Event> events(String id) {
        var targets = codeDeploy
                .listDeploymentTargets(request -> request.deploymentId(id))
                .targetIds();
        if (targets.isEmpty()) {
            return List.of();
        }
        return codeDeploy
                .batchGetDeploymentTargets(request -> request.deploymentId(id).targetIds(targets))
                .deploymentTargets()
                .stream()
                .map(DeploymentTarget::ecsTarget)
                .flatMap(target -> target.lifecycleEvents().stream())
                .map(DeploymentReader::event)
                .toList();
    }

    private static Event event(LifecycleEvent event) {
        var diagnostics = event.diagnostics();
        return new Event(
                event.lifecycleEventName(),
                event.statusAsString(),
                event.startTime(),
                event.endTime(),
                diagnostics == null ? null : diagnostics.message());
    }

    private Duration shift(String configuration) {
        var routing = codeDeploy
                .getDeploymentConfig(request -> request.deploymentConfigName(configuration))
                .deploymentConfigInfo()
                .trafficRoutingConfig();
        return Duration.ofMinutes(routing == null ? 0 : minutes(routing));
    }

    /** A linear shift takes as many steps as fit into a hundred, and waits between them. */
    private static long minutes(TrafficRoutingConfig routing) {
        if (routing.timeBasedCanary() != null) {
            return routing.timeBasedCanary().canaryInterval();
        }
        var linear = routing.timeBasedLinear();
        return linear == null ? 0 : linear.linearInterval() * (long) Math.ceil(100.0 / linear.linearPercentage() - 1);
    }

    private static Duration termination(DeploymentInfo info) {
        var blueGreen = info.blueGreenDeploymentConfiguration();
        var blue = blueGreen == null ? null : blueGreen.terminateBlueInstancesOnDeploymentSuccess();
        var minutes = blue == null ? null : blue.terminationWaitTimeInMinutes();
        return Duration.ofMinutes(minutes == null ? 0 : minutes);
    }

    private static @Nullable String problem(DeploymentInfo info) {
        var error = info.errorInformation();
        return error == null || error.message() == null ? null : error.codeAsString() + ": " + error.message();
    }
}
