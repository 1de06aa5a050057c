package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The same product on one machine as on AWS. */
final class ComposeRules {

    /** Images of others that bring a health check of their own. */
    private static final String WITH_HEALTH_CHECK = "maildev/maildev:.*";

    static final String COMPOSE = "docker-compose.yml";

    private ComposeRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "compose-runs-the-images",
                        "Compose builds the same Dockerfiles and runs them as the task definitions do: user, read-only"
                                + " root, no capabilities, writable paths, stop timeout, memory",
                        ComposeRules::composeLikeTasks),
                new Rule(
                        "compose-ports",
                        "Compose publishes the frontend on 8080 and reaches each container on its own port",
                        ComposeRules::composePorts),
                new Rule(
                        "compose-variables",
                        "Each variable that compose gives the backend is read by it",
                        ComposeRules::composeVariables),
                new Rule(
                        "compose-starts-in-order",
                        "A service of compose starts when what it needs is healthy",
                        ComposeRules::composeOrder));
    }

    private static Node composeService(Delivery delivery, Half half, Findings findings) {
        Node service = delivery.compose().at("services/" + half.container);
        if (service.isAbsent()) {
            findings.add(new Place(COMPOSE, 0), "has no service " + half.container, "Name it as the container");
        }
        return service;
    }

    private static void composeLikeTasks(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Node service = composeService(delivery, half, findings);
            if (service.isAbsent()) {
                continue;
            }
            Node container = delivery.container(half);
            if (!service.at("build/dockerfile").is(half.dockerfile)) {
                findings.add(
                        service,
                        half.container + " is built from " + service.at("build/dockerfile"),
                        "Build " + half.dockerfile);
            }
            if (service.has("user")
                    && !service.get("user").is(container.get("user").text())) {
                findings.add(
                        service.get("user"),
                        half.container + " runs as " + service.get("user") + ", in AWS as " + container.get("user"),
                        "Leave it to the image");
            }
            if (!service.get("read_only").isTrue()) {
                findings.add(service, half.container + " may write to its root, in AWS it may not", "read_only: true");
            }
            if (!service.get("cap_drop").texts().contains("ALL")) {
                findings.add(service, half.container + " keeps capabilities, in AWS it has none", "cap_drop: [ALL]");
            }
            Set<String> writable = new TreeSet<>();
            Stream.concat(
                            service.get("tmpfs").texts().stream(),
                            service.get("volumes").items().stream()
                                    .filter(volume -> !volume.text().endsWith(":ro"))
                                    .map(volume -> volume.isMap()
                                            ? volume.get("target").text()
                                            : volume.text().replaceFirst("^[^:]*:", "")))
                    .forEach(path -> writable.add(path.replaceFirst(":.*", "")));
            container.get("mountPoints").items().forEach(mount -> {
                String path = mount.get("containerPath").text();
                if (!writable.contains(path)) {
                    findings.add(
                            service,
                            half.container + " cannot write to " + path + ", which is a volume in "
                                    + half.taskDefinition,
                            "Add it to tmpfs");
                }
            });
            Node grace = service.get("stop_grace_period");
            int stop = container.get("stopTimeout").numberOr(30);
            if (LifetimeRules.seconds(grace.text()).toSeconds() != stop) {
                findings.add(
                        grace.isPresent() ? grace : service,
                        half.container + " is given " + grace.textOr("10s") + " to stop, in AWS " + stop + " s",
                        "stop_grace_period: " + stop + "s");
            }
            int memory = delivery.taskDefinition(half).get("memory").numberOr(0);
            Node limit = service.at("deploy/resources/limits/memory");
            if (limit.isPresent() && megabytes(limit.text()) != memory) {
                findings.add(
                        limit,
                        half.container + " may use " + limit + ", its task " + memory + " MiB",
                        "Try it with the memory that it will have: " + memory + "M");
            }
        }
    }

    private static long megabytes(String text) {
        Matcher matcher = Pattern.compile("(?i)(\\d+)\\s*([mg])i?b?").matcher(text.strip());
        if (!matcher.matches()) {
            return 0;
        }
        long amount = Long.parseLong(matcher.group(1));
        return matcher.group(2).equalsIgnoreCase("g") ? amount * 1024 : amount;
    }

    private static void composePorts(Delivery delivery, Findings findings) {
        Node frontend = composeService(delivery, Half.FRONTEND, findings);
        String port = delivery.container(Half.FRONTEND)
                .at("portMappings/0/containerPort")
                .text();
        boolean published = frontend.get("ports").items().stream()
                .map(each -> each.isMap() ? each.get("published") + ":" + each.get("target") : each.text())
                .anyMatch(text -> text.matches("(.*:)?(8080|\\$\\{\\w+:-8080}):" + port));
        if (frontend.isPresent() && !published) {
            findings.add(
                    frontend,
                    "the frontend's " + port + " is not published on 8080: " + frontend.get("ports"),
                    "The README and the journeys use http://localhost:8080");
        }
        if (delivery.compose().at("services/backend").has("ports")) {
            findings.add(
                    delivery.compose().at("services/backend/ports"),
                    "the backend is published",
                    "A second task by --scale would want the same port; only Nginx is reached from outside");
        }
        String backendPort = delivery.container(Half.BACKEND)
                .at("portMappings/0/containerPort")
                .text();
        delivery.tree().paths("(frontend/nginx|infra/compose)/.*\\.conf").forEach(path -> {
            Matcher matcher =
                    Pattern.compile("\\bbackend:(\\d+)").matcher(delivery.tree().text(path));
            while (matcher.find()) {
                if (!matcher.group(1).equals(backendPort)) {
                    findings.add(
                            new Place(path, 0),
                            "proxies to backend:" + matcher.group(1) + ", but the backend listens on " + backendPort,
                            "Write backend:" + backendPort);
                }
            }
        });
    }

    private static void composeVariables(Delivery delivery, Findings findings) {
        Node backend = composeService(delivery, Half.BACKEND, findings);
        Map<String, Node> given = SettingsRules.variablesOf(backend);
        BackendVariables read = delivery.backendVariables();
        given.forEach((name, value) -> {
            if (!read.reads(name)) {
                findings.add(value, "the backend reads no variable " + name, "Take it out or spell it as it does");
            }
        });
    }

    private static void composeOrder(Delivery delivery, Findings findings) {
        Node services = delivery.compose().get("services");
        services.entries().forEach((name, service) -> {
            Node needs = service.get("depends_on");
            if (needs.isList()) {
                findings.add(
                        needs, name + " does not wait until what it needs is healthy", "condition: service_healthy");
            }
            needs.entries().forEach((needed, how) -> {
                String condition = how.get("condition").text();
                if (condition.equals("service_healthy")) {
                    Node other = services.get(needed);
                    boolean checked = other.has("healthcheck")
                            || other.get("image").text().matches(WITH_HEALTH_CHECK)
                            || Stream.of(Half.values())
                                    .filter(half -> half.container.equals(needed))
                                    .anyMatch(half -> delivery.dockerfile(half)
                                            .effective("HEALTHCHECK")
                                            .isPresent());
                    if (!checked) {
                        findings.add(how, name + " waits for " + needed + ", which has no health check", "Give it one");
                    }
                } else if (!condition.equals("service_completed_successfully")) {
                    findings.add(
                            how, name + " does not wait until " + needed + " is healthy", "condition: service_healthy");
                }
            });
        });
        if (!services.at("backend/depends_on").toString().contains("healthy")) {
            findings.add(services.get("backend"), "the backend does not wait for PostgreSQL", "Add depends_on");
        }
    }
}
