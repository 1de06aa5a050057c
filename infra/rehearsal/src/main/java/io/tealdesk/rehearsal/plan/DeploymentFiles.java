package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery;
import io.tealdesk.infra.rules.Half;
import io.tealdesk.infra.rules.Rendering;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a deployment from the files that AWS reads. Nothing of it is a setting of the rehearsal's own. */
public final class DeploymentFiles {

    public static final String DEFAULT_ENVIRONMENT = "production";

    private DeploymentFiles() {}

    public static DeploymentPlan read(SourceTree tree) {
        return read(tree, DEFAULT_ENVIRONMENT);
    }

    /** @throws io.tealdesk.infra.files.UnreadableFile with the one line to mend */
    public static DeploymentPlan read(SourceTree tree, String environment) {
        Delivery delivery = new Delivery(tree);
        Stacks stacks = Stacks.of(tree, environment);
        Map<ServiceName, BlueGreen> deployments = new EnumMap<>(ServiceName.class);
        for (ServiceName name : ServiceName.values()) {
            deployments.put(name, BlueGreen.of(stacks, half(name)));
        }
        Unplayed unplayed = new Unplayed();
        AlarmReader alarms = new AlarmReader(deployments, unplayed);
        Map<ServiceName, ServicePlan> services = new EnumMap<>(ServiceName.class);
        deployments.forEach((name, deployment) -> {
            Rendering rendering = Rendering.of(delivery, stacks, half(name));
            services.put(name, new ServiceReader(tree, name, deployment, rendering, alarms, unplayed).read());
        });
        LoadBalancerPlan balancer = new LoadBalancerReader(deployments, unplayed).read();
        return new DeploymentPlan(
                environment,
                balancer,
                Objects.requireNonNull(services.get(ServiceName.BACKEND)),
                Objects.requireNonNull(services.get(ServiceName.FRONTEND)),
                unplayed.all());
    }

    /** What the files ask for and one machine does not have, where it makes no difference to what is proven. */
    public static List<String> differences() {
        return List.of(
                "Listeners speak plain HTTP/1.1: certificates, TLS policies, ALPN and HTTP/2 are not played.",
                "Security groups, subnets, zones and cross-zone balancing: everything is one loopback network.",
                "Web application firewall, its reputation lists and logs.",
                "Access logs, log drivers and log groups: each task's log is a file of the rehearsal.",
                "KMS keys and roles: nothing is encrypted, everybody may do what he does.",
                "Autoscaling: the tasks stay at the scaling's minimum, as while CodeDeploy works.",
                "Alarm actions and deployment triggers: nobody is told. A percentile of few samples is judged all"
                        + " the same (EvaluateLowSampleCountPercentile), because shorter periods hold fewer.",
                "Container Insights, tags, execute command, zone rebalancing, deletion protection.");
    }

    private static Half half(ServiceName name) {
        return name == ServiceName.BACKEND ? Half.BACKEND : Half.FRONTEND;
    }
}
