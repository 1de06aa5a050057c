package io.tealdesk.hooks;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentStatus;

/** What CodeDeploy is doing, according to CodeDeploy. */
class RunningDeployments {

    private static final List<DeploymentStatus> RUNNING = List.of(
            DeploymentStatus.CREATED,
            DeploymentStatus.QUEUED,
            DeploymentStatus.IN_PROGRESS,
            DeploymentStatus.BAKING,
            DeploymentStatus.READY);

    private final CodeDeployClient codeDeploy;
    private final String application;

    RunningDeployments(CodeDeployClient codeDeploy, String application) {
        this.codeDeploy = codeDeploy;
        this.application = application;
    }

    Set<String> of(String deploymentGroup) {
        var running = new HashSet<String>();
        codeDeploy
                .listDeploymentsPaginator(request -> request.applicationName(application)
                        .deploymentGroupName(deploymentGroup)
                        .includeOnlyStatuses(RUNNING.toArray(DeploymentStatus[]::new)))
                .deployments()
                .forEach(running::add);
        return running;
    }

    boolean isRunning(String deploymentId) {
        return RUNNING.contains(codeDeploy
                .getDeployment(request -> request.deploymentId(deploymentId))
                .deploymentInfo()
                .status());
    }
}
