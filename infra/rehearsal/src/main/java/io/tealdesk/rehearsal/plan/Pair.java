package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.Half;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/** A service's two files, each right by itself: there, readable, with AWS's names and kinds of values. */
record Pair(Half half, Node appSpec, Node taskDefinition) {

    static Pair read(SourceTree tree, Half half) {
        isThere(tree, half.appSpec, half.taskDefinition, "appspec");
        isThere(tree, half.taskDefinition, half.appSpec, "task");
        JsonSyntax.check(half.taskDefinition, tree.text(half.taskDefinition));
        Node appSpec = tree.yaml(half.appSpec);
        Node taskDefinition = tree.yaml(half.taskDefinition);
        AppSpecShape.check(appSpec);
        ApiShape.check(taskDefinition, RegisterTaskDefinitionRequest.builder(), "a task definition");
        return new Pair(half, appSpec, taskDefinition);
    }

    /** The container and port that CodeDeploy puts behind the load balancer. */
    Node loadBalancerInfo() {
        return target().get("LoadBalancerInfo");
    }

    Node target() {
        return appSpec.at("Resources/0/TargetService/Properties");
    }

    private static void isThere(SourceTree tree, String path, String beside, String beginning) {
        if (tree.has(path)) {
            return;
        }
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        Set<String> endings = Set.of("yml", "yaml", "json");
        Optional<String> other = tree.paths().stream()
                .filter(each -> each.startsWith(folder + beginning) && each.indexOf('/', folder.length()) < 0)
                .filter(each -> endings.contains(each.substring(each.lastIndexOf('.') + 1)))
                .findFirst();
        throw new UnreadableFile(
                new Place(path, 0),
                "the file is missing"
                        + other.map(each -> ", but there is " + each + ". Rename it")
                                .orElse(". CodePipeline looks for it beside " + beside));
    }
}
