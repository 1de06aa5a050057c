package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.infra.rules.Pipeline.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the pipeline does and in which order. */
final class PipelineRules {

    private static final Set<String> KEYS_REQUIRED = Set.of(
            "ApplicationName", "DeploymentGroupName", "TaskDefinitionTemplateArtifact", "AppSpecTemplateArtifact");

    private static final Set<String> KEYS_OPTIONAL = Set.of(
            "TaskDefinitionTemplatePath",
            "AppSpecTemplatePath",
            "Image1ArtifactName",
            "Image1ContainerName",
            "Image2ArtifactName",
            "Image2ContainerName",
            "Image3ArtifactName",
            "Image3ContainerName",
            "Image4ArtifactName",
            "Image4ContainerName");

    private PipelineRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "deploy-action-keys",
                        "A CodeDeployToECS action has every key that it needs and none that AWS does not know",
                        PipelineRules::actionKeys),
                new Rule(
                        "image-placeholder",
                        "ImageNContainerName is a placeholder of the task definition, without the angle brackets",
                        PipelineRules::imagePlaceholder),
                new Rule(
                        "deploys-its-own-group",
                        "Each half is deployed once, to its own deployment group in the service stack",
                        PipelineRules::ownGroup),
                new Rule(
                        "pipeline-order",
                        "The pipeline builds, migrates, deploys the backend, and then the frontend",
                        PipelineRules::order),
                new Rule(
                        "one-release-at-a-time",
                        "Two releases never run through the pipeline side by side",
                        PipelineRules::oneAtATime),
                new Rule(
                        "push-starts-it",
                        "A push starts the pipeline, through a connection and without polling",
                        PipelineRules::push));
    }

    private static void actionKeys(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Action action : Pipeline.of(environment).deployments()) {
                for (String key : action.configuration().keys()) {
                    if (!KEYS_REQUIRED.contains(key) && !KEYS_OPTIONAL.contains(key)) {
                        findings.add(
                                action.configuration().get(key),
                                "a CodeDeployToECS action knows no " + key,
                                "Required: " + new TreeSet<>(KEYS_REQUIRED) + ", optional: "
                                        + new TreeSet<>(KEYS_OPTIONAL));
                    }
                }
                for (String key : new TreeSet<>(KEYS_REQUIRED)) {
                    if (action.configuration().get(key).text().isEmpty()) {
                        findings.add(action.node(), action.name() + " has no " + key, "Add it");
                    }
                }
                for (int image = 1; image <= 4; image++) {
                    boolean artifact = action.configuration().has("Image" + image + "ArtifactName");
                    boolean container = action.configuration().has("Image" + image + "ContainerName");
                    if (artifact != container) {
                        findings.add(
                                action.configuration(),
                                action.name() + " has only one of Image" + image + "ArtifactName and Image" + image
                                        + "ContainerName",
                                "The one says where the image's address is, the other which placeholder gets it");
                    }
                }
                if (!action.node().at("ActionTypeId/Owner").is("AWS")
                        || !action.node().at("ActionTypeId/Category").is("Deploy")
                        || !action.node().at("ActionTypeId/Version").is("1")) {
                    findings.add(
                            action.node(), action.name() + " is no Deploy action of AWS, version 1", "Write it so");
                }
            }
        }
    }

    private static void imagePlaceholder(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Action action : Pipeline.of(environment).deployments()) {
                Half half = halfOf(environment, action).orElse(Half.BACKEND);
                Node container = delivery.container(half);
                for (int image = 1; image <= 4; image++) {
                    Node name = action.configuration().get("Image" + image + "ContainerName");
                    if (name.isPresent() && !container.get("image").is("<" + name.text() + ">")) {
                        findings.add(
                                name,
                                "Image" + image + "ContainerName is " + name + ", but the image in "
                                        + half.taskDefinition + " is " + container.get("image"),
                                "It is the placeholder without its brackets, not the container's name");
                    }
                }
                if (!action.configuration().has("Image1ContainerName")) {
                    findings.add(
                            action.configuration(),
                            "nothing fills " + container.get("image") + " of " + half.taskDefinition,
                            "Set Image1ArtifactName and Image1ContainerName");
                }
            }
        }
    }

    /** The half that an action deploys, by its deployment group. */
    private static Optional<Half> halfOf(Stacks environment, Action action) {
        Node group = action.configuration().get("DeploymentGroupName");
        return Stream.of(Half.values())
                .filter(half -> group.is(
                        BlueGreen.of(environment, half).deploymentGroup().symbol()))
                .findFirst();
    }

    private static void ownGroup(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Half half : Half.values()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                List<Action> mine = pipeline.deployments().stream()
                        .filter(action ->
                                halfOf(environment, action).filter(half::equals).isPresent())
                        .toList();
                if (mine.size() != 1) {
                    findings.add(
                            pipeline.resource().node(),
                            mine.size() + " actions deploy to "
                                    + deployment.deploymentGroup().id(),
                            "Exactly one has to, with DeploymentGroupName imported from the service stack");
                    continue;
                }
                Node application = mine.getFirst().configuration().get("ApplicationName");
                findings.unlessEqual(
                        application,
                        "ApplicationName",
                        deployment
                                .deploymentGroup()
                                .properties()
                                .get("ApplicationName")
                                .text(),
                        "the application of " + deployment.deploymentGroup().id(),
                        "Import the service stack's application");
                Node artifact = mine.getFirst().configuration().get("TaskDefinitionTemplateArtifact");
                pipeline.producerOf(artifact.text())
                        .flatMap(pipeline::projectOf)
                        .map(Pipeline::buildSpec)
                        .filter(specification -> !specification.equals(half.buildSpec))
                        .ifPresent(specification -> findings.add(
                                artifact,
                                mine.getFirst().name() + " deploys the " + half.container + " with an artifact of "
                                        + specification,
                                "Take the artifact that " + half.buildSpec + " makes"));
            }
        }
    }

    private static void order(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            Optional<Action> backend = deploymentOf(environment, pipeline, Half.BACKEND);
            Optional<Action> frontend = deploymentOf(environment, pipeline, Half.FRONTEND);
            Optional<Action> migration = pipeline.builds().stream()
                    .filter(action -> pipeline.projectOf(action)
                            .map(Pipeline::buildSpec)
                            .filter(specification -> specification.contains("migrate"))
                            .isPresent())
                    .findFirst();
            Node place = pipeline.resource().node();
            if (migration.isEmpty()) {
                findings.add(
                        place, "no action runs the migrations", "A build with infra/pipeline/buildspec-migrate.yml");
            }
            before(migration, "the migrations", backend, "the backend is deployed", place, findings);
            before(backend, "the backend", frontend, "the frontend is deployed", place, findings);
            for (Action build : pipeline.builds()) {
                if (migration.isEmpty() || !build.equals(migration.get())) {
                    before(Optional.of(build), build.name(), migration, "the migrations run", place, findings);
                }
            }
        }
    }

    private static Optional<Action> deploymentOf(Stacks environment, Pipeline pipeline, Half half) {
        return pipeline.deployments().stream()
                .filter(action ->
                        halfOf(environment, action).filter(half::equals).isPresent())
                .findFirst();
    }

    private static void before(
            Optional<Action> first, String what, Optional<Action> second, String then, Node place, Findings findings) {
        if (first.isPresent()
                && second.isPresent()
                && first.get().moment() >= second.get().moment()) {
            findings.add(
                    place,
                    what + " does not end before " + then,
                    "The newer schema serves both releases, the newer backend both pages; the other way round neither");
        }
    }

    private static void oneAtATime(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Resource pipeline = Pipeline.of(environment).resource();
            if (!pipeline.properties().get("PipelineType").is("V2")) {
                findings.add(pipeline.node(), "the pipeline is not of type V2", "Triggers and QUEUED need V2");
            }
            String mode = pipeline.properties().get("ExecutionMode").textOr("SUPERSEDED");
            if (mode.equals("PARALLEL")) {
                findings.add(
                        pipeline.properties().get("ExecutionMode"),
                        "ExecutionMode is PARALLEL",
                        "A deployment group deploys one release at a time: QUEUED or SUPERSEDED");
            }
        }
    }

    private static void push(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Action source : pipeline.sources()) {
                if (!source.provider().equals("CodeStarSourceConnection")) {
                    findings.add(
                            source.node(),
                            "the source is " + source.provider(),
                            "A connection: CodeStarSourceConnection");
                    continue;
                }
                for (String key : List.of("ConnectionArn", "FullRepositoryId", "BranchName")) {
                    if (source.configuration().get(key).text().isEmpty()) {
                        findings.add(source.node(), "the source has no " + key, "Add it");
                    }
                }
                TaskRules.onlyKeys(
                        source.configuration(),
                        Set.of(
                                "ConnectionArn",
                                "FullRepositoryId",
                                "BranchName",
                                "OutputArtifactFormat",
                                "DetectChanges"),
                        "a CodeStarSourceConnection action",
                        findings);
                Node triggers = pipeline.resource().properties().get("Triggers");
                boolean triggered = triggers.items().stream()
                        .anyMatch(trigger ->
                                trigger.at("GitConfiguration/SourceActionName").is(source.name()));
                if (!triggered && source.configuration().get("DetectChanges").is("false")) {
                    findings.add(
                            source.node(),
                            "neither a trigger nor DetectChanges starts the pipeline",
                            "Add a push trigger for the source action " + source.name());
                }
                triggers.items().stream()
                        .map(trigger -> trigger.at("GitConfiguration/SourceActionName"))
                        .filter(name -> !name.is(source.name()))
                        .forEach(name -> findings.add(
                                name, "a trigger names the source action " + name, "It is called " + source.name()));
            }
        }
    }
}
