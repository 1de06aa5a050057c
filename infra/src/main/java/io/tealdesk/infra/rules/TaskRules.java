package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.NginxConfiguration.Directive;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The task definitions against the images that they run and the services that run them. */
final class TaskRules {

    /** What Fargate offers: memory in MiB for each CPU size, as far as this product would go. */
    private static final Map<String, List<String>> FARGATE_SIZES = Map.of(
            "256", List.of("512", "1024", "2048"),
            "512", List.of("1024", "2048", "3072", "4096"),
            "1024", List.of("2048", "3072", "4096", "5120", "6144", "7168", "8192"),
            "2048", List.of("4096", "5120", "6144", "7168", "8192"));

    private static final Pattern NAME_OF_A_SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|private_?key|credential|api_?key).*");
    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Z][A-Z0-9_]*)>");

    private static final int FARGATE_STOP_TIMEOUT_MAX = 120;
    private static final int STOP_TIMEOUT_DEFAULT = 30;
    private static final Duration LOAD_BALANCER_IDLE_DEFAULT = Duration.ofSeconds(60);

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
                        "task-is-locked-down",
                        "Containers run as a numbered user other than root, on a read-only file system, without"
                                + " capabilities",
                        TaskRules::lockedDown),
                new Rule(
                        "user-of-the-image",
                        "The task definition runs a container as the user that its image was made for",
                        TaskRules::userOfTheImage),
                new Rule(
                        "fargate-size",
                        "A task asks for a size that Fargate offers, in awsvpc mode",
                        TaskRules::fargateSize),
                new Rule(
                        "health-command",
                        "The container health check runs the command that the image brings, and leaves it time",
                        TaskRules::healthCommand),
                new Rule(
                        "writable-paths",
                        "Every path that a program writes to is a volume in the task definition",
                        TaskRules::writablePaths),
                new Rule(
                        "variables-are-read",
                        "Every variable of a task definition is read by the program, and every variable without a"
                                + " default is given",
                        TaskRules::variables),
                new Rule(
                        "secrets-by-reference",
                        "A task definition, build specification or compose file holds no secret, only where it is kept",
                        TaskRules::secretsByReference),
                new Rule(
                        "stop-in-time",
                        "What a task does after SIGTERM fits into its stop timeout",
                        TaskRules::stopInTime),
                new Rule(
                        "keep-alive",
                        "A program keeps an idle connection longer than the load balancer does",
                        TaskRules::keepAlive),
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

    private static void containerPort(Delivery delivery, Findings findings) {
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
                        properties,
                        "TaskDefinition is " + properties.get("TaskDefinition"),
                        "CodePipeline replaces exactly <TASK_DEFINITION> by the revision that it registers");
            }
            onlyKeys(
                    properties.get("LoadBalancerInfo"),
                    Set.of("ContainerName", "ContainerPort"),
                    "LoadBalancerInfo",
                    findings);
            if (properties.at("LoadBalancerInfo/ContainerPort").isQuoted()) {
                findings.add(properties, "ContainerPort is a text", "CodeDeploy wants a number: no quotation marks");
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

    private static void lockedDown(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            for (Node container :
                    delivery.taskDefinition(half).get("containerDefinitions").items()) {
                String name = container.get("name").text();
                if (!container.get("user").text().matches("[1-9]\\d*(:[1-9]\\d*)?")) {
                    findings.add(
                            container,
                            "the container " + name + " runs as "
                                    + container.get("user").textOr("the image's user"),
                            "Name the user by a number other than 0: \"user\": \"uid:gid\"");
                }
                if (!container.get("readonlyRootFilesystem").isTrue()) {
                    findings.add(
                            container,
                            "the container " + name + " may write to its root file system",
                            "Set readonlyRootFilesystem to true and mount volumes where it has to write");
                }
                if (!container.at("linuxParameters/capabilities/drop").texts().contains("ALL")) {
                    findings.add(
                            container,
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
                        task,
                        "Fargate has no task of " + task.get("cpu") + " CPU units and " + task.get("memory") + " MiB",
                        offered.isEmpty()
                                ? "CPU is one of " + new TreeSet<>(FARGATE_SIZES.keySet())
                                : "With this CPU memory is one of " + offered);
            }
            if (!task.get("networkMode").is("awsvpc")) {
                findings.add(task, "networkMode is " + task.get("networkMode"), "Fargate knows awsvpc only");
            }
            if (!task.get("requiresCompatibilities").texts().contains("FARGATE")) {
                findings.add(task, "requiresCompatibilities does not name FARGATE", "Write [\"FARGATE\"]");
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
                    writable.add(mount.get("containerPath").text());
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

    private static void variables(Delivery delivery, Findings findings) {
        Set<String> given = new TreeSet<>();
        Node container = delivery.container(Half.BACKEND);
        for (Node variable : container.get("environment").items()) {
            if (!given.add(variable.get("name").text())) {
                findings.add(variable, variable.get("name") + " is given twice", "Take one away");
            }
        }
        container
                .get("secrets")
                .items()
                .forEach(secret -> given.add(secret.get("name").text()));
        for (String required : delivery.production().requiredVariables()) {
            if (!given.contains(required)) {
                findings.add(
                        container.get("environment").isPresent() ? container.get("environment") : container,
                        "application-production.yaml needs " + required + ", which the task definition does not give",
                        "Add it to environment, or give it a default there");
            }
        }
        BackendVariables read = delivery.backendVariables();
        for (Node variable : container.get("environment").items()) {
            String name = variable.get("name").text();
            if (!read.reads(name)) {
                findings.add(
                        variable,
                        "the backend reads no variable " + name,
                        "Take it out, or name it as application-production.yaml does");
            }
        }
        Node profile = container.at("environment/[name=SPRING_PROFILES_ACTIVE]/value");
        if (!profile.text().contains("production")) {
            findings.add(container, "the task does not run the profile production", "Set SPRING_PROFILES_ACTIVE");
        }
    }

    private static void secretsByReference(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            for (Node variable : delivery.container(half).get("environment").items()) {
                literalSecret(variable.get("name").text(), variable.get("value"), findings);
            }
            delivery.buildSpec(half)
                    .at("env/variables")
                    .entries()
                    .forEach((name, value) -> literalSecret(name, value, findings));
        }
        delivery.compose().get("services").entries().forEach((service, definition) -> {
            for (Map.Entry<String, Node> variable : variablesOf(definition).entrySet()) {
                boolean secret = NAME_OF_A_SECRET.matcher(variable.getKey()).matches()
                        && !variable.getKey().endsWith("_FILE");
                boolean development =
                        variable.getValue().text().matches("|\\$\\{.*}|.*(development|local|only|tealdesk).*");
                if (secret && !development) {
                    findings.add(
                            variable.getValue(),
                            service + " is given a value for " + variable.getKey() + " that could be a real one",
                            "Take it from a variable, or make its text say that it is for development only");
                }
            }
        });
    }

    /** A compose service's variables, written as a map or as a list of NAME=value. */
    static Map<String, Node> variablesOf(Node composeService) {
        Node environment = composeService.get("environment");
        if (environment.isMap()) {
            return environment.entries();
        }
        Map<String, Node> found = new java.util.LinkedHashMap<>();
        for (Node item : environment.items()) {
            String[] parts = item.text().split("=", 2);
            found.put(parts[0], Node.text(item.place(), item.path(), parts.length > 1 ? parts[1] : ""));
        }
        return found;
    }

    private static void literalSecret(String name, Node value, Findings findings) {
        boolean placeholder =
                PLACEHOLDER.matcher(value.text()).matches() || value.text().startsWith("arn:");
        if (NAME_OF_A_SECRET.matcher(name).matches() && !placeholder) {
            findings.add(
                    value,
                    name + " is written as a value",
                    "Only where a secret is kept may stand here: an ARN that a stack exports, as <" + name + ">");
        }
    }

    private static void stopInTime(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node timeout = delivery.container(half).get("stopTimeout");
            int seconds = timeout.numberOr(STOP_TIMEOUT_DEFAULT);
            if (seconds > FARGATE_STOP_TIMEOUT_MAX) {
                findings.add(timeout, "stopTimeout is " + seconds + " s", "Fargate waits 120 s at most");
            }
        }
        Duration grace = duration(delivery, "spring.lifecycle.timeout-per-shutdown-phase", Duration.ofSeconds(30));
        Duration delay = delivery.production().byKey().entrySet().stream()
                .filter(setting -> setting.getKey().matches("tealdesk\\..*(shutdown|stop).*delay.*"))
                .map(setting -> seconds(setting.getValue().text()))
                .findFirst()
                .orElse(Duration.ZERO);
        Node timeout = delivery.container(Half.BACKEND).get("stopTimeout");
        int seconds = timeout.numberOr(STOP_TIMEOUT_DEFAULT);
        Duration jobs = duration(delivery, "db-scheduler.shutdown-max-wait", Duration.ZERO);
        if (delay.plus(grace).plus(jobs).toSeconds() >= seconds) {
            findings.add(
                    timeout.isPresent() ? timeout : delivery.container(Half.BACKEND),
                    "stopTimeout is " + seconds + " s, but the backend goes on serving for " + delay.toSeconds()
                            + " s and then takes up to " + grace.plus(jobs).toSeconds()
                            + " s to finish what it has begun",
                    "Raise stopTimeout above their sum, or lower them");
        }
        delivery.production()
                .get("server.shutdown")
                .filter(mode -> mode.is("immediate"))
                .ifPresent(mode -> findings.add(
                        mode,
                        "the backend drops what it is working on when it is stopped",
                        "Use server.shutdown: graceful"));
        Dockerfile frontend = delivery.dockerfile(Half.FRONTEND);
        boolean quits = frontend.effective("STOPSIGNAL")
                .filter(signal -> signal.arguments().matches("SIGQUIT|3"))
                .isPresent();
        if (!quits) {
            findings.add(
                    frontend.runtime().place(),
                    "Nginx is stopped by SIGTERM, which cuts the answers it is giving",
                    "Write STOPSIGNAL SIGQUIT");
        }
        int frontendTimeout =
                delivery.container(Half.FRONTEND).get("stopTimeout").numberOr(STOP_TIMEOUT_DEFAULT);
        delivery.nginx().first("worker_shutdown_timeout").ifPresent(directive -> {
            long drains = seconds(directive.argument(0)).toSeconds();
            if (drains >= frontendTimeout) {
                findings.add(
                        directive.place(),
                        "worker_shutdown_timeout is " + drains + " s, but the task is killed after " + frontendTimeout,
                        "Lower it below stopTimeout in " + Half.FRONTEND.taskDefinition);
            }
        });
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            List.of("ENTRYPOINT", "CMD")
                    .forEach(name -> dockerfile.effective(name).ifPresent(instruction -> {
                        if (instruction.execForm().isEmpty()) {
                            findings.add(
                                    instruction.place(),
                                    name + " runs a shell, which keeps the stop signal to itself",
                                    "Write it as a list: [\"program\", \"argument\"]");
                        }
                    }));
        }
    }

    private static Duration duration(Delivery delivery, String key, Duration otherwise) {
        return delivery.production()
                .get(key)
                .map(value -> seconds(value.text()))
                .orElse(otherwise);
    }

    /** As Spring and Nginx write them: 75s, 500ms, 2m, 65. A variable's default counts. */
    static Duration seconds(String text) {
        Matcher variable = Pattern.compile("\\$\\{[^:}]+:([^}]*)}").matcher(text);
        String plain = variable.matches() ? variable.group(1) : text;
        Matcher matcher = Pattern.compile("(\\d+)(ms|s|m)?").matcher(plain.strip());
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    private static void keepAlive(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            environment
                    .stack("service")
                    .resources("AWS::ElasticLoadBalancingV2::LoadBalancer")
                    .values()
                    .forEach(balancer -> {
                        Node configured = balancer.at(
                                "Properties/LoadBalancerAttributes/[Key=idle_timeout.timeout_seconds]/Value");
                        Duration idle =
                                configured.isPresent() ? seconds(configured.text()) : LOAD_BALANCER_IDLE_DEFAULT;
                        Duration tomcat =
                                duration(delivery, "server.tomcat.keep-alive-timeout", Duration.ofSeconds(60));
                        if (tomcat.compareTo(idle) <= 0) {
                            findings.add(
                                    delivery.production()
                                            .get("server.tomcat.keep-alive-timeout")
                                            .map(Node::place)
                                            .orElse(balancer.place()),
                                    "the backend closes an idle connection after " + tomcat.toSeconds()
                                            + " s, the load balancer only after " + idle.toSeconds() + " s",
                                    "Raise server.tomcat.keep-alive-timeout above it, or requests meet a closed connection");
                        }
                        Duration nginx = delivery.nginx()
                                .first("keepalive_timeout")
                                .map(directive -> seconds(directive.argument(0)))
                                .orElse(Duration.ofSeconds(75));
                        if (nginx.compareTo(idle) <= 0) {
                            findings.add(
                                    delivery.nginx()
                                            .first("keepalive_timeout")
                                            .map(Directive::place)
                                            .orElse(balancer.place()),
                                    "Nginx closes an idle connection after " + nginx.toSeconds()
                                            + " s, the load balancer only after " + idle.toSeconds() + " s",
                                    "Raise keepalive_timeout above it, or requests meet a closed connection");
                        }
                    });
        }
    }

    private static void imagePlaceholder(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            for (Node container :
                    delivery.taskDefinition(half).get("containerDefinitions").items()) {
                if (!container.get("image").text().matches("<IMAGE[1-4]_NAME>")) {
                    findings.add(
                            container,
                            "image is " + container.get("image") + ", so a deployment would run something else than was"
                                    + " built",
                            "Write <IMAGE1_NAME>");
                }
            }
        }
    }
}
