package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.BlueGreen.refersTo;
import static io.tealdesk.infra.rules.BlueGreen.targetsOf;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** ECS services under CodeDeploy: what breaks them, mostly at the second deployment or the first stack update. */
final class BlueGreenRules {

    private static final int ALARMS_MAX = 10;
    private static final int TERMINATION_WAIT_MAX = 60;
    private static final int SECONDS_TO_HEALTHY_MAX = 60;
    private static final int LAMBDA_TIMEOUT_MAX = 900;

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
                        "one-load-balancer-for-both-colours",
                        "The two target groups of a service differ in nothing but their colour",
                        BlueGreenRules::coloursAlike),
                new Rule(
                        "listener-defaults",
                        "A listener forwards by rules only; its default is a fixed answer or a redirection",
                        BlueGreenRules::listenerDefaults),
                new Rule(
                        "both-colours-in-a-rule",
                        "A rule of a listener that CodeDeploy changes names both colours of one service, without"
                                + " stickiness",
                        BlueGreenRules::bothColours),
                new Rule(
                        "rules-mirrored",
                        "What production routes by path the test listener routes alike, and health checks besides",
                        BlueGreenRules::mirrored),
                new Rule(
                        "rule-priorities",
                        "No two rules of a listener have one priority, and the rule for everything comes last",
                        BlueGreenRules::priorities),
                new Rule(
                        "service-after-its-rules",
                        "A service is created after the rules that put its target groups behind the load balancer",
                        BlueGreenRules::afterRules),
                new Rule(
                        "health-check-of-the-target-group",
                        "A target group asks for a health address that the program has, and decides within a minute",
                        BlueGreenRules::healthCheck),
                new Rule(
                        "drain",
                        "A target group drains long enough for an answer and not for minutes",
                        BlueGreenRules::drain),
                new Rule(
                        "alarms-on-both-colours",
                        "A deployment is watched by alarms on both of its target groups",
                        BlueGreenRules::alarms),
                new Rule(
                        "traffic-shifting",
                        "The backend is shifted in steps, the frontend all at once",
                        BlueGreenRules::shifting),
                new Rule(
                        "hooks-exist",
                        "Each hook of an application specification is a function of the service stack that may report"
                                + " and that CodeDeploy may call",
                        BlueGreenRules::hooks),
                new Rule(
                        "hook-environment",
                        "A function gets every variable that its code reads, and none that it does not",
                        BlueGreenRules::hookEnvironment),
                new Rule(
                        "autoscaling-pauses",
                        "Autoscaling stays between bounds and can be paused while a deployment runs",
                        BlueGreenRules::autoscaling));
    }

    private static void service(Delivery delivery, Findings findings) {
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

    private static void pair(Delivery delivery, Findings findings) {
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

    private static void coloursAlike(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery)
                .filter(deployment -> deployment.targetGroups().size() == 2)
                .forEach(deployment -> {
                    Resource blue = deployment.targetGroups().getFirst();
                    Resource green = deployment.targetGroups().getLast();
                    Set<String> keys = new TreeSet<>(blue.properties().keys());
                    keys.addAll(green.properties().keys());
                    keys.removeAll(Set.of("Name", "Tags"));
                    for (String key : keys) {
                        String one = blue.properties().get(key).toString();
                        String other = green.properties().get(key).toString();
                        if (!one.equals(other)) {
                            findings.add(
                                    green.properties().get(key),
                                    key + " is " + one + " in " + blue.id() + " and " + other + " in " + green.id(),
                                    "The colours swap with each deployment, so both have to be alike");
                        }
                    }
                    if (!blue.properties().get("TargetType").is("ip")) {
                        findings.add(blue.node(), blue.id() + " has no TargetType ip", "Fargate tasks are addresses");
                    }
                });
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

    private static Set<String> paths(Resource rule) {
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

    private static void healthCheck(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            for (Resource target : deployment.targetGroups()) {
                Node group = target.properties();
                String path = group.get("HealthCheckPath").textOr("/");
                boolean answered = switch (deployment.half()) {
                    case BACKEND -> path.equals("/actuator/health/readiness");
                    case FRONTEND -> delivery.nginx().location("= " + path).isPresent();
                };
                if (!answered) {
                    findings.add(
                            group,
                            target.id() + " asks for " + path + ", which " + deployment.half().container
                                    + " does not have as a health address",
                            deployment.half() == Half.BACKEND
                                    ? "Readiness is /actuator/health/readiness"
                                    : "Nginx needs a location = " + path);
                }
                int interval = group.get("HealthCheckIntervalSeconds").numberOr(30);
                int count = group.get("HealthyThresholdCount").numberOr(5);
                if (interval * count > SECONDS_TO_HEALTHY_MAX) {
                    findings.add(
                            group,
                            target.id() + " takes " + interval * count + " s to call a task healthy",
                            "Lower interval or threshold: a deployment waits for it");
                }
                if (group.get("HealthCheckTimeoutSeconds").numberOr(5) >= interval) {
                    findings.add(group, target.id() + " has a timeout not below its interval", "Lower the timeout");
                }
                Node port = group.get("HealthCheckPort");
                if (port.isPresent()
                        && !port.is("traffic-port")
                        && !port.is(group.get("Port").text())) {
                    findings.add(port, target.id() + " checks port " + port, "Nothing else is open: traffic-port");
                }
            }
            Node grace = deployment.service().properties().get("HealthCheckGracePeriodSeconds");
            int start = delivery.container(deployment.half())
                    .at("healthCheck/startPeriod")
                    .numberOr(0);
            if (grace.numberOr(0) < start) {
                findings.add(
                        grace.isPresent() ? grace : deployment.service().node(),
                        deployment.service().id() + " is given " + grace.numberOr(0) + " s of grace, but "
                                + deployment.half().taskDefinition + " gives it " + start + " s to start",
                        "Raise HealthCheckGracePeriodSeconds, or ECS ends tasks that are still starting");
            }
        });
        boolean probes = delivery.production()
                .get("management.endpoint.health.probes.enabled")
                .filter(Node::isTrue)
                .isPresent();
        if (!probes) {
            findings.add(
                    delivery.tree().yaml("backend/src/main/resources/application.yaml"),
                    "the readiness address is switched off",
                    "Set management.endpoint.health.probes.enabled to true");
        }
        delivery.production()
                .get("management.endpoint.health.group.readiness.include")
                .ifPresent(include -> {
                    if (include.toString().contains("db")) {
                        findings.add(
                                include,
                                "readiness includes the database",
                                "A failover of the database would make every task unhealthy and ECS would end them all;"
                                        + " the hook tests the database");
                    }
                });
    }

    private static void drain(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery)
                .forEach(deployment -> deployment.targetGroups().forEach(target -> {
                    Node delay = target.properties()
                            .at("TargetGroupAttributes/[Key=deregistration_delay.timeout_seconds]/Value");
                    int seconds = delay.numberOr(300);
                    if (seconds < 5 || seconds > 120) {
                        findings.add(
                                delay.isPresent() ? delay : target.node(),
                                target.id() + " drains for " + seconds + " s",
                                "5 to 120: long enough for the slowest answer, and a deployment waits for it");
                    }
                }));
    }

    private static void alarms(Delivery delivery, Findings findings) {
        BlueGreen.all(delivery).forEach(deployment -> {
            Resource group = deployment.deploymentGroup();
            Node configuration = group.properties().get("AlarmConfiguration");
            List<Resource> alarms = deployment.alarms();
            int named = configuration.get("Alarms").items().size();
            if (!configuration.get("Enabled").isTrue() || named == 0) {
                findings.add(
                        group.node(), group.id() + " is watched by no alarm", "DEPLOYMENT_STOP_ON_ALARM needs one");
            }
            if (named > ALARMS_MAX) {
                findings.add(configuration, group.id() + " names " + named + " alarms", "CodeDeploy takes 10 at most");
            }
            if (alarms.size() != named) {
                findings.add(
                        configuration.isPresent() ? configuration : group.node(),
                        group.id() + " names " + named + " alarms, of which the stacks have " + alarms.size(),
                        "Refer to them: !Ref TheAlarm");
            }
            for (Resource target : deployment.targetGroups()) {
                boolean watched = alarms.stream().anyMatch(alarm -> watches(alarm, target));
                if (!watched) {
                    findings.add(
                            group.node(),
                            "no alarm of " + group.id() + " watches " + target.id(),
                            "The colours swap with each deployment: watch errors of both target groups");
                }
            }
            for (Resource alarm : alarms) {
                if (!alarm.properties().get("TreatMissingData").is("notBreaching")) {
                    findings.add(
                            alarm.node(),
                            alarm.id() + " treats missing data as "
                                    + alarm.properties().get("TreatMissingData").textOr("missing"),
                            "The idle colour has no data: notBreaching");
                }
                if (metrics(alarm).contains("HealthyHostCount")) {
                    findings.add(
                            alarm.node(),
                            alarm.id() + " counts healthy hosts",
                            "The idle colour has none, so every deployment would stop; count errors or unhealthy hosts");
                }
            }
        });
    }

    static Set<String> metrics(Resource alarm) {
        return alarm.properties()
                .walk()
                .map(node -> node.get("MetricName"))
                .filter(Node::isText)
                .map(Node::text)
                .collect(Collectors.toSet());
    }

    static boolean watches(Resource alarm, Resource target) {
        return alarm.properties()
                .scalars()
                .anyMatch(value -> value.text().contains(target.symbol("TargetGroupFullName")));
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

    private static void hooks(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Half half : Half.values()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                Rendering rendering = Rendering.of(delivery, environment, half);
                for (Node hook : rendering.appSpec().get("Hooks").items()) {
                    hook.entries().forEach((event, function) -> hook(deployment, event, function, findings));
                }
            }
        }
    }

    private static void hook(BlueGreen deployment, String event, Node function, Findings findings) {
        List<Resource> functions = BlueGreen.resources(deployment.stack(), "AWS::Lambda::Function")
                .filter(each -> refersTo(function, each))
                .toList();
        if (functions.isEmpty()) {
            findings.add(
                    function,
                    "the hook " + event + " calls " + function + ", which is no function of the service stack",
                    "Fill it from the stack's output");
            return;
        }
        Resource lambda = functions.getFirst();
        int timeout = lambda.properties().get("Timeout").numberOr(3);
        if (timeout < 60 || timeout > LAMBDA_TIMEOUT_MAX) {
            findings.add(
                    lambda.node(),
                    "the function " + lambda.id() + " runs for at most " + timeout + " s",
                    "60 to 900: it has to try, and to report before it is ended");
        }
        Set<String> reporters =
                Permissions.rolesThatMay(deployment.stack(), "codedeploy:PutLifecycleEventHookExecutionStatus");
        if (reporters.stream()
                .noneMatch(role -> lambda.properties().get("Role").text().contains(role))) {
            findings.add(
                    lambda.node(),
                    "the role of " + lambda.id() + " may not report to CodeDeploy",
                    "Allow codedeploy:PutLifecycleEventHookExecutionStatus, or each deployment waits an hour and fails");
        }
        String callers =
                deployment.deploymentGroup().properties().get("ServiceRoleArn").text();
        boolean callable = Permissions.of(deployment.stack()).stream()
                .filter(permission -> callers.contains(permission.role()))
                .filter(permission -> permission.allows("lambda:InvokeFunction"))
                .flatMap(permission -> permission.resources().stream())
                .anyMatch(resource -> refersTo(resource, lambda)
                        || resource.text().contains(lambda.symbol())
                        || resource.text().contains(lambda.symbol("Arn"))
                        || resource.is("*"));
        if (!callable) {
            findings.add(
                    lambda.node(),
                    "CodeDeploy's role may not call " + lambda.id(),
                    "Allow lambda:InvokeFunction on it");
        }
    }

    private static void hookEnvironment(Delivery delivery, Findings findings) {
        Set<String> given = new TreeSet<>();
        delivery.resources("AWS::Lambda::Function").forEach(function -> {
            String handler = function.properties().get("Handler").text().replaceFirst("::.*", "");
            String path = "infra/hooks/src/main/java/" + handler.replace('.', '/') + ".java";
            if (!delivery.tree().has(path)) {
                findings.add(
                        function.properties().get("Handler"),
                        "there is no " + path + " for the handler of " + function.id(),
                        "Name a class of infra/hooks");
                return;
            }
            given.addAll(function.properties().at("Environment/Variables").keys());
        });
        StringBuilder sources = new StringBuilder();
        for (String path : delivery.tree().paths("infra/hooks/src/main/java/.*\\.java")) {
            String source = delivery.tree().text(path);
            sources.append(source);
            java.util.regex.Matcher matcher = java.util.regex.Pattern.compile(
                            "\\brequired\\(\\s*(?:\\w+,\\s*)?\"([A-Z][A-Z0-9_]+)\"")
                    .matcher(source);
            while (matcher.find()) {
                if (!given.contains(matcher.group(1)) && !matcher.group(1).startsWith("AWS_")) {
                    findings.add(
                            new io.tealdesk.infra.files.Place(path, 0),
                            "reads " + matcher.group(1) + ", which no function in service.yaml is given",
                            "Add it to Environment.Variables there");
                }
            }
        }
        given.stream()
                .filter(name -> !name.startsWith("JAVA_") && !sources.toString().contains('"' + name + '"'))
                .forEach(name -> findings.add(
                        delivery.tree().yaml(Delivery.SERVICE_TEMPLATE).get("Resources"),
                        "no hook reads " + name + ", which a function is given",
                        "Take it out of Environment.Variables, or spell it as the code does"));
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
