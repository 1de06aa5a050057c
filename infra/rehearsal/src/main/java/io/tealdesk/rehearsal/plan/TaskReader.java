package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.plan.TaskPlan.ContainerHealth;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A task definition. Defaults and bounds are those of "Amazon ECS task definition parameters for Fargate" in the ECS
 * developer guide.
 */
final class TaskReader {

    private static final int UNITS_OF_A_CPU = 1024;
    private static final int STOP_TIMEOUT_DEFAULT = 30;
    private static final int STOP_TIMEOUT_MAX = 120;

    private static final Set<String> PLAYED = Set.of("containerDefinitions", "cpu", "memory", "volumes");
    private static final Set<String> INDIFFERENT =
            Set.of("family", "executionRoleArn", "taskRoleArn", "tags", "ephemeralStorage", "$schema");
    private static final Set<String> PLAYED_OF_CONTAINER = Set.of(
            "name",
            "image",
            "user",
            "readonlyRootFilesystem",
            "mountPoints",
            "portMappings",
            "environment",
            "healthCheck",
            "stopTimeout",
            "systemControls",
            "linuxParameters");
    private static final Set<String> INDIFFERENT_OF_CONTAINER =
            Set.of("logConfiguration", "dockerLabels", "repositoryCredentials", "versionConsistency");

    private final Node definition;
    private final Node info;
    private final Node registered;
    private final Unplayed unplayed;

    /** @param registered the service's entry of what is behind the load balancer */
    TaskReader(Pair pair, Node registered, Unplayed unplayed) {
        this.definition = pair.taskDefinition();
        this.info = pair.loadBalancerInfo();
        this.registered = registered;
        this.unplayed = unplayed;
    }

    TaskPlan read() {
        wholeTask();
        Node container = container();
        wholeContainer(container);
        return new TaskPlan(
                container.get("name").text(),
                port(container),
                Values.number(definition.get("cpu"), "cpu", 256, 16 * UNITS_OF_A_CPU) / (double) UNITS_OF_A_CPU,
                Values.number(definition.get("memory"), "memory", 512, 120 * 1024),
                container.has("user") ? container.get("user").text() : null,
                container.get("readonlyRootFilesystem").isTrue(),
                writablePaths(container),
                byName(container.get("environment"), "name"),
                health(container.get("healthCheck")),
                Values.seconds(container.get("stopTimeout"), "stopTimeout", STOP_TIMEOUT_DEFAULT, 0, STOP_TIMEOUT_MAX),
                byName(container.get("systemControls"), "namespace"),
                container.at("linuxParameters/capabilities/drop").texts());
    }

    /** The one that both the application specification and the service name. */
    private Node container() {
        List<Node> containers = definition.get("containerDefinitions").items();
        Node wanted = info.get("ContainerName");
        String name = registered.get("ContainerName").text();
        if (!wanted.is(name)) {
            throw new UnreadableFile(
                    wanted.place(),
                    "ContainerName is " + wanted + ", but the service has " + name + " behind the load balancer ("
                            + registered.get("ContainerName").place() + "). Write " + name);
        }
        List<Node> others =
                containers.stream().filter(each -> !each.get("name").is(name)).toList();
        if (others.size() == containers.size()) {
            Node at = containers.isEmpty() ? definition : containers.getFirst().get("name");
            throw new UnreadableFile(
                    at.place(),
                    "no container is called " + name + ", only "
                            + containers.stream()
                                    .map(each -> each.get("name").toString())
                                    .toList()
                            + ". CodeDeploy finds it by the ContainerName of " + wanted.file());
        }
        others.forEach(other -> unplayed.add(other, "a second container, " + other.get("name")));
        return definition.at("containerDefinitions/[name=" + name + "]");
    }

