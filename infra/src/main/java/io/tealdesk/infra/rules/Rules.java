package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.SourceTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every rule, by what it is about. */
public final class Rules {

    private Rules() {}

    /** In the order in which a release meets them. */
    public static Map<String, List<Rule>> byChapter() {
        Map<String, List<Rule>> chapters = new LinkedHashMap<>();
        chapters.put("Images", ImageRules.all());
        chapters.put("Compose", ComposeRules.all());
        chapters.put("Nginx", NginxRules.all());
        chapters.put("Names and ports", TaskRules.all());
        chapters.put("Containers", ContainerRules.all());
        chapters.put("Settings", SettingsRules.all());
        chapters.put("Time", LifetimeRules.all());
        chapters.put("Pipeline", PipelineRules.all());
        chapters.put("Artifacts", ArtifactRules.all());
        chapters.put("Builds", BuildRules.all());
        chapters.put("What leaves the build", RenderingRules.all());
        chapters.put("Services under CodeDeploy", BlueGreenRules.all());
        chapters.put("Listeners", ListenerRules.all());
        chapters.put("Target groups", TargetRules.all());
        chapters.put("Hooks", HookRules.all());
        chapters.put("Stacks", StackRules.all());
        chapters.put("Network", NetworkRules.all());
        chapters.put("Access", AccessRules.all());
        chapters.put("Storage", StorageRules.all());
        chapters.put("Linters", SuppressionRules.all());
        return chapters;
    }

    public static Stream<Rule> all() {
        return byChapter().values().stream().flatMap(List::stream);
    }

    /** What the files of a checkout do not keep; empty when all is well. */
    public static List<Finding> findings(SourceTree tree) {
        Delivery delivery = new Delivery(tree);
        // A file that cannot be read stops many rules, and is one thing to mend.
        Map<String, Finding> found = new LinkedHashMap<>();
        all().flatMap(rule -> rule.findings(delivery).stream())
                .forEach(finding -> found.putIfAbsent(finding.place() + finding.problem(), finding));
        return List.copyOf(found.values());
    }
}
