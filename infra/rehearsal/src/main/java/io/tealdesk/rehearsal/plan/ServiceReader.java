package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.infra.rules.Rendering;
import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One service: its ECS service, deployment group, scaling and hooks. */
final class ServiceReader {

    /** CloudFormation, AWS::ECS::Service: what a new service without a number gets. */
    private static final int TASKS_DEFAULT = 1;

    /** The load balancer has six places for each colour; two of them are for those that replace a dead task. */
    private static final int TASKS_PLAYED_MAX = 4;

    private static final Set<String> SERVICE_PLAYED = Set.of(
            "LoadBalancers", "HealthCheckGracePeriodSeconds", "TaskDefinition", "DesiredCount", "DeploymentController");
    private static final Set<String> SERVICE_INDIFFERENT = Set.of(
            "ServiceName",
            "Cluster",
            "NetworkConfiguration",
            "AvailabilityZoneRebalancing",
            "PlatformVersion",
            "PropagateTags",
            "EnableECSManagedTags",
            "EnableExecuteCommand",
            "Role",
            "Tags");
    private static final Set<String> GROUP_PLAYED = Set.of(
            "DeploymentConfigName",
            "ECSServices",
            "LoadBalancerInfo",
            "DeploymentStyle",
            "BlueGreenDeploymentConfiguration",
            "AutoRollbackConfiguration",
            "AlarmConfiguration");
    private static final Set<String> GROUP_INDIFFERENT =
            Set.of("ApplicationName", "ServiceRoleArn", "DeploymentGroupName", "TriggerConfigurations", "Tags");

    private final SourceTree tree;
    private final ServiceName name;
    private final Pair pair;
    private final BlueGreen deployment;
    private final Rendering rendering;
    private final AlarmReader alarms;
    private final Unplayed unplayed;

    ServiceReader(
            SourceTree tree,
            ServiceName name,
            Pair pair,
            BlueGreen deployment,
            Rendering rendering,
            AlarmReader alarms,
            Unplayed unplayed) {
        this.tree = tree;
        this.name = name;
        this.pair = pair;
        this.deployment = deployment;
        this.rendering = rendering;
        this.alarms = alarms;
        this.unplayed = unplayed;
    }

    /** The service is created in blue; from then on the two swap with each deployment. */
    static Color colorOf(BlueGreen deployment, Resource targetGroup) {
        Node first = deployment.service().properties().at("LoadBalancers/0/TargetGroupArn");
        return first.is(targetGroup.symbol()) ? Color.BLUE : Color.GREEN;
    }

    ServicePlan read() {
        Node service = deployment.service().properties();
        Node group = deployment.deploymentGroup().properties();
        new Placeholders(pair, rendering.given().keySet()).check();
        unplayed.allBut(
                pair.target(),
                Set.of("TaskDefinition", "LoadBalancerInfo"),
                Set.of("PlatformVersion", "NetworkConfiguration"),
                deployment.half().appSpec);
        TaskPlan task = new TaskReader(pair, service.at("LoadBalancers/0"), unplayed).read();
        wholeService(service);
        wholeGroup(group);
        List<TargetGroupReader> colours = deployment.targetGroups().stream()
                .map(each -> new TargetGroupReader(each, unplayed))
                .toList();
        if (colours.size() != 2) {
            throw new UnreadableFile(
                    deployment.deploymentGroup().node().place(),
                    deployment.deploymentGroup().id() + " names " + colours.size()
                            + " target groups of this template. It takes exactly two, by TargetGroupName");
        }
        HealthCheckPlan health = colours.getFirst().health();
        Duration delay = colours.getFirst().deregistrationDelay();
        if (!colours.getLast().health().equals(health)
                || !colours.getLast().deregistrationDelay().equals(delay)) {
            unplayed.add(deployment.targetGroups().getLast().node(), "target groups of one service that are not alike");
        }
        return new ServicePlan(
                name,
                task,
                health,
                delay,
                tasks(),
                Values.seconds(
                        service.get("HealthCheckGracePeriodSeconds"),
                        "HealthCheckGracePeriodSeconds",
                        0,
                        0,
                        Integer.MAX_VALUE),
                new ShiftReader(deployment, unplayed).read(),
                hooks(),
                terminationWait(group),
                alarms.read(deployment),
                rollbackOn(group));
    }

