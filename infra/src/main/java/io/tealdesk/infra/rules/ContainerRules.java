package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.NginxConfiguration.Directive;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The containers of the task definitions against the images that they run. */
final class ContainerRules {

    /** What Fargate offers: memory in MiB for each CPU size, as far as this product would go. */
    private static final Map<String, List<String>> FARGATE_SIZES = Map.of(
            "256", List.of("512", "1024", "2048"),
            "512", List.of("1024", "2048", "3072", "4096"),
            "1024", List.of("2048", "3072", "4096", "5120", "6144", "7168", "8192"),
            "2048", List.of("4096", "5120", "6144", "7168", "8192"));

    private ContainerRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "task-is-locked-down",
                        "Containers run as a numbered user other than root, on a read-only file system, without"
                                + " capabilities",
                        ContainerRules::lockedDown),
                new Rule(
                        "user-of-the-image",
                        "The task definition runs a container as the user that its image was made for",
                        ContainerRules::userOfTheImage),
                new Rule(
                        "fargate-size",
                        "A task asks for a size that Fargate offers, in awsvpc mode",
                        ContainerRules::fargateSize),
                new Rule(
                        "health-command",
                        "The container health check runs the command that the image brings, and leaves it time",
                        ContainerRules::healthCommand),
                new Rule(
                        "writable-paths",
                        "Every path that a program writes to is a volume in the task definition",
                        ContainerRules::writablePaths));
    }

    private static void lockedDown(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            for (Node container :
                    delivery.taskDefinition(half).get("containerDefinitions").items()) {
                String name = container.get("name").text();
                if (!container.get("user").text().matches("[1-9]\\d*(:[1-9]\\d*)?")) {
                    findings.add(
                            container.get("user"),
                            "the container " + name + " runs as "
                                    + container.get("user").textOr("the image's user"),
                            "Name the user by a number other than 0: \"user\": \"uid:gid\"");
                }
                if (!container.get("readonlyRootFilesystem").isTrue()) {
                    findings.add(
                            container.get("readonlyRootFilesystem"),
                            "the container " + name + " may write to its root file system",
                            "Set readonlyRootFilesystem to true and mount volumes where it has to write");
                }
                if (!container.at("linuxParameters/capabilities/drop").texts().contains("ALL")) {
                    findings.add(
                            container.get("linuxParameters"),
                            "the container " + name + " keeps capabilities that it does not need",
                            "Write linuxParameters.capabilities.drop: [\"ALL\"]");
                }
                if (container.at("linuxParameters/capabilities/add").isPresent()
                        || container.get("privileged").isTrue()) {
                    findings.add(container, "the container " + name + " is given privileges", "Take them away");
                }
            }
        }
    }

    private static void userOfTheImage(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            String user = dockerfile
                    .effective("USER")
                    .map(Dockerfile.Instruction::arguments)
                    .orElse("root");
            Place place = dockerfile
                    .effective("USER")
                    .map(Dockerfile.Instruction::place)
                    .orElse(dockerfile.runtime().place());
            String[] wanted = delivery.container(half).get("user").text().split(":", -1);
            String[] made = user.split(":", -1);
            if (!made[0].equals(wanted[0]) || (made.length > 1 && wanted.length > 1 && !made[1].equals(wanted[1]))) {
                findings.add(
                        place,
                        "the image is made for the user " + user + ", but " + half.taskDefinition + " runs it as "
                                + delivery.container(half).get("user"),
                        "Write the same numbers in both");
            }
        }
    }

    private static void fargateSize(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node task = delivery.taskDefinition(half);
            List<String> offered = FARGATE_SIZES.getOrDefault(task.get("cpu").text(), List.of());
            if (!offered.contains(task.get("memory").text())) {
                findings.add(
                        task.get("cpu"),
                        "Fargate has no task of " + task.get("cpu") + " CPU units and " + task.get("memory") + " MiB",
                        offered.isEmpty()
                                ? "CPU is one of " + new TreeSet<>(FARGATE_SIZES.keySet())
                                : "With this CPU memory is one of " + offered);
            }
            if (!task.get("networkMode").is("awsvpc")) {
                findings.add(
                        task.get("networkMode"),
                        "networkMode is " + task.get("networkMode"),
                        "Fargate knows awsvpc only");
            }
            if (!task.get("requiresCompatibilities").texts().contains("FARGATE")) {
                findings.add(
                        task.get("requiresCompatibilities"),
                        "requiresCompatibilities does not name FARGATE",
                        "Write [\"FARGATE\"]");
            }
            for (Node container : task.get("containerDefinitions").items()) {
                if (container.get("memory").numberOr(0) > task.get("memory").numberOr(0)) {
                    findings.add(container, "the container may use more memory than its task has", "Lower it");
                }
            }
        }
    }

    private static void healthCommand(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node container = delivery.container(half);
            Node check = container.get("healthCheck");
            if (check.get("command").items().isEmpty()) {
                findings.add(
                        container,
                        "the container has no healthCheck",
                        "Without one ECS takes a task for healthy that answers nothing; run the image's own command");
                continue;
            }
            List<String> command = check.get("command").texts();
            if (!command.getFirst().equals("CMD")) {
                findings.add(
                        check,
                        "the health check needs a shell (" + command.getFirst() + ")",
                        "Begin with CMD, which runs the program itself");
            }
            Dockerfile dockerfile = delivery.dockerfile(half);
            List<String> inImage = dockerfile
                    .effective("HEALTHCHECK")
                    .map(each -> each.arguments().replaceFirst("^(--\\S+\\s+)*CMD\\s+", ""))
                    .map(each -> each.startsWith("[")
                            ? List.of(each.replaceAll("[\\[\\]\" ]", "").split(","))
                            : List.of(each.split("\\s+")))
                    .orElse(List.of());
            List<String> inTask = command.subList(1, command.size());
            if (!inImage.equals(inTask)) {
                findings.add(
                        check,
                        "the health check runs " + inTask + ", but HEALTHCHECK of " + half.dockerfile + " runs "
                                + inImage,
                        "Run what the image brings and tests with");
            }
            healthAddress(delivery, half, findings);
            if (check.get("timeout").numberOr(5) >= check.get("interval").numberOr(30)) {
                findings.add(check, "the timeout is not shorter than the interval", "Lower the timeout");
            }
        }
    }

    /** The image's health command reads where to ask from two variables. */
    private static void healthAddress(Delivery delivery, Half half, Findings findings) {
        Dockerfile dockerfile = delivery.dockerfile(half);
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(
                "HEALTH_PORT",
                delivery.container(half).at("portMappings/0/containerPort").text());
        delivery.environments().stream()
                .map(environment -> BlueGreen.of(environment, half))
                .flatMap(deployment -> deployment.targetGroups().stream())
                .findFirst()
                .ifPresent(target -> wanted.put(
                        "HEALTH_PATH",
                        target.properties().get("HealthCheckPath").text()));
        dockerfile
                .runtime()
                .all("ENV")
                .forEach(environment -> wanted.forEach((name, value) -> {
                    Matcher matcher = Pattern.compile("\\b" + name + "=(\\S+)").matcher(environment.arguments());
                    if (matcher.find() && !matcher.group(1).equals(value)) {
                        findings.add(
                                environment.place(),
                                name + " is " + matcher.group(1) + ", but the task and its target group have " + value,
                                "Write " + value);
                    }
                }));
    }

    private static void writablePaths(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            List<String> volumes = delivery.taskDefinition(half).get("volumes").items().stream()
                    .map(volume -> volume.get("name").text())
                    .toList();
            List<String> writable = new ArrayList<>();
            for (Node mount : delivery.container(half).get("mountPoints").items()) {
                if (!volumes.contains(mount.get("sourceVolume").text())) {
                    findings.add(
                            mount,
                            "mounts the volume " + mount.get("sourceVolume") + ", which the task does not have",
                            "The task's volumes are " + volumes);
                }
                if (!mount.get("readOnly").isTrue()) {
                    String path = mount.get("containerPath").text();
                    writable.add(path);
                    declaredAsVolume(delivery, half, mount, path, findings);
                }
            }
            if (!writable.contains("/tmp")) {
                findings.add(
                        delivery.container(half),
                        "/tmp is not writable",
                        "Mount a volume there: Tomcat and Nginx keep temporary files in it");
            }
            if (half == Half.FRONTEND) {
                nginxWrites(delivery, writable, findings);
            }
        }
    }

    /** Fargate mounts an empty volume as root's, unless the image declares that very path. */
    private static void declaredAsVolume(Delivery delivery, Half half, Node mount, String path, Findings findings) {
        Dockerfile dockerfile = delivery.dockerfile(half);
        boolean declared = dockerfile.runtime().all("VOLUME").stream()
                .anyMatch(volume -> volume.execForm().contains(path));
        if (!declared) {
            findings.add(
                    mount,
                    dockerfile.file() + " does not declare " + path + " as VOLUME, so only root could write there",
                    "Make the folder the user's own and write VOLUME [\"" + path + "\"] behind it");
        }
    }

    private static void nginxWrites(Delivery delivery, List<String> writable, Findings findings) {
        delivery.nginx().directives().stream()
                .flatMap(Directive::walk)
                .filter(directive -> directive.name().endsWith("_temp_path")
                        || directive.name().equals("pid")
                        || directive.name().endsWith("_cache_path"))
                .forEach(directive -> {
                    String path = directive.argument(0);
                    if (writable.stream().noneMatch(each -> path.startsWith(each + "/"))) {
                        findings.add(
                                directive.place(),
                                "Nginx writes to " + path + ", which is read-only in " + Half.FRONTEND.taskDefinition,
                                "Writable there are " + writable);
                    }
                });
    }
}
