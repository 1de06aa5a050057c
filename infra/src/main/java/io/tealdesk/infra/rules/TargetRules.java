package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Both colours of a service: alike, checked, drained, under alarm. */
final class TargetRules {

    private static final int ALARMS_MAX = 10;

    private static final int SECONDS_TO_HEALTHY_MAX = 60;

    private TargetRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "one-load-balancer-for-both-colours",
                        "The two target groups of a service differ in nothing but their colour",
                        TargetRules::coloursAlike),
                new Rule(
                        "health-check-of-the-target-group",
                        "A target group asks for a health address that the program has, and decides within a minute",
                        TargetRules::healthCheck),
                new Rule(
                        "drain",
                        "A target group drains long enough for an answer and not for minutes",
                        TargetRules::drain),
                new Rule(
                        "alarms-on-both-colours",
                        "A deployment is watched by alarms on both of its target groups",
                        TargetRules::alarms));
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

    static void alarms(Delivery delivery, Findings findings) {
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
}
