package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan.ForwardRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Listeners and their rules, followed from the deployment groups. */
final class LoadBalancerReader {

    /** Elastic Load Balancing user guide, "Load balancer attributes". */
    private static final int IDLE_TIMEOUT_DEFAULT = 60;

    /** Attributes that change nothing here, with the values that are played where they would. */
    private static final Map<String, Set<String>> ATTRIBUTES = Map.of(
            "routing.http.xff_header_processing.mode", Set.of("append"),
            "routing.http.xff_client_port.enabled", Set.of("false"),
            "routing.http.preserve_host_header.enabled", Set.of("false"),
            "routing.http.x_amzn_tls_version_and_cipher_suite.enabled", Set.of("false"));

    private static final String INDIFFERENT_ATTRIBUTES =
            "deletion_protection\\..*|access_logs\\..*|connection_logs\\..*|health_check_logs\\..*|waf\\..*"
                    + "|zonal_shift\\..*|ipv6\\..*|load_balancing\\.cross_zone\\.enabled|client_keep_alive\\.seconds"
                    + "|routing\\.http2\\.enabled|routing\\.http\\.drop_invalid_header_fields\\.enabled"
                    + "|routing\\.http\\.desync_mitigation_mode|idle_timeout\\.timeout_seconds";

    private final Map<ServiceName, BlueGreen> deployments;
    private final Unplayed unplayed;

    LoadBalancerReader(Map<ServiceName, BlueGreen> deployments, Unplayed unplayed) {
        this.deployments = deployments;
        this.unplayed = unplayed;
    }

    LoadBalancerPlan read() {
        BlueGreen one = deployments.values().iterator().next();
        Resource balancer = balancerOf(one);
        Node attributes = balancer.properties().get("LoadBalancerAttributes");
        unplayed.unless(balancer.properties().get("Type"), Set.of("application"), "a load balancer of the type");
        for (Node attribute : attributes.items()) {
            String key = attribute.get("Key").text();
            if (ATTRIBUTES.containsKey(key)) {
                unplayed.unless(attribute.get("Value"), ATTRIBUTES.getOrDefault(key, Set.of()), key);
            } else if (!key.matches(INDIFFERENT_ATTRIBUTES)) {
                unplayed.add(attribute, key + " of the load balancer");
            }
        }
        return new LoadBalancerPlan(
                Values.seconds(
                        attributes.at("[Key=idle_timeout.timeout_seconds]/Value"),
                        "idle_timeout.timeout_seconds",
                        IDLE_TIMEOUT_DEFAULT,
                        1,
                        4000),
                rules(one, one.productionListeners()),
                rules(one, one.testListeners()));
    }

    private static Resource balancerOf(BlueGreen deployment) {
        Node arn = listener(deployment, deployment.productionListeners())
                .properties()
                .get("LoadBalancerArn");
        return BlueGreen.resources(deployment.stack(), "AWS::ElasticLoadBalancingV2::LoadBalancer")
                .filter(balancer -> BlueGreen.refersTo(arn, balancer))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        new Place(deployment.stack().file(), 0),
                        "the listener's load balancer " + arn + " is not in this template"));
    }

    private static Resource listener(BlueGreen deployment, Node listeners) {
        return BlueGreen.resources(deployment.stack(), "AWS::ElasticLoadBalancingV2::Listener")
                .filter(listener -> listeners.texts().contains(listener.symbol()))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        deployment.deploymentGroup().node().place(),
                        deployment.deploymentGroup().id()
                                + " names no listener of this template. Name one in ProdTrafficRoute and one in"
                                + " TestTrafficRoute"));
    }

    private List<ForwardRule> rules(BlueGreen deployment, Node listeners) {
        Resource listener = listener(deployment, listeners);
        Node properties = listener.properties();
        unplayed.allBut(
                properties,
                Set.of("LoadBalancerArn", "Port", "Protocol", "DefaultActions"),
                Set.of("SslPolicy", "Certificates", "AlpnPolicy"),
                listener.id());
        Node answer = properties.at("DefaultActions/0");
        if (!answer.get("Type").is("fixed-response")
                || !answer.at("FixedResponseConfig/StatusCode").is("404")) {
            unplayed.add(answer, "a default action other than the answer 404");
        }
        return deployment
                .rules(listeners)
                .flatMap(this::rule)
                .sorted(Comparator.comparingInt(ForwardRule::priority))
                .toList();
    }

    private Stream<ForwardRule> rule(Resource rule) {
        Node properties = rule.properties();
        unplayed.allBut(
                properties, Set.of("ListenerArn", "Priority", "Conditions", "Actions"), Set.of("Tags"), rule.id());
        List<Node> conditions = properties.get("Conditions").items();
        List<String> patterns = conditions.stream()
                .filter(condition -> condition.get("Field").is("path-pattern"))
                .flatMap(condition -> Stream.concat(
                                condition.get("Values").items().stream(),
                                condition.at("PathPatternConfig/Values").items().stream())
                        .map(Node::text))
                .toList();
        if (conditions.size() != 1
                || patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> pattern.matches(".*[\"\\\\].*"))) {
            unplayed.add(properties.get("Conditions"), "conditions of " + rule.id() + " other than one path-pattern");
        }
        List<Node> actions = properties.get("Actions").items();
        List<ServiceName> services = deployments.entrySet().stream()
                .filter(entry -> BlueGreen.targetsOf(properties)
                        .anyMatch(target ->
                                entry.getValue().targetGroups().stream().anyMatch(group -> target.is(group.symbol()))))
                .map(Map.Entry::getKey)
                .toList();
        boolean forwards = actions.size() == 1 && actions.getFirst().get("Type").is("forward");
        if (!forwards || services.size() != 1) {
            unplayed.add(properties.get("Actions"), "actions of " + rule.id() + " other than one forward to a service");
            return Stream.empty();
        }
        Node stickiness = actions.getFirst().at("ForwardConfig/TargetGroupStickinessConfig");
        if (stickiness.get("Enabled").isTrue()) {
            unplayed.add(stickiness, "stickiness of " + rule.id());
        }
        int priority = Values.number(properties.get("Priority"), "Priority", 1, 50000);
        return patterns.isEmpty()
                ? Stream.empty()
                : Stream.of(new ForwardRule(priority, patterns, services.getFirst()));
    }
}
