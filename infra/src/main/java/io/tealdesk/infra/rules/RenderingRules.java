package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.Stack;
import io.tealdesk.infra.files.Stacks;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The task definition as it leaves the build, and what its roles may do. */
final class RenderingRules {

    private RenderingRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "placeholders-filled",
                        "Every placeholder is filled: by CodePipeline, or from a variable of the build project",
                        RenderingRules::placeholdersFilled),
                new Rule(
                        "rendered-roles",
                        "The rendered task definition has the family, roles and log group of the service stack",
                        RenderingRules::renderedRoles),
                new Rule(
                        "task-may-read-its-secrets",
                        "A task's role may read exactly the secrets and the bucket that the task is told of",
                        RenderingRules::taskSecrets),
                new Rule(
                        "image-way",
                        "The build may push to the repository that the task may pull from, and the task may write its"
                                + " log",
                        RenderingRules::imageWay),
                new Rule(
                        "pipeline-may-deploy",
                        "The pipeline's role may register the task definition, start the deployment and pass both roles",
                        RenderingRules::mayDeploy));
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

    static void may(Stack stack, String role, String action, String resource, String who, Findings findings) {
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
