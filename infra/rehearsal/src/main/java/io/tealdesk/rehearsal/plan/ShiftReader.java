package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.rehearsal.plan.TrafficShift.AllAtOnce;
import io.tealdesk.rehearsal.plan.TrafficShift.Canary;
import io.tealdesk.rehearsal.plan.TrafficShift.Linear;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A deployment configuration, AWS's or the template's own. */
final class ShiftReader {

    /** CodeDeploy user guide, "Deployment configurations on an Amazon ECS compute platform": these and no others. */
    private static final Map<String, TrafficShift> PREDEFINED = Map.of(
            "CodeDeployDefault.ECSAllAtOnce", new AllAtOnce(),
            "CodeDeployDefault.ECSCanary10Percent5Minutes", new Canary(10, Duration.ofMinutes(5)),
            "CodeDeployDefault.ECSCanary10Percent15Minutes", new Canary(10, Duration.ofMinutes(15)),
            "CodeDeployDefault.ECSLinear10PercentEvery1Minutes", new Linear(10, Duration.ofMinutes(1)),
            "CodeDeployDefault.ECSLinear10PercentEvery3Minutes", new Linear(10, Duration.ofMinutes(3)));

    private final BlueGreen deployment;
    private final Unplayed unplayed;

    ShiftReader(BlueGreen deployment, Unplayed unplayed) {
        this.deployment = deployment;
        this.unplayed = unplayed;
    }

    TrafficShift read() {
        Node name = deployment.deploymentGroup().properties().get("DeploymentConfigName");
        Optional<Resource> own = BlueGreen.resources(deployment.stack(), "AWS::CodeDeploy::DeploymentConfig")
                .filter(configuration -> BlueGreen.refersTo(name, configuration)
                        || (name.isText()
                                && name.is(configuration
                                        .properties()
                                        .get("DeploymentConfigName")
                                        .text())))
                .findFirst();
        if (own.isPresent()) {
            return own(own.get());
        }
        TrafficShift shift = PREDEFINED.get(name.text());
        if (shift == null) {
            throw new UnreadableFile(
                    name.place(),
                    "DeploymentConfigName is " + (name.isAbsent() ? "missing" : name)
                            + ". CodeDeploy's own for ECS are " + new TreeSet<>(PREDEFINED.keySet())
                            + "; any other has to be an AWS::CodeDeploy::DeploymentConfig of this template");
        }
        return shift;
    }

    private TrafficShift own(Resource configuration) {
        Node properties = configuration.properties();
        unplayed.allBut(
                properties,
                Set.of("ComputePlatform", "TrafficRoutingConfig"),
                Set.of("DeploymentConfigName"),
                configuration.id());
        unplayed.unless(properties.get("ComputePlatform"), Set.of("ECS"), "ComputePlatform");
        Node routing = properties.get("TrafficRoutingConfig");
        Node canary = routing.get("TimeBasedCanary");
        Node linear = routing.get("TimeBasedLinear");
        return switch (routing.get("Type").text()) {
            case "AllAtOnce" -> new AllAtOnce();
            case "TimeBasedCanary" ->
                new Canary(percent(canary, "CanaryPercentage"), minutes(canary, "CanaryInterval"));
            case "TimeBasedLinear" ->
                new Linear(percent(linear, "LinearPercentage"), minutes(linear, "LinearInterval"));
            default ->
                throw new UnreadableFile(
                        routing.get("Type").place(),
                        "Type of " + configuration.id() + " is " + routing.get("Type")
                                + ". Write AllAtOnce, TimeBasedCanary or TimeBasedLinear");
        };
    }

    private static int percent(Node routing, String key) {
        return Values.number(routing.get(key), key, 1, 99);
    }

    private static Duration minutes(Node routing, String key) {
        return Duration.ofMinutes(Values.number(routing.get(key), key, 1, 2880));
    }
}
