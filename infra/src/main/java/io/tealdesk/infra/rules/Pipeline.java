package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pipeline of one environment: its actions in the order in which they run. */
record Pipeline(Stack stack, Resource resource, List<Action> actions) {

    /** @param moment stage and run order: what has a smaller one has ended before */
    record Action(String stage, int moment, Node node) {

        String name() {
            return node.get("Name").text();
        }

        String provider() {
            return node.at("ActionTypeId/Provider").text();
        }

        Node configuration() {
            return node.get("Configuration");
        }

        List<String> inputs() {
            return artifacts("InputArtifacts");
        }

        List<String> outputs() {
            return artifacts("OutputArtifacts");
        }

        private List<String> artifacts(String key) {
            return node.get(key).items().stream()
                    .map(artifact -> artifact.isText()
                            ? artifact.text()
                            : artifact.get("Name").text())
                    .toList();
        }
    }

    static Pipeline of(Stacks environment) {
        Stack stack = environment.stack("pipeline");
        Resource resource = BlueGreen.resources(stack, "AWS::CodePipeline::Pipeline")
                .findFirst()
                .orElseThrow(
                        () -> new UnreadableFile(new Place(stack.file(), 0), "has no AWS::CodePipeline::Pipeline"));
        List<Action> actions = new ArrayList<>();
        int stageNumber = 0;
        for (Node stage : resource.properties().get("Stages").items()) {
            stageNumber++;
            for (Node action : stage.get("Actions").items()) {
                int moment = stageNumber * 1000 + action.get("RunOrder").numberOr(1);
                actions.add(new Action(stage.get("Name").text(), moment, action));
            }
        }
        actions.sort(Comparator.comparingInt(Action::moment));
        return new Pipeline(stack, resource, actions);
    }

    List<Action> deployments() {
        return actions.stream()
                .filter(action -> action.provider().equals("CodeDeployToECS"))
                .toList();
    }

    List<Action> sources() {
        return actions.stream()
                .filter(action -> action.node().at("ActionTypeId/Category").is("Source"))
                .toList();
    }

    List<Action> builds() {
        return actions.stream()
                .filter(action -> action.provider().equals("CodeBuild"))
                .toList();
    }

    Optional<Action> producerOf(String artifact) {
        return actions.stream()
                .filter(action -> action.outputs().contains(artifact))
                .findFirst();
    }

    List<Resource> projects() {
        return BlueGreen.resources(stack, "AWS::CodeBuild::Project").toList();
    }

    Optional<Resource> projectOf(Action build) {
        Node name = build.configuration().get("ProjectName");
        return projects().stream()
                .filter(project -> name.is(project.symbol())
                        || name.is(project.properties().get("Name").text()))
                .findFirst();
    }

    static String buildSpec(Resource project) {
        return project.properties().at("Source/BuildSpec").textOr("buildspec.yml");
    }

    /** The variables that a project's builds get. */
    static Map<String, Node> variables(Resource project) {
        Map<String, Node> found = new TreeMap<>();
        project.properties()
                .at("Environment/EnvironmentVariables")
                .items()
                .forEach(variable -> found.put(variable.get("Name").text(), variable.get("Value")));
        return found;
    }
}
