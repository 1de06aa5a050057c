package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.ApplicationProperties;
import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.infra.files.NginxConfiguration;
import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Everything between a push and live traffic, as the rules look at it. Parsed once, whatever the number of rules. */
public final class Delivery {

    static final String PIPELINE_TEMPLATE = Stacks.TEMPLATES + "pipeline.yaml";
    static final String SERVICE_TEMPLATE = Stacks.TEMPLATES + "service.yaml";

    private final SourceTree tree;
    private final Map<String, Object> kept = new LinkedHashMap<>();

    public Delivery(SourceTree tree) {
        this.tree = tree;
    }

    SourceTree tree() {
        return tree;
    }

    /** Each environment as its file describes it. */
    List<Stacks> environments() {
        return kept(
                "environments",
                () -> Stacks.environments(tree).stream()
                        .map(environment -> Stacks.of(tree, environment))
                        .toList());
    }

    /**
     * Each environment, and each again with one choice made differently: a rule about safety has to hold whatever an
     * operator chooses.
     */
    List<Stacks> environmentsAndChoices() {
        return kept("choices", () -> {
            List<Stacks> all = new ArrayList<>(environments());
            for (Stacks environment : environments()) {
                environment
                        .all()
                        .forEach(stack -> otherChoices(stack)
                                .forEach((parameter, value) ->
                                        all.add(environment.with(tree, stack.name(), parameter, value))));
            }
            return all;
        });
    }

    /** The stack's parameters that are a choice between two, with the value that the environment did not choose. */
    private static Map<String, String> otherChoices(Stack stack) {
        Map<String, String> choices = new LinkedHashMap<>();
        stack.template().get("Parameters").entries().forEach((parameter, declaration) -> {
            String current =
                    stack.parameters().getOrDefault(parameter, declaration).text();
            List<String> allowed = declaration.get("AllowedValues").texts();
            // What may be left empty is a choice too, for example a certificate. More than two values are a size.
            if (declaration.get("Default").is("")) {
                choices.put(parameter, current.isEmpty() ? "given" : "");
            } else if (allowed.size() == 2) {
                choices.put(parameter, allowed.getFirst().equals(current) ? allowed.getLast() : allowed.getFirst());
            }
        });
        return choices;
    }

    /** Every resource of every stack of every environment and choice; a stack that a choice leaves alone counts once. */
    Stream<Resource> resources() {
        Set<Stack> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return environmentsAndChoices().stream()
                .flatMap(Stacks::all)
                .filter(seen::add)
                .flatMap(stack -> stack.resources().entrySet().stream()
                        .map(entry -> new Resource(stack, entry.getKey(), entry.getValue())));
    }

    Stream<Resource> resources(String type) {
        return resources().filter(resource -> resource.is(type));
    }

    /** A resource with the stack it is in. */
    public record Resource(Stack stack, String id, Node node) {

        public boolean is(String type) {
            return node.get("Type").is(type);
        }

        public Node properties() {
            return node.get("Properties");
        }

        public String symbol() {
            return stack.symbol(id);
        }

        public String symbol(String attribute) {
            return stack.symbol(id, attribute);
        }
    }

    Node taskDefinition(Half half) {
        return tree.yaml(half.taskDefinition);
    }

    /** The container of a half in its task definition. */
    Node container(Half half) {
        Node containers = taskDefinition(half).get("containerDefinitions");
        Node named = containers.at("[name=" + half.container + "]");
        return named.isPresent() ? named : containers.item(0);
    }

    Node appSpec(Half half) {
        return tree.yaml(half.appSpec);
    }

    /** The one ECS service of an application specification. */
    Node target(Half half) {
        return appSpec(half).at("Resources/0/TargetService/Properties");
    }

    Node buildSpec(Half half) {
        return tree.yaml(half.buildSpec);
    }

    Dockerfile dockerfile(Half half) {
        return kept(half.dockerfile, () -> Dockerfile.read(tree, half.dockerfile));
    }

    NginxConfiguration nginx() {
        return kept("nginx", () -> NginxConfiguration.read(tree, tree.paths("frontend/nginx/.*")));
    }

    Node compose() {
        return tree.yaml("docker-compose.yml");
    }

    ApplicationProperties production() {
        return kept("production", () -> ApplicationProperties.read(tree, "production"));
    }

    BackendVariables backendVariables() {
        return kept("backend variables", () -> new BackendVariables(tree));
    }

    @SuppressWarnings("unchecked")
    private <T> T kept(String name, Supplier<T> read) {
        Object known = kept.get(name);
        if (known == null) {
            known = read.get();
            kept.put(name, known);
        }
        return (T) known;
    }
}
