package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What the programs are told through their environment. */
final class SettingsRules {

    private static final Pattern NAME_OF_A_SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token|private_?key|credential|api_?key).*");

    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Z][A-Z0-9_]*)>");

    /** A compose service's variables, written as a map or as a list of NAME=value. */
    static Map<String, Node> variablesOf(Node composeService) {
        Node environment = composeService.get("environment");
        if (environment.isMap()) {
            return environment.entries();
        }
        Map<String, Node> found = new LinkedHashMap<>();
        for (Node item : environment.items()) {
            String[] parts = item.text().split("=", 2);
            found.put(parts[0], Node.text(item.place(), item.path(), parts.length > 1 ? parts[1] : ""));
        }
        return found;
    }

    private SettingsRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "variables-are-read",
                        "Every variable of a task definition is read by the program, and every variable without a"
                                + " default is given",
                        SettingsRules::variables),
                new Rule(
                        "secrets-by-reference",
                        "A task definition, build specification or compose file holds no secret, only where it is kept",
                        SettingsRules::secretsByReference));
    }

    static void variables(Delivery delivery, Findings findings) {
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
}
