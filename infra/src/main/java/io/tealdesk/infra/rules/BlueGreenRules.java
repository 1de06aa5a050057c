package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.refersTo;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** ECS services under CodeDeploy: what breaks them, mostly at the second deployment or the first stack update. */
final class BlueGreenRules {

    private static final int TERMINATION_WAIT_MAX = 60;

    private BlueGreenRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "service-under-code-deploy",
                        "An ECS service under CODE_DEPLOY has none of the properties that this controller refuses, and"
                                + " nothing that a stack update would send again",
                        BlueGreenRules::service),
                new Rule(
                        "task-definition-kept",
                        "A task definition of a stack stays registered when the stack moves on",
                        BlueGreenRules::taskDefinitionKept),
                new Rule(
                        "target-group-pair",
                        "A deployment group owns the two target groups and the two listeners of its own service",
                        BlueGreenRules::pair),
                new Rule(
                        "deployment-style",
                        "A deployment group shifts traffic by itself, ends blue after a short wait, and rolls back by"
                                + " itself",
                        BlueGreenRules::style),
                new Rule(
                        "traffic-shifting",
                        "The backend is shifted in steps, the frontend all at once",
                        BlueGreenRules::shifting),
                new Rule(
                        "autoscaling-pauses",
                        "Autoscaling stays between bounds and can be paused while a deployment runs",
                        BlueGreenRules::autoscaling));
    }

    static void service(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Node service = deployment.service().properties();
            if (!service.at("DeploymentController/Type").is("CODE_DEPLOY")) {
                findings.add(
                        service,
                        "the deployment controller is "
                                + service.at("DeploymentController/Type").textOr("ECS"),
                        "CodeDeploy deploys only services under CODE_DEPLOY");
            }
            for (String refused : List.of("DeploymentCircuitBreaker", "Alarms", "Strategy", "BakeTimeInMinutes")) {
                if (service.get("DeploymentConfiguration").has(refused)) {
                    findings.add(
                            service.get("DeploymentConfiguration").get(refused),
                            refused + " needs the deployment controller ECS",
                            "Take it out; the deployment group has alarms and rolls back");
                }
            }
            Node family = service.get("TaskDefinition");
            BlueGreen.resources(deployment.stack(), "AWS::ECS::TaskDefinition").forEach(definition -> {
                if (refersTo(family, definition)) {
                    findings.add(
                            service,
                            "TaskDefinition refers to a revision of " + definition.id(),
                            "Name the family: a new revision would make each stack update fail");
                } else if (family.text()
                                .equals(definition.properties().get("Family").text())
                        && !deployment.service().node().get("DependsOn").texts().contains(definition.id())) {
                    findings.add(
                            service,
                            "the service names the family of " + definition.id() + " but does not wait for it",
                            "Add DependsOn: " + definition.id());
                }
            });
            if (service.has("DesiredCount")) {
                findings.add(
                        service.get("DesiredCount"),
                        "DesiredCount is fixed in the template",
                        "Autoscaling owns it; ECS refuses its change by a stack update anyway");
            }
            if (service.get("LoadBalancers").items().size() != 1) {
                findings.add(
                        service,
                        "the service has "
                                + service.get("LoadBalancers").items().size() + " load balancer entries",
                        "Under CODE_DEPLOY it has exactly one, blue's; CodeDeploy adds the other");
            }
        });
    }

    private static void taskDefinitionKept(Delivery delivery, Findings findings) {
        delivery.resources("AWS::ECS::TaskDefinition").forEach(definition -> {
            for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
                if (!definition.node().get(policy).is("Retain")) {
                    findings.add(
                            definition.node(),
                            definition.id() + " has no " + policy + ": Retain",
                            "CloudFormation would deregister the revision that may be the one running");
                }
            }
        });
    }

    static void pair(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Resource group = deployment.deploymentGroup();
            Node pairs = group.properties().at("LoadBalancerInfo/TargetGroupPairInfoList");
            if (pairs.items().size() != 1 || deployment.targetGroups().size() != 2) {
                findings.add(
                        group.node(),
                        group.id() + " names " + deployment.targetGroups().size() + " target groups of this stack in "
                                + pairs.items().size() + " pairs",
                        "It takes exactly one pair of two, by TargetGroupName");
            }
            Node first = deployment.service().properties().at("LoadBalancers/0/TargetGroupArn");
            if (deployment.targetGroups().stream().noneMatch(target -> first.is(target.symbol()))) {
                findings.add(
                        group.node(),
                        "the service " + deployment.service().id() + " starts behind " + first
                                + ", which is not in the pair of " + group.id(),
                        "Name the service's own two target groups");
            }
            oneListener(deployment, deployment.productionListeners(), "ProdTrafficRoute", findings);
            oneListener(deployment, deployment.testListeners(), "TestTrafficRoute", findings);
            if (deployment.productionListeners().isPresent()
                    && deployment
                            .productionListeners()
                            .toString()
                            .equals(deployment.testListeners().toString())) {
                findings.add(group.node(), "test and production are one listener", "Give the test one of its own");
            }
            Node target = group.properties().at("ECSServices/0");
            if (!target.get("ClusterName")
                    .is(deployment.service().properties().get("Cluster").text())) {
                findings.add(
                        target,
                        "ClusterName is " + target.get("ClusterName") + ", but the service runs in "
                                + deployment.service().properties().get("Cluster"),
                        "Name the service's cluster");
            }
        });
        // One service, one group; and no target group in two pairs.
        delivery.environments().forEach(environment -> {
            Map<String, List<String>> owners = new TreeMap<>();
            for (Half half : Half.values()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                deployment
                        .targetGroups()
                        .forEach(target -> owners.computeIfAbsent(target.id(), _ -> new ArrayList<>())
                                .add(deployment.deploymentGroup().id()));
            }
            owners.forEach((target, groups) -> {
                if (groups.size() > 1) {
                    findings.add(
                            environment.stack("service").resource(target),
                            target + " is in the pairs of " + groups,
                            "Each deployment group has target groups of its own");
                }
            });
        });
    }

    private static void oneListener(BlueGreen deployment, Node listeners, String route, Findings findings) {
        List<String> known = BlueGreen.resources(deployment.stack(), "AWS::ElasticLoadBalancingV2::Listener")
                .map(Resource::symbol)
                .toList();
        if (listeners.items().size() != 1 || !known.containsAll(listeners.texts())) {
            findings.add(
                    deployment.deploymentGroup().node(),
                    route + " of " + deployment.deploymentGroup().id() + " names " + listeners,
                    "Name exactly one listener of this stack");
        }
    }

    private static void style(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Node group = deployment.deploymentGroup().properties();
            String id = deployment.deploymentGroup().id();
            Node style = group.get("DeploymentStyle");
            if (!style.get("DeploymentType").is("BLUE_GREEN")
                    || !style.get("DeploymentOption").is("WITH_TRAFFIC_CONTROL")) {
                findings.add(style, "DeploymentStyle of " + id + " is " + style, "BLUE_GREEN, WITH_TRAFFIC_CONTROL");
            }
            Node ready = group.at("BlueGreenDeploymentConfiguration/DeploymentReadyOption");
            if (!ready.get("ActionOnTimeout").is("CONTINUE_DEPLOYMENT")) {
                findings.add(
                        ready.isPresent() ? ready : group,
                        "ActionOnTimeout of " + id + " is " + ready.get("ActionOnTimeout"),
                        "A push has to reach customers without anybody's click: CONTINUE_DEPLOYMENT");
            }
            if (ready.get("WaitTimeInMinutes").numberOr(0) != 0) {
                findings.add(ready, id + " waits before it continues", "CONTINUE_DEPLOYMENT allows no wait time: 0");
            }
            Node end = group.at("BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess");
            if (!end.get("Action").is("TERMINATE")) {
                findings.add(end, "Action of " + id + " is " + end.get("Action"), "ECS knows TERMINATE only");
            }
            int wait = end.get("TerminationWaitTimeInMinutes").numberOr(0);
            if (wait < 1 || wait > TERMINATION_WAIT_MAX) {
                findings.add(
                        end.isPresent() ? end : group,
                        "TerminationWaitTimeInMinutes of " + id + " is " + wait,
                        "Some minutes to watch the alarms, but the pipeline stands still for all of them: 1 to "
                                + TERMINATION_WAIT_MAX);
            }
            Node rollback = group.get("AutoRollbackConfiguration");
            Set<String> events = Set.copyOf(rollback.get("Events").texts());
            Set<String> wanted = Set.of("DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST");
            if (!rollback.get("Enabled").isTrue() || !events.equals(wanted)) {
                findings.add(
                        rollback.isPresent() ? rollback : group,
                        id + " rolls back on " + new TreeSet<>(events)
                                + (rollback.get("Enabled").isTrue() ? "" : ", switched off"),
                        "It has to on all of " + new TreeSet<>(wanted));
            }
        });
    }

    private static void shifting(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Node named = deployment.deploymentGroup().properties().get("DeploymentConfigName");
            String style = BlueGreen.resources(deployment.stack(), "AWS::CodeDeploy::DeploymentConfig")
                    .filter(configuration -> refersTo(named, configuration))
                    .map(configuration -> configuration
                            .properties()
                            .at("TrafficRoutingConfig/Type")
                            .text())
                    .findFirst()
                    .orElse(named.text());
            boolean allAtOnce = style.contains("AllAtOnce");
            if ((deployment.half() == Half.BACKEND && allAtOnce) || style.isEmpty()) {
                findings.add(
                        named,
                        "the backend is shifted all at once",
                        "Green is health-checked before traffic only by a canary or in steps");
            }
            if (deployment.half() == Half.FRONTEND && !allAtOnce) {
                findings.add(
                        named,
                        "the frontend is shifted in steps (" + style + ")",
                        "The new page would ask the old tasks for its assets: CodeDeployDefault.ECSAllAtOnce");
            }
        });
    }

    private static void autoscaling(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            List<Resource> targets = BlueGreen.resources(
                            deployment.stack(), "AWS::ApplicationAutoScaling::ScalableTarget")
                    .filter(target -> target.properties()
                            .get("ResourceId")
                            .text()
                            .contains(deployment.service().symbol("Name")))
                    .toList();
            if (targets.size() != 1) {
                findings.add(
                        deployment.service().node(),
                        deployment.service().id() + " has " + targets.size() + " scalable targets",
                        "One, with ResourceId service/<cluster>/<service>");
                return;
            }
            Node target = targets.getFirst().properties();
            int least = target.get("MinCapacity").numberOr(0);
            int most = target.get("MaxCapacity").numberOr(0);
            if (least < 1 || most < least || most > 10) {
                findings.add(target, "scales between " + least + " and " + most + " tasks", "1 ≤ least ≤ most ≤ 10");
            }
            if (Permissions.rolesThatMay(deployment.stack(), "application-autoscaling:RegisterScalableTarget")
                    .isEmpty()) {
                findings.add(
                        target,
                        "nothing in the stack may pause autoscaling",
                        "A function on CodeDeploy's events has to suspend and resume it: scaling during a shift fails"
                                + " the deployment");
            }
        });
    }
}
