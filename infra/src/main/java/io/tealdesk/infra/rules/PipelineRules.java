package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.infra.rules.Pipeline.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pipeline against the build specifications, and both against what is deployed. */
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

    /** Set in every build, by CodeBuild or by the shell. */
    private static final Set<String> ALWAYS_SET = Set.of(
            // jq's name for the environment.
            "ENV",
            "AWS_REGION",
            "AWS_DEFAULT_REGION",
            "HOME",
            "PATH",
            "PWD",
            "TMPDIR",
            "BASH_SOURCE",
            "RANDOM",
            "SECONDS",
            "EUID",
            "UID",
            "JAVA_HOME",
            "IFS",
            "LINENO",
            "PIPESTATUS",
            "OPTARG",
            "OPTIND",
            "BASH_REMATCH",
            "HOSTNAME");

    private PipelineRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "deploy-action-keys",
                        "A CodeDeployToECS action has every key that it needs and none that AWS does not know",
                        PipelineRules::actionKeys),
                new Rule(
                        "deploy-action-artifacts",
                        "A CodeDeployToECS action takes small artifacts that earlier actions made, never the source",
                        PipelineRules::actionArtifacts),
                new Rule(
                        "artifact-files",
                        "An artifact holds the files that the deployment looks for, where it looks for them",
                        PipelineRules::artifactFiles),
                new Rule(
                        "artifact-names",
                        "A build makes the artifacts that the pipeline expects of it, by the same names",
                        PipelineRules::artifactNames),
                new Rule(
                        "image-placeholder",
                        "ImageNContainerName is a placeholder of the task definition, without the angle brackets",
                        PipelineRules::imagePlaceholder),
                new Rule(
                        "placeholders-filled",
                        "Every placeholder is filled: by CodePipeline, or from a variable of the build project",
                        PipelineRules::placeholdersFilled),
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
                        PipelineRules::push),
                new Rule(
                        "build-specification-exists",
                        "Each build project runs a build specification of this repository, in a build of the pipeline",
                        PipelineRules::buildSpecification),
                new Rule(
                        "scripts-exist",
                        "Each script that a build specification leads to exists",
                        PipelineRules::scriptsExist),
                new Rule(
                        "build-variables",
                        "Each variable that a build's scripts expect is given to the build",
                        PipelineRules::buildVariables),
                new Rule(
                        "build-arguments",
                        "A script passes to a Dockerfile only arguments that it declares",
                        PipelineRules::buildArguments),
                new Rule(
                        "test-reports",
                        "A build reports its tests: each report group has files and the build may write it",
                        PipelineRules::reports),
                new Rule(
                        "rendered-roles",
                        "The rendered task definition has the family, roles and log group of the service stack",
                        PipelineRules::renderedRoles),
                new Rule(
                        "task-may-read-its-secrets",
                        "A task's role may read exactly the secrets and the bucket that the task is told of",
                        PipelineRules::taskSecrets),
                new Rule(
                        "image-way",
                        "The build may push to the repository that the task may pull from, and the task may write its"
                                + " log",
                        PipelineRules::imageWay),
                new Rule(
                        "pipeline-may-deploy",
                        "The pipeline's role may register the task definition, start the deployment and pass both roles",
                        PipelineRules::mayDeploy));
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
    private static Node artifact(Delivery delivery, Pipeline pipeline, String name) {
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

    private static void placeholdersFilled(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Half half : Half.values()) {
                Rendering rendering = Rendering.of(delivery, environment, half);
                Rendering.placeholders(delivery, half).forEach((name, place) -> {
                    boolean codePipeline = name.matches("IMAGE[1-4]_NAME") || name.equals("TASK_DEFINITION");
                    Node value = rendering.given().get(name);
                    if (!codePipeline && value == null) {
                        findings.add(
                                place,
                                "nothing fills <" + name + ">: the build project of " + half.buildSpec
                                        + " has no variable " + name,
                                "Add it to EnvironmentVariables in " + Delivery.PIPELINE_TEMPLATE);
                    }
                    if (codePipeline && value != null) {
                        findings.add(value, "the build fills <" + name + ">, which CodePipeline has to", "Take it out");
                    }
                });
            }
        }
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

    private static void buildSpecification(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                String specification = Pipeline.buildSpec(project);
                if (!specification.contains("\n") && !delivery.tree().has(specification)) {
                    findings.add(
                            project.properties().at("Source/BuildSpec"),
                            project.id() + " runs " + specification + ", which is not in the repository",
                            "The path is one from the root");
                }
                boolean used = pipeline.builds().stream()
                        .anyMatch(build -> pipeline.projectOf(build)
                                .filter(project::equals)
                                .isPresent());
                if (!used) {
                    findings.add(
                            project.node(), "no action runs " + project.id(), "Take it out or name it in an action");
                }
            }
            for (Action build : pipeline.builds()) {
                if (pipeline.projectOf(build).isEmpty()) {
                    findings.add(
                            build.node(),
                            build.name() + " runs the project "
                                    + build.configuration().get("ProjectName") + ", which the stack does not have",
                            "Refer to it: !Ref TheProject");
                }
            }
        }
    }

    private static Stream<Resource> projects(Delivery delivery) {
        return delivery.environments().stream()
                .flatMap(environment -> Pipeline.of(environment).projects().stream())
                .filter(project -> delivery.tree().has(Pipeline.buildSpec(project)));
    }

    private static void scriptsExist(Delivery delivery, Findings findings) {
        projects(delivery).forEach(project -> {
            BuildScript build = BuildScript.of(delivery.tree(), Pipeline.buildSpec(project));
            build.missingScripts()
                    .forEach((script, caller) -> findings.add(
                            new Place(caller, 0),
                            "calls " + script + ", which is not in the repository",
                            "Mend the path"));
            if (build.scripts().isEmpty()) {
                findings.add(
                        new Place(build.file(), 0),
                        "calls no script",
                        "Logic goes into scripts that can be run and tested alone");
            }
        });
    }

    private static void buildVariables(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                if (!delivery.tree().has(Pipeline.buildSpec(project))) {
                    continue;
                }
                Set<String> given = new TreeSet<>(ALWAYS_SET);
                given.addAll(Pipeline.variables(project).keySet());
                pipeline.builds().stream()
                        .filter(build -> pipeline.projectOf(build)
                                .filter(project::equals)
                                .isPresent())
                        .map(build -> build.configuration()
                                .get("EnvironmentVariables")
                                .text())
                        .forEach(json -> java.util.regex.Pattern.compile("\"name\"\\s*:\\s*\"(\\w+)\"")
                                .matcher(json)
                                .results()
                                .forEach(match -> given.add(match.group(1))));
                pipeline.builds().stream()
                        .filter(action -> pipeline.projectOf(action)
                                .filter(project::equals)
                                .isPresent())
                        .flatMap(action -> action.inputs().stream())
                        .forEach(input -> given.add("CODEBUILD_SRC_DIR_" + input));
                BuildScript build = BuildScript.of(delivery.tree(), Pipeline.buildSpec(project));
                otherSources(delivery, Pipeline.buildSpec(project), given, findings);
                build.expected().forEach((name, file) -> {
                    if (!given.contains(name) && !name.startsWith("CODEBUILD_")) {
                        findings.add(
                                new Place(file, 0),
                                "expects the variable " + name + ", which " + project.id() + " is not given",
                                "Add it to EnvironmentVariables in " + Delivery.PIPELINE_TEMPLATE
                                        + ", or let the script do without: ${" + name + ":-}");
                    }
                });
            }
        }
    }

    /** Artifacts beside the first are found by their names. */
    private static void otherSources(Delivery delivery, String specification, Set<String> given, Findings findings) {
        delivery.tree()
                .yaml(specification)
                .get("phases")
                .scalars()
                .forEach(command -> java.util.regex.Pattern.compile("CODEBUILD_SRC_DIR_\\w+")
                        .matcher(command.text())
                        .results()
                        .map(java.util.regex.MatchResult::group)
                        .filter(name -> !given.contains(name))
                        .forEach(name -> findings.add(
                                command,
                                "looks into " + name + ", but the action has no such input artifact",
                                "Add it to the action's InputArtifacts or mend its name")));
    }

    private static void buildArguments(Delivery delivery, Findings findings) {
        Set<String> declared = Stream.of(Half.values())
                .flatMap(half -> delivery.dockerfile(half).buildArguments().stream())
                .collect(Collectors.toSet());
        Stream<String> scripts = delivery.tree().paths("(infra/.*\\.sh|\\.ci/.*)").stream();
        scripts.forEach(script -> java.util.regex.Pattern.compile("--build-arg[= ]\"?'?([A-Za-z_][A-Za-z0-9_]*)")
                .matcher(delivery.tree().text(script))
                .results()
                .map(match -> match.group(1))
                .filter(argument -> !declared.contains(argument))
                .forEach(argument -> findings.add(
                        new Place(script, 0),
                        "passes the build argument " + argument + ", which no Dockerfile declares",
                        "Docker would only warn; declared are " + new TreeSet<>(declared))));
        delivery.compose().get("services").values().forEach(service -> {
            String file = service.at("build/dockerfile").text();
            Stream.of(Half.values())
                    .filter(half -> half.dockerfile.equals(file))
                    .forEach(half -> service.at("build/args").entries().forEach((argument, value) -> {
                        if (!delivery.dockerfile(half).buildArguments().contains(argument)) {
                            findings.add(
                                    value,
                                    "passes the build argument " + argument + ", which " + file + " does not declare",
                                    "Declare it with ARG or take it out");
                        }
                    }));
        });
        Stream.of(Half.values())
                .filter(half -> !delivery.dockerfile(half).buildArguments().contains("RELEASE"))
                .forEach(half -> findings.add(
                        new Place(half.dockerfile, 0),
                        "declares no ARG RELEASE",
                        "Without it nobody can tell which release answered"));
    }

    private static void reports(Delivery delivery, Findings findings) {
        boolean any = false;
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Resource project : pipeline.projects()) {
                String specification = Pipeline.buildSpec(project);
                if (!delivery.tree().has(specification)) {
                    continue;
                }
                Node reports = delivery.tree().yaml(specification).get("reports");
                any |= !reports.keys().isEmpty();
                reports.entries().forEach((name, report) -> {
                    if (report.get("files").items().isEmpty()) {
                        findings.add(report, "the report " + name + " has no files", "List the files of the results");
                    }
                });
                boolean may = Permissions.of(pipeline.stack()).stream()
                        .filter(permission ->
                                project.properties().get("ServiceRole").text().startsWith(permission.role()))
                        .anyMatch(permission -> permission.allows("codebuild:BatchPutTestCases"));
                if (!reports.keys().isEmpty() && !may) {
                    findings.add(
                            project.node(),
                            "the role of " + project.id() + " may not write the reports of " + specification,
                            "Allow codebuild:CreateReport, UpdateReport, BatchPutTestCases on its report groups");
                }
            }
        }
        if (!any) {
            findings.add(new Place(Half.BACKEND.buildSpec, 0), "no build reports its tests", "Add reports:");
        }
    }

    private static void renderedRoles(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            for (Half half : Half.values()) {
                BlueGreen deployment = BlueGreen.of(environment, half);
                Rendering rendering = Rendering.of(delivery, environment, half);
                Node task = rendering.taskDefinition();
                findings.unlessEqual(
                        task.get("family"),
                        "the rendered family",
                        deployment.service().properties().get("TaskDefinition").text(),
                        "the service's task definition",
                        "Export the family from the service stack and give it to the build");
                Optional<Resource> first = BlueGreen.resources(deployment.stack(), "AWS::ECS::TaskDefinition")
                        .filter(definition -> definition
                                .properties()
                                .get("Family")
                                .is(deployment
                                        .service()
                                        .properties()
                                        .get("TaskDefinition")
                                        .text()))
                        .findFirst();
                first.ifPresent(definition -> Map.of(
                                "executionRoleArn",
                                "ExecutionRoleArn",
                                "taskRoleArn",
                                "TaskRoleArn",
                                "networkMode",
                                "NetworkMode")
                        .forEach((key, property) -> findings.unlessEqual(
                                task.get(key),
                                "the rendered " + key,
                                definition.properties().get(property).text(),
                                property + " of " + definition.id(),
                                "Give the build the same one")));
                Node group = rendering.container().at("logConfiguration/options/awslogs-group");
                boolean created = environment
                        .all()
                        .flatMap(stack -> BlueGreen.resources(stack, "AWS::Logs::LogGroup"))
                        .anyMatch(log -> group.is(log.symbol())
                                || group.is(log.properties().get("LogGroupName").text()));
                if (!created) {
                    findings.add(
                            group, "no stack creates the log group " + group, "Give the build the log group's name");
                }
            }
        }
    }

    private static void taskSecrets(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Rendering rendering = Rendering.of(delivery, environment, Half.BACKEND);
            Node role = rendering.taskDefinition().get("taskRoleArn");
            List<Permissions.Permission> permissions = Permissions.of(environment.stack("service")).stream()
                    .filter(permission -> role.text().startsWith(permission.role() + "."))
                    .toList();
            Set<String> readable = permissions.stream()
                    .filter(permission -> permission.allows("secretsmanager:GetSecretValue"))
                    .flatMap(permission -> permission.resources().stream())
                    .map(Node::text)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> told = rendering.variablesEndingWith("_SECRET");
            for (Node variable : rendering.container().get("environment").items()) {
                Node value = variable.get("value");
                boolean secret = variable.get("name").text().endsWith("_SECRET")
                        && !value.text().isEmpty();
                if (secret && !readable.contains(value.text())) {
                    findings.add(
                            variable,
                            variable.get("name") + " is " + value + ", which the task's role may not read",
                            "Allow secretsmanager:GetSecretValue on it in " + Delivery.SERVICE_TEMPLATE);
                }
            }
            for (String secret : readable) {
                if (!told.contains(secret)) {
                    findings.add(
                            permissions.getFirst().owner().node(),
                            "the backend's role may read " + secret + ", which the task is not told of",
                            "Take the permission away, or name the secret in taskdef.json");
                }
            }
            migrationSecrets(environment, findings);
            Node bucket = rendering.container().at("environment/[name=TEALDESK_FILES_BUCKET]/value");
            boolean writes = permissions.stream()
                    .filter(permission -> permission.allows("s3:PutObject"))
                    .flatMap(permission -> permission.resources().stream())
                    .anyMatch(resource -> resource.text().contains(bucket.text())
                            || resource.text().contains(bucket.text().replace("}", ".Arn}")));
            if (bucket.isPresent() && !writes) {
                findings.add(
                        bucket, "the backend's role may not write to " + bucket, "Allow s3:PutObject on its objects");
            }
        }
    }

    /** The one-off tasks are not in taskdef.json: their roles and secrets stand in the project that starts them. */
    private static void migrationSecrets(Stacks environment, Findings findings) {
        Pipeline pipeline = Pipeline.of(environment);
        for (Resource project : pipeline.projects()) {
            Map<String, Node> variables = Pipeline.variables(project);
            List<String> roles = variables.entrySet().stream()
                    .filter(variable -> variable.getKey().endsWith("_TASK_ROLE_ARN"))
                    .map(variable -> variable.getValue().text())
                    .toList();
            if (!Pipeline.buildSpec(project).contains("migrate")) {
                continue;
            }
            Set<String> readable = Permissions.of(environment.stack("service")).stream()
                    .filter(permission -> roles.stream().anyMatch(role -> role.startsWith(permission.role() + ".")))
                    .filter(permission -> permission.allows("secretsmanager:GetSecretValue"))
                    .flatMap(permission -> permission.resources().stream())
                    .map(Node::text)
                    .collect(Collectors.toSet());
            variables.forEach((name, value) -> {
                if (name.endsWith("_SECRET") && !readable.contains(value.text())) {
                    findings.add(
                            value,
                            name + " is " + value + ", which none of the roles " + roles + " may read",
                            "Allow secretsmanager:GetSecretValue on it in " + Delivery.SERVICE_TEMPLATE);
                }
            });
        }
    }

    private static void imageWay(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            for (Half half : Half.values()) {
                Rendering rendering = Rendering.of(delivery, environment, half);
                String execution =
                        rendering.taskDefinition().get("executionRoleArn").text();
                Node uri = rendering
                        .given()
                        .getOrDefault(
                                "REPOSITORY_URI",
                                Node.absent(delivery.taskDefinition(half).place(), ""));
                String repository = uri.text().replaceFirst("\\.RepositoryUri}.*", ".Arn}");
                may(
                        environment.stack("service"),
                        execution,
                        "ecr:BatchGetImage",
                        repository,
                        half.taskDefinition + ": the execution role",
                        findings);
                pipeline.projects().stream()
                        .filter(project -> Pipeline.buildSpec(project).equals(half.buildSpec))
                        .forEach(project -> may(
                                pipeline.stack(),
                                project.properties().get("ServiceRole").text(),
                                "ecr:PutImage",
                                repository,
                                "the role of " + project.id(),
                                findings));
                String group = rendering
                        .container()
                        .at("logConfiguration/options/awslogs-group")
                        .text();
                may(
                        environment.stack("service"),
                        execution,
                        "logs:PutLogEvents",
                        group.replace("}", ".Arn}"),
                        half.taskDefinition + ": the execution role",
                        findings);
            }
        }
    }

    private static void may(Stack stack, String role, String action, String resource, String who, Findings findings) {
        boolean allowed = Permissions.of(stack).stream()
                .filter(permission -> role.startsWith(permission.role() + "."))
                .filter(permission -> permission.allows(action))
                .flatMap(permission -> permission.resources().stream())
                .anyMatch(each -> each.text().startsWith(resource));
        if (!allowed) {
            findings.add(
                    new Place(stack.file(), 0),
                    who + " may not " + action + " on " + resource,
                    "Allow it on this resource");
        }
    }

    private static void mayDeploy(Delivery delivery, Findings findings) {
        for (Stacks environment : delivery.environments()) {
            Pipeline pipeline = Pipeline.of(environment);
            String role = pipeline.resource().properties().get("RoleArn").text();
            List<Permissions.Permission> permissions = Permissions.of(pipeline.stack()).stream()
                    .filter(permission -> role.startsWith(permission.role() + "."))
                    .toList();
            for (String action : List.of(
                    "codedeploy:CreateDeployment",
                    "codedeploy:GetDeployment",
                    "codedeploy:GetApplication",
                    "codedeploy:GetApplicationRevision",
                    "codedeploy:RegisterApplicationRevision",
                    "codedeploy:GetDeploymentConfig",
                    "ecs:RegisterTaskDefinition",
                    "codestar-connections:UseConnection",
                    "codebuild:StartBuild",
                    "codebuild:BatchGetBuilds")) {
                if (permissions.stream().noneMatch(permission -> permission.allows(action))) {
                    findings.add(pipeline.resource().node(), "the pipeline's role may not " + action, "Allow it");
                }
            }
            List<Permissions.Permission> passes = permissions.stream()
                    .filter(permission -> permission.allows("iam:PassRole"))
                    .toList();
            for (Half half : Half.values()) {
                Rendering rendering = Rendering.of(delivery, environment, half);
                for (String key : List.of("executionRoleArn", "taskRoleArn")) {
                    Node wanted = rendering.taskDefinition().get(key);
                    boolean passed = passes.stream()
                            .flatMap(permission -> permission.resources().stream())
                            .anyMatch(resource -> resource.is(wanted.text()));
                    if (!passed) {
                        findings.add(
                                pipeline.resource().node(),
                                "the pipeline's role may not pass the " + key + " of " + half.taskDefinition,
                                "Allow iam:PassRole on it for ecs-tasks.amazonaws.com");
                    }
                }
            }
            passes.stream()
                    .filter(permission -> permission
                            .statement()
                            .get("Condition")
                            .scalars()
                            .noneMatch(value -> value.is("ecs-tasks.amazonaws.com")))
                    .forEach(permission -> findings.add(
                            permission.statement(),
                            "the pipeline may pass roles to any service",
                            "Add the condition iam:PassedToService = ecs-tasks.amazonaws.com"));
        }
    }
}
