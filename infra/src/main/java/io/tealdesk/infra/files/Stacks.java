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
        Map<String, Stack> stacks = new LinkedHashMap<>();
        for (String name : ORDER) {
            if (tree.has(TEMPLATES + name + ".yaml")) {
                Map<String, Node> given = given(tree, environment, name);
                stacks.put(name, evaluated(tree, environment, name, given, exports(stacks)));
            }
        }
        return new Stacks(environment, stacks);
    }

    /**
     * The same environment with one parameter of one stack different, which changes this stack, and those after it if
     * what they can import differs.
     */
    public Stacks with(SourceTree tree, String stack, String parameter, String value) {
        Map<String, Stack> stacks = new LinkedHashMap<>();
        boolean differs = false;
        for (Map.Entry<String, Stack> known : byName.entrySet()) {
            String name = known.getKey();
            if (!name.equals(stack) && !differs) {
                stacks.put(name, known.getValue());
                continue;
            }
            Map<String, Node> given = given(tree, environment, name);
            if (name.equals(stack)) {
                given.put(parameter, Node.text(known.getValue().template().place(), parameter, value));
            }
            Stack evaluated = evaluated(tree, environment, name, given, exports(stacks));
            differs |= !evaluated
                    .outputs()
                    .toString()
                    .equals(known.getValue().outputs().toString());
            stacks.put(name, evaluated);
        }
        return new Stacks(environment, stacks);
    }

    private static Stack evaluated(
            SourceTree tree, String environment, String name, Map<String, Node> given, Map<String, Node> exports) {
        String stackName = "tealdesk-" + environment + "-" + name;
        return new StackEvaluation(name, tree.yaml(TEMPLATES + name + ".yaml"), stackName, given, exports).evaluate();
    }

    private static Map<String, Node> given(SourceTree tree, String environment, String stack) {
        Node file = tree.yaml(environmentFile(environment));
        Map<String, Node> given = byConvention(file, environment);
        given.putAll(given(file, stack));
        return given;
    }

    private static Map<String, Node> exports(Map<String, Stack> stacks) {
        Map<String, Node> exports = new HashMap<>();
        stacks.values().stream()
                .flatMap(stack -> stack.outputs().values().stream())
                .filter(output -> output.at("Export/Name").isText())
                .forEach(output -> exports.put(output.at("Export/Name").text(), output.get("Value")));
        return exports;
    }

    private static Map<String, Node> byConvention(Node file, String environment) {
        Map<String, Node> parameters = new HashMap<>();
        parameters.put("Environment", Node.text(file.place(), "Environment", environment));
        for (String stack : ORDER) {
            String parameter = parentParameter(stack);
            parameters.put(parameter, Node.text(file.place(), parameter, "tealdesk-" + environment + "-" + stack));
        }
        return parameters;
    }

    /** The parameter by which a template is told the name of a parent: NetworkStack. */
    public static String parentParameter(String stack) {
        return Character.toUpperCase(stack.charAt(0)) + stack.substring(1) + "Stack";
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
