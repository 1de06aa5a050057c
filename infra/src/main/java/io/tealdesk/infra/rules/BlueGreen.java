package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One half's blue/green set-up in one environment, followed from its ECS service by references as AWS follows them, not
 * by logical ids.
 */
public record BlueGreen(
        Stacks environment,
        Half half,
        Resource service,
        Resource deploymentGroup,
        List<Resource> targetGroups,
        Node productionListeners,
        Node testListeners) {

    /** Both halves in every environment and choice, where the choice makes a difference to the service stack. */
    static Stream<BlueGreen> all(Delivery delivery) {
        Set<Stack> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return delivery.environmentsAndChoices().stream()
                .filter(environment -> seen.add(environment.stack("service")))
                .flatMap(BlueGreen::in);
    }

    private static Stream<BlueGreen> in(Stacks environment) {
        return Stream.of(Half.values()).map(half -> of(environment, half));
    }

    public static BlueGreen of(Stacks environment, Half half) {
        Stack stack = environment.stack("service");
        Resource service = resources(stack, "AWS::ECS::Service")
                .filter(each -> each.properties().get("LoadBalancers").items().stream()
                        .anyMatch(balancer -> balancer.get("ContainerName").is(half.container)))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        new Place(stack.file(), 0),
                        "no AWS::ECS::Service has a load balancer entry for the container " + half.container));
        Resource group = resources(stack, "AWS::CodeDeploy::DeploymentGroup")
                .filter(each -> each.properties().get("ECSServices").items().stream()
                        .anyMatch(target -> refersTo(target.get("ServiceName"), service)))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        service.node().place(),
                        "no AWS::CodeDeploy::DeploymentGroup names the service " + service.id() + " in ECSServices"));
        Node pair = group.properties().at("LoadBalancerInfo/TargetGroupPairInfoList/0");
        List<Resource> targetGroups = resources(stack, "AWS::ElasticLoadBalancingV2::TargetGroup")
                .filter(each -> pair.get("TargetGroups").items().stream()
                        .anyMatch(member -> refersTo(member.get("Name"), each)))
                .toList();
        return new BlueGreen(
                environment,
                half,
                service,
                group,
                targetGroups,
                pair.at("ProdTrafficRoute/ListenerArns"),
                pair.at("TestTrafficRoute/ListenerArns"));
    }

    public Stack stack() {
        return service.stack();
    }

    /** The listener rules of one of the two routes that forward to this half, by logical id. */
    List<Resource> rulesOf(Node listeners) {
        return rules(listeners).filter(rule -> forwardsHere(rule.properties())).toList();
    }

    public Stream<Resource> rules(Node listeners) {
        return resources(stack(), "AWS::ElasticLoadBalancingV2::ListenerRule")
                .filter(rule -> listeners
                        .texts()
                        .contains(rule.properties().get("ListenerArn").text()));
    }

    private boolean forwardsHere(Node rule) {
        return targetsOf(rule).anyMatch(target -> targetGroups.stream().anyMatch(group -> target.is(group.symbol())));
    }

    /** The target groups that a rule's or listener's actions name. */
    public static Stream<Node> targetsOf(Node ruleOrListener) {
        return ruleOrListener.walk().filter(node -> node.has("TargetGroupArn")).map(node -> node.get("TargetGroupArn"));
    }

    /** The stack's alarms that this deployment group watches, by the names that it gives. */
    public List<Resource> alarms() {
        List<String> names = deploymentGroup.properties().at("AlarmConfiguration/Alarms").items().stream()
                .map(alarm -> alarm.get("Name").text())
                .toList();
        return environment
                .all()
                .flatMap(stack -> resources(stack, "AWS::CloudWatch::Alarm"))
                .filter(alarm -> names.contains(alarm.symbol())
                        || names.contains(alarm.properties().get("AlarmName").text()))
                .toList();
    }

    public static Stream<Resource> resources(Stack stack, String type) {
        Map<String, Node> found = stack.resources(type);
        return found.entrySet().stream().map(entry -> new Resource(stack, entry.getKey(), entry.getValue()));
    }

    /** Whether a value is a reference to the resource or one of its attributes. */
    public static boolean refersTo(Node value, Resource resource) {
        String symbol = resource.symbol();
        String beginning = symbol.substring(0, symbol.length() - 1);
        return value.is(symbol) || value.text().startsWith(beginning + ".");
    }
}
