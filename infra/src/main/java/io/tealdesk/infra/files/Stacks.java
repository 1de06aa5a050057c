package io.tealdesk.infra.files;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All stacks of one environment, evaluated in the order in which they are deployed. */
public record Stacks(String environment, Map<String, Stack> byName) {

    public static final String TEMPLATES = "infra/cloudformation/";

    /** A stack may import only from those before it. */
    public static final List<String> ORDER =
            List.of("network", "data", "registry", "service", "pipeline", "observability");

    /** Parameters that the deploy script gives each stack that has them: who it is and who its parents are. */
    public static final Set<String> CONVENTIONAL =
            Set.of("Environment", "NetworkStack", "DataStack", "RegistryStack", "ServiceStack", "PipelineStack");

    /** The environments that the repository describes, by name. */
    public static List<String> environments(SourceTree tree) {
        return tree.paths(TEMPLATES + "environments/[^/]+\\.json").stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - ".json".length()))
                .toList();
    }

    public static String environmentFile(String environment) {
        return TEMPLATES + "environments/" + environment + ".json";
    }

    public static Stacks of(SourceTree tree, String environment) {
        return of(tree, environment, Map.of());
    }

    /** With some parameters different from the environment's: {@code service/HttpsEnabled -> false}. */
    public static Stacks of(SourceTree tree, String environment, Map<String, String> differently) {
        Node file = tree.yaml(environmentFile(environment));
        Map<String, Stack> stacks = new LinkedHashMap<>();
        Map<String, Node> exports = new HashMap<>();
        for (String name : ORDER) {
            String path = TEMPLATES + name + ".yaml";
            if (!tree.has(path)) {
                continue;
            }
            Map<String, Node> given = new HashMap<>(given(file, name));
            byConvention(file, environment).forEach(given::putIfAbsent);
            differently.forEach((parameter, value) -> {
                if (parameter.startsWith(name + "/")) {
                    String key = parameter.substring(name.length() + 1);
                    given.put(key, Node.text(file.place(), parameter, value));
                }
            });
            String stackName = "tealdesk-" + environment + "-" + name;
            Stack stack = new StackEvaluation(name, tree.yaml(path), stackName, given, exports).evaluate();
            stack.outputs().values().forEach(output -> {
                Node export = output.get("Export").get("Name");
                if (export.isText()) {
                    exports.put(export.text(), output.get("Value"));
                }
            });
            stacks.put(name, stack);
        }
        return new Stacks(environment, stacks);
    }

    private static Map<String, Node> byConvention(Node file, String environment) {
        Map<String, Node> parameters = new HashMap<>();
        parameters.put("Environment", Node.text(file.place(), "Environment", environment));
        for (String stack : ORDER) {
            String parameter = Character.toUpperCase(stack.charAt(0)) + stack.substring(1) + "Stack";
            parameters.put(parameter, Node.text(file.place(), parameter, "tealdesk-" + environment + "-" + stack));
        }
        return parameters;
    }

    /** The parameters that an environment's file gives a stack. */
    public static Map<String, Node> given(Node environmentFile, String stack) {
        return environmentFile.get("Stacks").get(stack).entries();
    }

    public Stack stack(String name) {
        Stack stack = byName.get(name);
        if (stack == null) {
            throw new UnreadableFile(new Place(TEMPLATES + name + ".yaml", 0), "the template is missing", null);
        }
        return stack;
    }

    public Stream<Stack> all() {
        return byName.values().stream();
    }
}
