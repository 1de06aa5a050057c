package io.tealdesk.infra.files;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The backend's settings with a profile's on top, as flat keys with their places. */
public record ApplicationProperties(Map<String, Node> byKey) {

    private static final String FOLDER = "backend/src/main/resources/";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:?)");

    public static ApplicationProperties read(SourceTree tree, String... profiles) {
        Map<String, Node> byKey = new LinkedHashMap<>();
        flatten(tree.yaml(FOLDER + "application.yaml"), "", byKey);
        for (String profile : profiles) {
            flatten(tree.yaml(FOLDER + "application-" + profile + ".yaml"), "", byKey);
        }
        return new ApplicationProperties(byKey);
    }

    private static void flatten(Node node, String key, Map<String, Node> byKey) {
        if (node.isMap()) {
            node.entries().forEach((name, value) -> flatten(value, key.isEmpty() ? name : key + "." + name, byKey));
        } else {
            byKey.put(key, node);
        }
    }

    public Optional<Node> get(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Environment variables without which the settings do not resolve. */
    public Set<String> requiredVariables() {
        return variables(false);
    }

    public Set<String> variables() {
        Set<String> all = variables(true);
        all.addAll(variables(false));
        return all;
    }

    private Set<String> variables(boolean withDefault) {
        Set<String> found = new TreeSet<>();
        byKey.values().stream().flatMap(Node::scalars).forEach(value -> {
            Matcher matcher = VARIABLE.matcher(value.text());
            while (matcher.find()) {
                if (matcher.group(2).isEmpty() != withDefault) {
                    found.add(matcher.group(1));
                }
            }
        });
        return found;
    }
}