    private int port(Node container) {
        Node wanted = info.get("ContainerPort");
        int port = Values.number(wanted, "ContainerPort", 1, 65535);
        Node atService = registered.get("ContainerPort");
        if (!wanted.is(atService.text())) {
            throw new UnreadableFile(
                    wanted.place(),
                    "ContainerPort is " + wanted + ", but the service has " + atService + " behind the load balancer ("
                            + atService.place() + "). Write " + atService);
        }
        List<Node> mappings = container.get("portMappings").items();
        List<Node> others = mappings.stream()
                .filter(mapping -> !mapping.get("containerPort").is(wanted.text()))
                .toList();
        if (others.size() == mappings.size()) {
            Node at = mappings.isEmpty() ? container : mappings.getFirst().get("containerPort");
            throw new UnreadableFile(
                    at.place(),
                    (mappings.isEmpty() ? "the container has no portMappings" : "containerPort is " + at)
                            + ", but ContainerPort of " + wanted.file() + " and the service is " + port + ". Write "
                            + port);
        }
        others.forEach(other -> unplayed.add(other, "a second port, " + other.get("containerPort")));
        for (Node mapping : mappings) {
            unplayed.allBut(mapping, Set.of("containerPort", "protocol", "hostPort"), Set.of("name"), "a port mapping");
            unplayed.unless(mapping.get("protocol"), Set.of("tcp"), "the protocol");
            unplayed.unless(
                    mapping.get("hostPort"),
                    Set.of("0", mapping.get("containerPort").text()),
                    "hostPort");
        }
        return port;
    }

    private void wholeTask() {
        unplayed.allBut(
                definition,
                Stream.concat(PLAYED.stream(), Stream.of("networkMode", "requiresCompatibilities", "runtimePlatform"))
                        .collect(Collectors.toSet()),
                INDIFFERENT,
                "the task definition");
        unplayed.unless(definition.get("networkMode"), Set.of("awsvpc"), "networkMode");
        definition
                .get("requiresCompatibilities")
                .items()
                .forEach(each -> unplayed.unless(each, Set.of("FARGATE"), "the launch type"));
        unplayed.unless(
                definition.at("runtimePlatform/operatingSystemFamily"), Set.of("LINUX"), "operatingSystemFamily");
        unplayed.unless(definition.at("runtimePlatform/cpuArchitecture"), Set.of("X86_64"), "cpuArchitecture");
        for (Node volume : definition.get("volumes").items()) {
            unplayed.allBut(volume, Set.of("name"), Set.of(), "the volume " + volume.get("name"));
        }
    }

    private void wholeContainer(Node container) {
        unplayed.allBut(
                container,
                Stream.concat(PLAYED_OF_CONTAINER.stream(), Stream.of("essential", "privileged"))
                        .collect(Collectors.toSet()),
                INDIFFERENT_OF_CONTAINER,
                "the container");
        unplayed.unless(container.get("essential"), Set.of("true"), "essential");
        unplayed.unless(container.get("privileged"), Set.of("false"), "privileged");
        if (container.has("logConfiguration")) {
            Values.text(container.at("logConfiguration/logDriver"), "logDriver of logConfiguration");
        }
        Node linux = container.get("linuxParameters");
        unplayed.allBut(linux, Set.of("initProcessEnabled", "capabilities"), Set.of(), "linuxParameters");
        unplayed.unless(linux.get("initProcessEnabled"), Set.of("false"), "initProcessEnabled");
        unplayed.allBut(linux.get("capabilities"), Set.of("drop"), Set.of(), "the capabilities");
    }

    private List<String> writablePaths(Node container) {
        return container.get("mountPoints").items().stream()
                .filter(mount -> !mount.get("readOnly").isTrue())
                .map(mount -> Values.text(mount.get("containerPath"), "containerPath"))
                .toList();
    }

    private static Map<String, String> byName(Node list, String key) {
        Map<String, String> found = new LinkedHashMap<>();
        for (Node entry : list.items()) {
            found.put(Values.text(entry.get(key), key), entry.get("value").text());
        }
        return found;
    }

    private @Nullable ContainerHealth health(Node check) {
        if (check.isAbsent()) {
            return null;
        }
        Set<String> played = Set.of("command", "interval", "timeout", "retries", "startPeriod");
        unplayed.allBut(check, played, Set.of(), "the health check");
        return new ContainerHealth(
                check.get("command").texts(),
                Values.seconds(check.get("interval"), "interval", 30, 5, 300),
                Values.seconds(check.get("timeout"), "timeout", 5, 2, 60),
                Values.number(check.get("retries"), "retries", 3, 1, 10),
                check.has("startPeriod")
                        ? Duration.ofSeconds(Values.number(check.get("startPeriod"), "startPeriod", 0, 300))
                        : Duration.ZERO);
    }
}
