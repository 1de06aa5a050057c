package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.targetsOf;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Listeners and their rules, which CodeDeploy rewrites behind the back of CloudFormation. */
final class ListenerRules {

    private ListenerRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "listener-defaults",
                        "A listener forwards by rules only; its default is a fixed answer or a redirection",
                        ListenerRules::listenerDefaults),
                new Rule(
                        "both-colours-in-a-rule",
                        "A rule of a listener that CodeDeploy changes names both colours of one service, without"
                                + " stickiness",
                        ListenerRules::bothColours),
                new Rule(
                        "rules-mirrored",
                        "What production routes by path the test listener routes alike, and health checks besides",
                        ListenerRules::mirrored),
                new Rule(
                        "rule-priorities",
                        "No two rules of a listener have one priority, and the rule for everything comes last",
                        ListenerRules::priorities),
                new Rule(
                        "service-after-its-rules",
                        "A service is created after the rules that put its target groups behind the load balancer",
                        ListenerRules::afterRules));
    }

    private static void listenerDefaults(Delivery delivery, Findings findings) {
        delivery.resources("AWS::ElasticLoadBalancingV2::Listener").forEach(listener -> {
            for (Node action : listener.properties().get("DefaultActions").items()) {
                if (!Set.of("fixed-response", "redirect")
                        .contains(action.get("Type").text())) {
                    findings.add(
                            action,
                            "the default of " + listener.id() + " is " + action.get("Type"),
                            "Answer with a fixed 404 and forward by rules: a changed certificate would else point"
                                    + " production at the colour that is gone");
                }
            }
        });
    }

    private static void bothColours(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> oneLiveColour(deployment, findings));
        BlueGreen.all(delivery)
                .forEach(deployment -> Stream.of(deployment.productionListeners(), deployment.testListeners())
                        .flatMap(deployment::rules)
                        .forEach(rule -> {
                            Set<String> targets = targetsOf(rule.properties())
                                    .map(Node::text)
                                    .collect(Collectors.toCollection(TreeSet::new));
                            Set<String> mine = deployment.targetGroups().stream()
                                    .map(Resource::symbol)
                                    .collect(Collectors.toCollection(TreeSet::new));
                            if (targets.stream().noneMatch(mine::contains)) {
                                return;
                            }
                            if (!targets.equals(mine)) {
                                findings.add(
                                        rule.node(),
                                        "the rule " + rule.id() + " forwards to " + targets + ", but the pair of "
                                                + deployment.deploymentGroup().id() + " is " + mine,
                                        "Name both, the live colour with weight 100 and the other with 0: otherwise green is"
                                                + " behind no load balancer while it is checked");
                            }
                            weights(rule, findings);
                            rule.properties()
                                    .walk()
                                    .filter(node -> node.has("TargetGroupStickinessConfig"))
                                    .map(node -> node.get("TargetGroupStickinessConfig")
                                            .get("Enabled"))
                                    .filter(Node::isTrue)
                                    .forEach(sticky -> findings.add(
                                            sticky,
                                            "the rule " + rule.id() + " is sticky",
                                            "CodeDeploy writes stickiness off; leave it out"));
                        }));
    }

    /** CodeDeploy fails when one rule of a service lags behind: production and test have to point at one colour. */
    private static void oneLiveColour(BlueGreen deployment, Findings findings) {
        Map<String, List<String>> rulesByLive = Stream.of(deployment.productionListeners(), deployment.testListeners())
                .flatMap(listeners -> deployment.rulesOf(listeners).stream())
                .collect(Collectors.groupingBy(
                        rule -> rule.properties()
                                .walk()
                                .filter(target -> target.get("Weight").is("100"))
                                .map(target -> target.get("TargetGroupArn").text())
                                .findFirst()
                                .orElse("nothing"),
                        TreeMap::new,
                        Collectors.mapping(Resource::id, Collectors.toList())));
        if (rulesByLive.size() > 1) {
            findings.add(
                    deployment.deploymentGroup().node(),
                    "the rules of " + deployment.half().container + " point at different colours: " + rulesByLive,
                    "\"Primary taskset target group must be behind listener\": give all of them the same live colour");
        }
    }

    private static void weights(Resource rule, Findings findings) {
        List<Integer> weights = rule.properties()
                .walk()
                .filter(node -> node.has("TargetGroupArn") && node.has("Weight"))
                .map(node -> node.get("Weight").numberOr(-1))
                .sorted()
                .toList();
        if (!weights.equals(List.of(0, 100))) {
            findings.add(
                    rule.node(),
                    "the weights of " + rule.id() + " are " + weights,
                    "One colour gets everything (100), the other nothing (0); CodeDeploy does the rest");
        }
    }

    static Set<String> paths(Resource rule) {
        return rule.properties().get("Conditions").items().stream()
                .filter(condition -> condition.get("Field").is("path-pattern"))
                .flatMap(condition -> Stream.concat(
                        condition.at("PathPatternConfig/Values").texts().stream(),
                        condition.get("Values").texts().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void mirrored(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Set<String> production = allPaths(deployment, deployment.productionListeners());
            Set<String> test = allPaths(deployment, deployment.testListeners());
            if (production.isEmpty()) {
                findings.add(
                        deployment.deploymentGroup().node(),
                        "no rule of the production listener forwards to " + deployment.half().container,
                        "CodeDeploy fails with \"Primary taskset target group must be behind listener\"");
            }
            Set<String> missing = new TreeSet<>(production);
            missing.removeAll(test);
            if (!missing.isEmpty()) {
                findings.add(
                        deployment.deploymentGroup().node(),
                        "the test listener does not route " + missing + " to " + deployment.half().container
                                + ", the production listener does",
                        "Mirror the rule: what is tested has to be what will be live");
            }
            Set<String> more = new TreeSet<>(test);
            more.removeAll(production);
            more.removeIf(path -> path.startsWith("/actuator/health"));
            if (!more.isEmpty()) {
                findings.add(
                        deployment.deploymentGroup().node(),
                        "only the test listener routes " + more + " to " + deployment.half().container,
                        "Take it out there, or add it to production");
            }
            production.stream()
                    .filter(path -> path.startsWith("/actuator"))
                    .forEach(path -> findings.add(
                            deployment.deploymentGroup().node(),
                            "production shows " + path + " to everybody",
                            "Health is for the load balancer and the test listener"));
            // "/api/*" does not match "/api".
            Stream.concat(production.stream(), test.stream())
                    .filter(path -> path.endsWith("/*") && path.length() > 2)
                    .map(path -> path.substring(0, path.length() - 2))
                    .filter(path -> !production.contains(path) && !test.contains(path))
                    .forEach(path -> findings.add(
                            deployment.deploymentGroup().node(),
                            path + "/* is routed to " + deployment.half().container + ", " + path + " itself is not",
                            "List both"));
        });
    }

    private static Set<String> allPaths(BlueGreen deployment, Node listeners) {
        return deployment.rulesOf(listeners).stream()
                .flatMap(rule -> paths(rule).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void priorities(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environmentsAndChoices()) {
            Map<String, List<Resource>> byListener = BlueGreen.resources(
                            environment.stack("service"), "AWS::ElasticLoadBalancingV2::ListenerRule")
                    .collect(Collectors.groupingBy(
                            rule -> rule.properties().get("ListenerArn").text(), TreeMap::new, Collectors.toList()));
            byListener.values().forEach(rules -> {
                Map<Integer, String> taken = new TreeMap<>();
                for (Resource rule : rules) {
                    int priority = rule.properties().get("Priority").numberOr(0);
                    String other = taken.put(priority, rule.id());
                    if (other != null) {
                        findings.add(
                                rule.node(),
                                rule.id() + " and " + other + " both have priority " + priority,
                                "Each rule of a listener needs its own");
                    }
                }
                for (Resource everything : rules) {
                    int priority = everything.properties().get("Priority").numberOr(0);
                    if (paths(everything).contains("/*")) {
                        rules.stream()
                                .filter(rule ->
                                        rule.properties().get("Priority").numberOr(0) > priority)
                                .forEach(rule -> findings.add(
                                        rule.node(),
                                        rule.id() + " comes after " + everything.id() + ", which takes every path",
                                        "Give it a lower priority number"));
                    }
                }
            });
        }
    }

    private static void afterRules(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            List<String> after = deployment.service().node().get("DependsOn").texts();
            Stream.of(deployment.productionListeners(), deployment.testListeners())
                    .flatMap(listeners -> deployment.rulesOf(listeners).stream())
                    .filter(rule -> !after.contains(rule.id()))
                    .forEach(rule -> findings.add(
                            deployment.service().node(),
                            deployment.service().id() + " does not wait for " + rule.id(),
                            "Add it to DependsOn: ECS refuses a target group that is behind no load balancer"));
        });
    }
}
