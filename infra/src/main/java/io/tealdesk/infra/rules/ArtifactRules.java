package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.infra.rules.Pipeline.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What one action of the pipeline hands to another. */
final class ArtifactRules {

    private ArtifactRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "deploy-action-artifacts",
                        "A CodeDeployToECS action takes small artifacts that earlier actions made, never the source",
                        ArtifactRules::actionArtifacts),
                new Rule(
                        "artifact-files",
                        "An artifact holds the files that the deployment looks for, where it looks for them",
                        ArtifactRules::artifactFiles),
                new Rule(
                        "artifact-names",
                        "A build makes the artifacts that the pipeline expects of it, by the same names",
                        ArtifactRules::artifactNames));
    }

    private static void actionArtifacts(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            Set<String> sources = pipeline.sources().stream()
                    .flatMap(source -> source.outputs().stream())
                    .collect(Collectors.toSet());
            for (Action action : pipeline.actions()) {
                for (String input : action.inputs()) {
                    Optional<Action> producer = pipeline.producerOf(input);
                    if (producer.isEmpty() || producer.get().moment() >= action.moment()) {
                        findings.add(
                                action.node(),
                                action.name() + " takes the artifact " + input + ", which no earlier action makes",
                                "Add it to an earlier action's OutputArtifacts, or take one of those");
                    }
                }
            }
            pipeline.builds().stream()
                    .filter(action -> action.inputs().size() > 1)
                    .forEach(action -> {
                        Node primary = action.configuration().get("PrimarySource");
                        if (!action.inputs().contains(primary.text())) {
                            findings.add(
                                    action.node(),
                                    action.name() + " takes " + action.inputs() + ", but its PrimarySource is "
                                            + primary,
                                    "Name the one that holds the build specification");
                        }
                    });
            for (Action action : pipeline.deployments()) {
                if (!action.outputs().isEmpty()) {
                    findings.add(action.node(), action.name() + " has OutputArtifacts", "A deployment makes none");
                }
                if (action.inputs().isEmpty() || action.inputs().size() > 5) {
                    findings.add(
                            action.node(),
                            action.name() + " takes " + action.inputs().size() + " artifacts",
                            "1 to 5");
                }
                action.configuration().entries().forEach((key, value) -> {
                    boolean names = key.endsWith("Artifact") || key.endsWith("ArtifactName");
                    if (names && !action.inputs().contains(value.text())) {
                        findings.add(
                                value,
                                key + " is " + value + ", which is not among the InputArtifacts " + action.inputs(),
                                "Name an input artifact of this action");
                    }
                    if (names && sources.contains(value.text())) {
                        findings.add(
                                value,
                                key + " is the source artifact " + value,
                                "The action reads at most 3 MB; take the build's small artifact");
                    }
                });
                action.inputs().stream()
                        .filter(sources::contains)
                        .forEach(source -> findings.add(
                                action.node(),
                                action.name() + " takes the source artifact " + source,
                                "The action reads at most 3 MB; take the build's small artifact"));
            }
        }
    }

    /** What a build puts into an artifact. */
    static Node artifact(Delivery delivery, Pipeline pipeline, String name) {
        Optional<Action> producer = pipeline.producerOf(name);
        Optional<Resource> project = producer.flatMap(pipeline::projectOf);
        if (producer.isEmpty() || project.isEmpty() || !delivery.tree().has(Pipeline.buildSpec(project.get()))) {
            return Node.absent(pipeline.resource().node().place(), "artifacts");
        }
        Node artifacts = delivery.tree().yaml(Pipeline.buildSpec(project.get())).get("artifacts");
        return producer.get().outputs().size() == 1 && artifacts.has("files")
                ? artifacts
                : artifacts.get("secondary-artifacts").get(name);
    }

    private static void artifactFiles(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Action action : pipeline.deployments()) {
                Node configuration = action.configuration();
                wantsFile(
                        delivery,
                        pipeline,
                        configuration.get("TaskDefinitionTemplateArtifact"),
                        configuration.get("TaskDefinitionTemplatePath").textOr("taskdef.json"),
                        findings);
                wantsFile(
                        delivery,
                        pipeline,
                        configuration.get("AppSpecTemplateArtifact"),
                        configuration.get("AppSpecTemplatePath").textOr("appspec.yaml"),
                        findings);
                for (int image = 1; image <= 4; image++) {
                    Node artifact = configuration.get("Image" + image + "ArtifactName");
                    if (artifact.isPresent()) {
                        wantsFile(delivery, pipeline, artifact, "imageDetail.json", findings);
                    }
                }
            }
        }
        for (Half half : Half.values()) {
            delivery.buildSpec(half)
                    .scalars()
                    .filter(value -> value.text().contains("imagedefinitions.json"))
                    .forEach(value -> findings.add(
                            value, "imagedefinitions.json is for rolling deployments", "Write imageDetail.json"));
        }
    }

    private static void wantsFile(
            Delivery delivery, Pipeline pipeline, Node artifactName, String file, Findings findings) {
        Node artifact = artifact(delivery, pipeline, artifactName.text());
        if (artifact.isAbsent()) {
            findings.add(
                    artifactName, "no build specification makes the artifact " + artifactName, "See artifact-names");
            return;
        }
        String base = artifact.get("base-directory").text().replaceAll("/$", "");
        boolean flat = artifact.get("discard-paths").text().matches("yes|true");
        List<String> files = artifact.get("files").texts();
        boolean there = files.stream().anyMatch(path -> {
            String inArtifact = flat ? path.substring(path.lastIndexOf('/') + 1) : path;
            return inArtifact.equals(file) || (path.equals("**/*") && !base.isEmpty());
        });
        if (!there) {
            findings.add(
                    artifact,
                    "the artifact " + artifactName + " holds " + files + ", but the deployment looks for " + file
                            + " at its root",
                    "Add the file, with a base-directory or discard-paths: yes so that it lies at the root");
        }
        boolean everything = files.contains("**/*") && (base.isEmpty() || base.equals("."));
        if (everything) {
            findings.add(
                    artifact,
                    "the artifact " + artifactName + " holds the whole checkout",
                    "The deployment reads at most 3 MB: list the three files");
        }
    }

    private static void artifactNames(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Action build : pipeline.builds()) {
                Optional<Resource> project = pipeline.projectOf(build);
                if (project.isEmpty() || !delivery.tree().has(Pipeline.buildSpec(project.get()))) {
                    continue;
                }
                Node artifacts =
                        delivery.tree().yaml(Pipeline.buildSpec(project.get())).get("artifacts");
                List<String> outputs = build.outputs();
                boolean primary = outputs.size() == 1 && artifacts.has("files");
                Set<String> made = artifacts.get("secondary-artifacts").keys();
                for (String output : outputs) {
                    if (!primary && !made.contains(output)) {
                        findings.add(
                                artifacts.isPresent()
                                        ? artifacts
                                        : delivery.tree().yaml(Pipeline.buildSpec(project.get())),
                                "the pipeline expects the artifact " + output + " of " + build.name()
                                        + ", but the build specification makes " + made,
                                "Name a secondary artifact so, or rename the action's OutputArtifacts");
                    }
                }
                for (String secondary : made) {
                    if (!outputs.contains(secondary)) {
                        findings.add(
                                artifacts.get("secondary-artifacts").get(secondary),
                                "the artifact " + secondary + " is not among the OutputArtifacts " + outputs + " of "
                                        + build.name(),
                                "CodeBuild fails on it; add it there or take it out");
                    }
                }
            }
        }
    }
}