    private void wholeService(Node service) {
        Set<String> known = new HashSet<>(SERVICE_PLAYED);
        known.addAll(Set.of("LaunchType", "SchedulingStrategy"));
        unplayed.allBut(
                service, known, SERVICE_INDIFFERENT, deployment.service().id());
        unplayed.unless(service.get("LaunchType"), Set.of("FARGATE"), "the launch type");
        unplayed.unless(service.get("SchedulingStrategy"), Set.of("REPLICA"), "SchedulingStrategy");
        unplayed.unless(service.at("DeploymentController/Type"), Set.of("CODE_DEPLOY"), "the deployment controller");
    }

    private void wholeGroup(Node group) {
        unplayed.allBut(
                group,
                GROUP_PLAYED,
                GROUP_INDIFFERENT,
                deployment.deploymentGroup().id());
        Node blueGreen = group.get("BlueGreenDeploymentConfiguration");
        unplayed.unless(
                blueGreen.at("DeploymentReadyOption/ActionOnTimeout"),
                Set.of("CONTINUE_DEPLOYMENT"),
                "ActionOnTimeout");
        unplayed.unless(
                blueGreen.at("TerminateBlueInstancesOnDeploymentSuccess/Action"), Set.of("TERMINATE"), "Action");
    }

    private int tasks() {
        for (Resource scaling : BlueGreen.resources(deployment.stack(), "AWS::ApplicationAutoScaling::ScalableTarget")
                .toList()) {
            Node properties = scaling.properties();
            if (properties
                    .get("ResourceId")
                    .text()
                    .contains(deployment.service().symbol("Name"))) {
                return tasks(properties.get("MinCapacity"), "MinCapacity of " + scaling.id());
            }
        }
        return tasks(deployment.service().properties().get("DesiredCount"), "DesiredCount");
    }

    private int tasks(Node number, String what) {
        int tasks = Values.number(number, what, TASKS_DEFAULT, 0, 5000);
        if (tasks < 1 || tasks > TASKS_PLAYED_MAX) {
            unplayed.add(number, tasks + " tasks of a service; from 1 to " + TASKS_PLAYED_MAX + " have their place");
        }
        return tasks;
    }

    private static Duration terminationWait(Node group) {
        Node wait = group.at("BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess"
                + "/TerminationWaitTimeInMinutes");
        return Duration.ofMinutes(Values.number(wait, "TerminationWaitTimeInMinutes", 0, 2880));
    }

    private static Set<RollbackTrigger> rollbackOn(Node group) {
        Set<RollbackTrigger> triggers = EnumSet.noneOf(RollbackTrigger.class);
        Node configuration = group.get("AutoRollbackConfiguration");
        if (configuration.get("Enabled").isTrue()) {
            configuration.get("Events").items().forEach(event -> triggers.add(rollbackTrigger(event)));
        }
        return triggers;
    }

    private static RollbackTrigger rollbackTrigger(Node event) {
        List<RollbackTrigger> known = List.of(RollbackTrigger.values());
        return known.stream()
                .filter(each -> event.is(each.name()))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        event.place(), "an event of AutoRollbackConfiguration is " + event + ". Known are " + known));
    }

    private List<HookPlan> hooks() {
        List<HookPlan> hooks = new ArrayList<>();
        Node written = pair.appSpec().get("Hooks");
        for (int index = 0; index < written.items().size(); index++) {
            Node rendered = rendering.appSpec().get("Hooks").items().get(index);
            written.items()
                    .get(index)
                    .entries()
                    .forEach((event, placeholder) ->
                            hooks.add(hook(AppSpecShape.event(event, placeholder), placeholder, rendered.get(event))));
        }
        return hooks;
    }

    private HookPlan hook(LifecycleEvent event, Node placeholder, Node function) {
        Resource lambda = BlueGreen.resources(deployment.stack(), "AWS::Lambda::Function")
                .filter(each -> BlueGreen.refersTo(function, each))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        placeholder.place(),
                        "the hook " + event.title() + " calls " + placeholder + ", which is no function of "
                                + deployment.stack().file()
                                + ". Write a placeholder that the build fills with the function's name"));
        Node properties = lambda.properties();
        Map<String, String> environment = new LinkedHashMap<>();
        properties.at("Environment/Variables").entries().forEach((key, value) -> environment.put(key, value.text()));
        String handler = Values.text(properties.get("Handler"), "Handler of " + lambda.id());
        String source =
                "infra/hooks/src/main/java/" + handler.replaceFirst("::.*", "").replace('.', '/') + ".java";
        if (!tree.has(source)) {
            unplayed.add(properties.get("Handler"), "the hook " + handler + ", which is no class of infra/hooks");
        }
        return new HookPlan(
                event,
                handler,
                Values.seconds(properties.get("Timeout"), "Timeout of " + lambda.id(), 3, 1, 900),
                environment);
    }
}
