package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A half's task definition and application specification as they leave the build: each placeholder replaced by what the
 * pipeline stack gives the build project under that name.
 */
public record Rendering(Half half, Map<String, Node> given, Node taskDefinition, Node appSpec) {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([A-Z][A-Z0-9_]*)>");

    /** What CodeBuild sets in every build. */
    private static final Map<String, String> SET_BY_CODEBUILD = Map.of("AWS_REGION", "eu-central-1");

    public static Rendering of(Delivery delivery, Stacks environment, Half half) {
        Map<String, Node> given = new TreeMap<>();
        Node taskDefinition = delivery.taskDefinition(half);
        SET_BY_CODEBUILD.forEach(
                (name, value) -> given.put(name, Node.text(taskDefinition.place(), "environment/" + name, value)));
        Pipeline.of(environment).projects().stream()
                .filter(project -> Pipeline.buildSpec(project).equals(half.buildSpec))
                .forEach(project -> given.putAll(Pipeline.variables(project)));
        return new Rendering(half, given, filled(taskDefinition, given), filled(delivery.appSpec(half), given));
    }

    private static Node filled(Node template, Map<String, Node> given) {
        return template.withTexts(text -> {
            Matcher matcher = PLACEHOLDER.matcher(text);
            return matcher.replaceAll(match -> {
                Node value = given.get(match.group(1));
                return Matcher.quoteReplacement(value == null ? match.group() : value.text());
            });
        });
    }

    /** Placeholders by name in both files, with where each stands. */
    static Map<String, Node> placeholders(Delivery delivery, Half half) {
        Map<String, Node> found = new TreeMap<>();
        for (Node file : Set.of(delivery.taskDefinition(half), delivery.appSpec(half))) {
            file.scalars().forEach(value -> {
                Matcher matcher = PLACEHOLDER.matcher(value.text());
                while (matcher.find()) {
                    found.putIfAbsent(matcher.group(1), value);
                }
            });
        }
        return found;
    }

    Node container() {
        return taskDefinition.at("containerDefinitions/0");
    }

    /** The values of the container's variables whose names end so. */
    Set<String> variablesEndingWith(String ending) {
        Set<String> values = new TreeSet<>();
        container().get("environment").items().stream()
                .filter(variable -> variable.get("name").text().endsWith(ending))
                .map(variable -> variable.get("value").text())
                .filter(value -> !value.isEmpty())
                .forEach(values::add);
        return values;
    }

    static boolean isRoleOf(Resource role, Node arn) {
        return arn.is(role.symbol("Arn"));
    }
}
