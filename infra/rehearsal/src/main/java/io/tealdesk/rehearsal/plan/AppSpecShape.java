package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What CodeDeploy demands of an application specification for Amazon ECS ("AppSpec file structure"). */
final class AppSpecShape {

    private AppSpecShape() {}

    static void check(Node file) {
        if (!file.isMap()) {
            throw new UnreadableFile(file.place(), "the file holds no keys. It needs version, Resources and Hooks");
        }
        onlyKeys(file, Set.of("version", "Resources", "Hooks"), "an application specification");
        if (!file.get("version").is("0.0")) {
            throw wrong(file.get("version"), "version", "CodeDeploy knows 0.0 only: write version: 0.0");
        }
        Node resources = file.get("Resources");
        if (!resources.isList() || resources.items().size() != 1) {
            throw wrong(resources, "Resources", "It is a list of one entry: - TargetService:");
        }
        Node entry = resources.item(0);
        onlyKeys(entry, Set.of("TargetService"), "Resources");
        Node service = entry.get("TargetService");
        onlyKeys(service, Set.of("Type", "Properties"), "TargetService");
        if (!service.get("Type").is("AWS::ECS::Service")) {
            throw wrong(service.get("Type"), "Type", "Write AWS::ECS::Service");
        }
        properties(service.get("Properties"));
        hooks(file.get("Hooks"));
    }

    private static void properties(Node properties) {
        onlyKeys(
                properties,
                Set.of(
                        "TaskDefinition",
                        "LoadBalancerInfo",
                        "PlatformVersion",
                        "NetworkConfiguration",
                        "CapacityProviderStrategy"),
                "the TargetService's Properties");
        if (!properties.get("TaskDefinition").is("<TASK_DEFINITION>")) {
            throw wrong(
                    properties.get("TaskDefinition"),
                    "TaskDefinition",
                    "CodePipeline replaces exactly <TASK_DEFINITION> by the revision that it registers");
        }
        Node balancer = properties.get("LoadBalancerInfo");
        onlyKeys(balancer, Set.of("ContainerName", "ContainerPort"), "LoadBalancerInfo");
        if (!balancer.get("ContainerName").isText()
                || balancer.get("ContainerName").text().isBlank()) {
            throw wrong(balancer.get("ContainerName"), "ContainerName", "Name the container of the task definition");
        }
        Node port = balancer.get("ContainerPort");
        if (port.isQuoted()) {
            throw new UnreadableFile(
                    port.place(),
                    "ContainerPort is the text \"" + port.text() + "\". CodeDeploy takes a number: no quotation marks");
        }
    }

    private static void hooks(Node hooks) {
        if (hooks.isAbsent()) {
            return;
        }
        if (!hooks.isList()) {
            throw wrong(hooks, "Hooks", "It is a list: write \"- \" before each event");
        }
        Set<LifecycleEvent> seen = EnumSet.noneOf(LifecycleEvent.class);
        for (Node hook : hooks.items()) {
            if (hook.entries().isEmpty()) {
                throw wrong(hook, "an entry of Hooks", "Write an event and its function: - BeforeInstall: <FUNCTION>");
            }
            hook.entries().forEach((title, function) -> {
                if (!seen.add(event(title, function))) {
                    throw new UnreadableFile(function.place(), title + " stands here twice. It calls one function");
                }
                if (!function.isText() || function.text().isBlank()) {
                    throw wrong(function, title, "Name the function that it calls");
                }
            });
        }
    }

    static LifecycleEvent event(String title, Node hook) {
        List<String> hookable = Arrays.stream(LifecycleEvent.values())
                .filter(LifecycleEvent::hookable)
                .map(LifecycleEvent::title)
                .toList();
        for (LifecycleEvent event : LifecycleEvent.values()) {
            if (event.title().equals(title) && event.hookable()) {
                return event;
            }
            if (event.title().equals(title)) {
                throw new UnreadableFile(
                        hook.place(),
                        "CodeDeploy does " + title + " itself. Hooks can be " + String.join(", ", hookable));
            }
        }
        throw new UnreadableFile(
                hook.place(),
                "a deployment to ECS has no event " + title
                        + Spelling.closest(title, hookable)
                                .map(meant -> ". Did you mean " + meant + "?")
                                .orElse(". Hooks can be " + String.join(", ", hookable)));
    }

    private static void onlyKeys(Node node, Set<String> known, String whose) {
        if (!node.isMap()) {
            throw wrong(node, whose, "It needs the keys " + new TreeSet<>(known));
        }
        node.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw new UnreadableFile(
                        value.place(),
                        "CodeDeploy knows no " + key + " in " + whose
                                + Spelling.closest(key, known)
                                        .map(meant -> ". Did you mean " + meant + "?")
                                        .orElse(". Known are " + String.join(", ", new TreeSet<>(known))));
            }
        });
    }

    private static UnreadableFile wrong(Node value, String what, String mend) {
        return new UnreadableFile(
                value.place(),
                what + (value.isAbsent() ? " is missing" : value.is("") ? " is empty" : " is " + value) + ". " + mend);
    }
}
