package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery;
import io.tealdesk.infra.rules.Finding;
import io.tealdesk.infra.rules.Half;
import io.tealdesk.infra.rules.Rendering;
import io.tealdesk.infra.rules.Rules;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Reads a deployment from the files that AWS reads. Nothing of it is a setting of the rehearsal's own. */
public final class DeploymentFiles {

    public static final String DEFAULT_ENVIRONMENT = "production";

    /**
     * They hold a task definition against the image and the program, and what disagrees may stand there. A rehearsal with
     * processes would not notice: it gives a program its port, and its user is whoever rehearses.
     */
    private static final Set<String> OF_TASKS = Set.of(
            "container-port", "user-of-the-image", "health-command", "writable-paths", "stop-in-time", "keep-alive");

    private DeploymentFiles() {}

    public static DeploymentPlan read(SourceTree tree) {
        return read(tree, DEFAULT_ENVIRONMENT);
    }

    /** @throws UnreadableFile with the one line to mend */
    public static DeploymentPlan read(SourceTree tree, String environment) {
        Map<ServiceName, Pair> pairs = new EnumMap<>(ServiceName.class);
        for (ServiceName name : ServiceName.values()) {
            pairs.put(name, Pair.read(tree, half(name)));
        }
        Delivery delivery = new Delivery(tree);
        Stacks stacks = stacks(tree, environment);
        Map<ServiceName, BlueGreen> deployments = new EnumMap<>(ServiceName.class);
        pairs.keySet().forEach(name -> deployments.put(name, BlueGreen.of(stacks, half(name))));
        Unplayed unplayed = new Unplayed();
        AlarmReader alarms = new AlarmReader(deployments, unplayed);
        Map<ServiceName, ServicePlan> services = new EnumMap<>(ServiceName.class);
        pairs.forEach((name, pair) -> {
            Rendering rendering = Rendering.of(delivery, stacks, pair.half());
            BlueGreen deployment = Objects.requireNonNull(deployments.get(name));
            services.put(name, new ServiceReader(tree, name, pair, deployment, rendering, alarms, unplayed).read());
        });
        return new DeploymentPlan(
                environment,
                new LoadBalancerReader(deployments, unplayed).read(),
                Objects.requireNonNull(services.get(ServiceName.BACKEND)),
                Objects.requireNonNull(services.get(ServiceName.FRONTEND)),
                unplayed.all());
    }

    /**
     * Reads, and holds the four files against all others as well, as {@code mvn -pl infra test} does.
     *
     * @throws UnreadableFile with the one line to mend
     */
    public static DeploymentPlan checked(SourceTree tree, String environment) {
        DeploymentPlan plan = read(tree, environment);
        if (!plan.unproven().isEmpty()) {
            // Nothing is going to be called proven anyway, and what the rules say of it would only distract.
            return plan;
        }
        List<Finding> findings = Rules.findings(tree);
        for (String file : sources()) {
            refuse(findings, finding -> finding.place().file().equals(file));
        }
        refuse(findings, finding -> OF_TASKS.contains(finding.rule()));
        return plan;
    }

    private static void refuse(List<Finding> findings, Predicate<Finding> which) {
        findings.stream().filter(which).findFirst().ifPresent(finding -> {
            throw new UnreadableFile(finding.place(), finding.problem() + ". " + finding.mend());
        });
    }

    /** What a stranger may have wrong first: the pairs, then the template. */
    static List<String> sources() {
        return List.of(
                Half.BACKEND.appSpec,
                Half.BACKEND.taskDefinition,
                Half.FRONTEND.appSpec,
                Half.FRONTEND.taskDefinition,
                Stacks.TEMPLATES + "service.yaml");
    }

    private static Stacks stacks(SourceTree tree, String environment) {
        if (!tree.has(Stacks.environmentFile(environment))) {
            throw new UnreadableFile(
                    new Place(Stacks.environmentFile(environment), 0),
                    "there is no environment " + environment + ". Known are "
                            + String.join(", ", Stacks.environments(tree)));
        }
        for (String template : tree.paths(Stacks.TEMPLATES + "[a-z]+\\.yaml")) {
            // Otherwise the first to be named would be another template, which imports from this one.
            if (!tree.yaml(template).get("Resources").isMap()) {
                throw new UnreadableFile(new Place(template, 1), "the template has no Resources. Write them");
            }
        }
        Stacks stacks = Stacks.of(tree, environment);
        stacks.all().flatMap(stack -> stack.problems().stream()).findFirst().ifPresent(problem -> {
            throw new UnreadableFile(problem.place(), problem.what());
        });
        return stacks;
    }

    /** What the files ask for and one machine does not have, where it makes no difference to what is proven. */
    public static List<String> differences() {
        return List.of(
                "Listeners' certificates and TLS policies, the web application firewall, security groups, subnets and"
                        + " zones are not played.",
                "Autoscaling is not played: a service has its scaling's minimum of tasks throughout, which ScalingPause"
                        + " keeps CodeDeploy's deployments from changing on AWS.",
                "Nobody is told of alarms and deployments: alarm actions, EventBridge rules and topics are not played.",
                "A shorter period holds fewer requests: an alarm that waits for a number of them sees it later.",
                "Logs are files of the rehearsal: log drivers, log groups, access logs and their keys are not played.");
    }

    private static Half half(ServiceName name) {
        return name == ServiceName.BACKEND ? Half.BACKEND : Half.FRONTEND;
    }
}
