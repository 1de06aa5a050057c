package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.NginxConfiguration.Directive;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a container is called and where it listens, in all the files that say so. */
final class TaskRules {

    private TaskRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "container-name",
                        "Task definition, application specification and ECS service call a container by the same name",
                        TaskRules::containerName),
                new Rule(
                        "container-port",
                        "A container's port is the same wherever it is written: task definition, application"
                                + " specification, service, target groups, image, program, compose",
                        TaskRules::containerPort),
                new Rule(
                        "application-specification",
                        "An application specification has what CodeDeploy demands, and nothing that it does not know",
                        TaskRules::applicationSpecification),
                new Rule(
                        "placeholders-of-the-image",
                        "A task definition's image is the placeholder that CodePipeline fills",
                        TaskRules::imagePlaceholder));
    }

    private static void containerName(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node container = delivery.container(half);
            String name = container.get("name").text();
            findings.unlessEqual(
                    delivery.target(half).at("LoadBalancerInfo/ContainerName"),
                    "ContainerName",
                    name,
                    "the container in " + half.taskDefinition,
                    "CodeDeploy finds the container by this name; write " + name);
            for (Stacks environment : delivery.environments()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                for (Node balancer :
                        deployment.service().properties().get("LoadBalancers").items()) {
                    findings.unlessEqual(
                            balancer.get("ContainerName"),
                            "the service's ContainerName",
                            name,
                            "the container in " + half.taskDefinition,
                            "Name it " + name);
                }
                environment
                        .stack("service")
                        .resources("AWS::ECS::TaskDefinition")
                        .forEach((id, first) -> {
                            if (id.startsWith(half.prefix)
                                    && !id.contains("Migration")
                                    && !first.at("Properties/ContainerDefinitions").items().stream()
                                            .map(each -> each.get("Name").text())
                                            .toList()
                                            .equals(List.of(name))) {
                                findings.add(
                                        first,
                                        "the first task definition " + id + " has other containers than "
                                                + half.taskDefinition + " (" + name + ")",
                                        "The service is created with the one and deployed with the other; name them alike");
                            }
                        });
            }
        }
    }

    static void containerPort(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node mapping = delivery.container(half).at("portMappings/0/containerPort");
            String port = mapping.text();
            String whose = "containerPort in " + half.taskDefinition;
            String mend = "All of them have to be " + port;
            findings.unlessEqual(
                    delivery.target(half).at("LoadBalancerInfo/ContainerPort"), "ContainerPort", port, whose, mend);
            Node host = delivery.container(half).at("portMappings/0/hostPort");
            if (host.isPresent() && !host.is(port)) {
                findings.add(host, "hostPort is " + host + ", but containerPort is " + port, "Leave hostPort out");
            }
            for (Stacks environment : delivery.environments()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                findings.unlessEqual(
                        deployment.service().properties().at("LoadBalancers/0/ContainerPort"),
                        "the service's ContainerPort",
                        port,
                        whose,
                        mend);
                for (Delivery.Resource group : deployment.targetGroups()) {
                    findings.unlessEqual(group.properties().get("Port"), "Port of " + group.id(), port, whose, mend);
                }
                environment
                        .stack("service")
                        .resources("AWS::ECS::TaskDefinition")
                        .forEach((id, first) -> {
                            Node firstPort = first.at("Properties/ContainerDefinitions/0/PortMappings/0/ContainerPort");
                            if (id.startsWith(half.prefix) && !id.contains("Migration")) {
                                findings.unlessEqual(firstPort, "ContainerPort of " + id, port, whose, mend);
                            }
                        });
            }
            Dockerfile dockerfile = delivery.dockerfile(half);
            boolean exposed = dockerfile
                    .effective("EXPOSE")
                    .map(expose -> expose.words().stream()
                            .anyMatch(word -> word.replace("/tcp", "").equals(port)))
                    .orElse(false);
            if (!exposed) {
                findings.add(
                        dockerfile
                                .effective("EXPOSE")
                                .map(Dockerfile.Instruction::place)
                                .orElse(dockerfile.runtime().place()),
                        "the image does not expose " + port + ", which is the " + whose,
                        "Write EXPOSE " + port);
            }
        }
        portOfTheBackend(delivery, findings);
        portOfTheFrontend(delivery, findings);
    }

    private static void portOfTheBackend(Delivery delivery, Findings findings) {
        String port = delivery.container(Half.BACKEND)
                .at("portMappings/0/containerPort")
                .text();
        delivery.production().get("server.port").ifPresent(setting -> {
            String value = setting.text().replaceAll("^\\$\\{PORT:(\\d+)}$", "$1");
            if (!value.equals(port)) {
                findings.add(
                        setting,
                        "server.port is " + setting + ", but containerPort in taskdef.json is " + port,
                        "Let the default be " + port);
            }
        });
        Node variable = delivery.container(Half.BACKEND).at("environment/[name=PORT]");
        if (variable.isPresent() && !variable.get("value").is(port)) {
            findings.add(variable, "PORT moves the backend away from its containerPort " + port, "Take PORT out");
        }
    }

    private static void portOfTheFrontend(Delivery delivery, Findings findings) {
        String port = delivery.container(Half.FRONTEND)
                .at("portMappings/0/containerPort")
                .text();
        List<Directive> listens = delivery.nginx().all("listen").toList();
        if (listens.stream().noneMatch(listen -> listen.argument(0).matches("(0\\.0\\.0\\.0:|\\[::]:)?" + port))) {
            Place place = listens.isEmpty()
                    ? new Place("frontend/nginx/nginx.conf", 0)
                    : listens.getFirst().place();
            findings.add(
                    place,
                    "Nginx does not listen on " + port + ", the containerPort in " + Half.FRONTEND.taskDefinition,
                    "Write listen " + port);
        }
        boolean low = !port.isEmpty() && Integer.parseInt(port) < 1024;
        Node sysctl = delivery.container(Half.FRONTEND).at("systemControls");
        boolean allowed = sysctl.items().stream()
                .anyMatch(control -> control.get("namespace").is("net.ipv4.ip_unprivileged_port_start")
                        && control.get("value").numberOr(1024) <= 80);
        if (low && !allowed) {
            findings.add(
                    delivery.container(Half.FRONTEND),
                    "port " + port + " is a privileged one, and the container runs without privileges",
                    "Set the systemControl net.ipv4.ip_unprivileged_port_start to 0");
        }
    }

    private static void applicationSpecification(Delivery delivery, Findings findings) {
        Set<String> events = Set.of(
                "BeforeInstall", "AfterInstall", "AfterAllowTestTraffic", "BeforeAllowTraffic", "AfterAllowTraffic");
        for (Half half : Half.values()) {
            Node spec = delivery.appSpec(half);
            onlyKeys(spec, Set.of("version", "Resources", "Hooks"), "an ECS application specification", findings);
            if (!spec.get("version").is("0.0")) {
                findings.add(spec, "version is " + spec.get("version"), "CodeDeploy knows version 0.0 only");
            }
            if (spec.get("Resources").items().size() != 1) {
                findings.add(spec, "names not exactly one service", "CodeDeploy deploys one TargetService");
            }
            Node target = spec.at("Resources/0/TargetService");
            if (!target.get("Type").is("AWS::ECS::Service")) {
                findings.add(spec, "the first resource is no TargetService of type AWS::ECS::Service", "Write it so");
            }
            Node properties = target.get("Properties");
            onlyKeys(
                    properties,
                    Set.of(
                            "TaskDefinition",
                            "LoadBalancerInfo",
                            "PlatformVersion",
                            "NetworkConfiguration",
                            "CapacityProviderStrategy"),
                    "a TargetService",
                    findings);
            if (!properties.get("TaskDefinition").is("<TASK_DEFINITION>")) {
                findings.add(
                        properties.get("TaskDefinition"),
                        "TaskDefinition is " + properties.get("TaskDefinition"),
                        "CodePipeline replaces exactly <TASK_DEFINITION> by the revision that it registers");
            }
            onlyKeys(
                    properties.get("LoadBalancerInfo"),
                    Set.of("ContainerName", "ContainerPort"),
                    "LoadBalancerInfo",
                    findings);
            if (properties.at("LoadBalancerInfo/ContainerPort").isQuoted()) {
                findings.add(
                        properties.at("LoadBalancerInfo/ContainerPort"),
                        "ContainerPort is a text",
                        "CodeDeploy wants a number: no quotation marks");
            }
            for (Node hook : spec.get("Hooks").items()) {
                onlyKeys(hook, events, "the hooks of an ECS deployment", findings);
            }
            if (spec.get("Hooks").items().stream().noneMatch(hook -> hook.has("AfterAllowTestTraffic"))) {
                findings.add(
                        spec,
                        "no hook AfterAllowTestTraffic",
                        "Without it nothing tests the new tasks before customers meet them");
            }
            for (Stacks environment : delivery.environments()) {
                boolean strategy =
                        BlueGreen.of(environment, half).service().properties().has("CapacityProviderStrategy");
                if (strategy && !properties.has("CapacityProviderStrategy")) {
                    findings.add(
                            properties,
                            "the service has a CapacityProviderStrategy, which CodeDeploy drops unless it is repeated"
                                    + " here",
                            "Repeat it, or use LaunchType FARGATE");
                }
            }
        }
    }

    static void onlyKeys(Node node, Set<String> known, String what, Findings findings) {
        for (String key : node.keys()) {
            if (!known.contains(key)) {
                findings.add(
                        node.get(key),
                        what + " has no key " + key,
                        "Known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private static void imagePlaceholder(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            for (Node container :
                    delivery.taskDefinition(half).get("containerDefinitions").items()) {
                if (!container.get("image").text().matches("<IMAGE[1-4]_NAME>")) {
                    findings.add(
                            container.get("image"),
                            "image is " + container.get("image") + ", so a deployment would run something else than was"
                                    + " built",
                            "Write <IMAGE1_NAME>");
                }
            }
        }
    }
}
