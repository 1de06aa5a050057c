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
    private final Unplayed unplayed;

    TaskReader(Node definition, Unplayed unplayed) {
        this.definition = definition;
        this.unplayed = unplayed;
    }

    /** @param loadBalancerInfo what the application specification says is behind the load balancer */
    TaskPlan read(Node loadBalancerInfo) {
        wholeTask();
        Node container = container(loadBalancerInfo);
        wholeContainer(container);
        return new TaskPlan(
                container.get("name").text(),
                port(container, loadBalancerInfo),
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

    private Node container(Node loadBalancerInfo) {
        List<Node> containers = definition.get("containerDefinitions").items();
        Node wanted = loadBalancerInfo.get("ContainerName");
        Node container = containers.stream()
                .filter(each -> each.get("name").is(wanted.text()))
                .findFirst()
                .orElseThrow(() -> new UnreadableFile(
                        wanted.place(),
                        "ContainerName is " + wanted + ", but " + definition.file() + " has "
                                + containers.stream()
                                        .map(each -> each.get("name").text())
                                        .toList()
                                + ". CodeDeploy finds the container by this name"));
        containers.stream()
                .filter(each -> each != container)
                .forEach(sidecar -> unplayed.add(sidecar, "the second container " + sidecar.get("name")));
        return container;
    }

    private int port(Node container, Node loadBalancerInfo) {
        Node wanted = loadBalancerInfo.get("ContainerPort");
        int port = Values.number(wanted, "ContainerPort", 1, 65535);
        List<Node> mappings = container.get("portMappings").items();
        if (mappings.stream().noneMatch(mapping -> mapping.get("containerPort").is(wanted.text()))) {
            throw new UnreadableFile(
                    wanted.place(),
                    "ContainerPort is " + port + ", but the container in " + definition.file() + " has "
                            + mappings.stream()
                                    .map(mapping -> mapping.get("containerPort").text())
                                    .toList()
                            + ". Both have to be the port that the program listens on");
        }
        for (Node mapping : mappings) {
            unplayed.allBut(mapping, Set.of("containerPort", "protocol", "hostPort"), Set.of("name"), "a port mapping");
            unplayed.unless(mapping.get("protocol"), Set.of("tcp"), "the protocol");
            unplayed.unless(
                    mapping.get("hostPort"),
                    Set.of("0", mapping.get("containerPort").text()),
                    "hostPort");
        }
        mappings.stream()
                .filter(mapping -> !mapping.get("containerPort").is(wanted.text()))
                .forEach(mapping -> unplayed.add(mapping, "another port, " + mapping.get("containerPort")));
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
