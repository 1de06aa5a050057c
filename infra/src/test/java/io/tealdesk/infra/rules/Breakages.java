package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.append;
import static io.tealdesk.infra.rules.Breakage.missing;
import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;

import java.util.List;
import java.util.stream.Stream;

/** What could be wrong, one thing at a time, and the sentence that has to come of it. */
final class Breakages {

    private static final String BACKEND_TASK = "taskdef.json";
    private static final String FRONTEND_TASK = "frontend/taskdef.json";
    private static final String BACKEND_SPEC = "appspec.yaml";
    private static final String BUILD = "buildspec.yml";
    private static final String BACKEND_IMAGE = "Dockerfile.backend";
    private static final String FRONTEND_IMAGE = "Dockerfile.frontend";
    private static final String NGINX = "frontend/nginx/nginx.conf";
    private static final String COMPOSE = "docker-compose.yml";
    private static final String SETTINGS = "backend/src/main/resources/application.yaml";
    private static final String PRODUCTION = "backend/src/main/resources/application-production.yaml";
    private static final String NETWORK = "infra/cloudformation/network.yaml";
    private static final String DATA = "infra/cloudformation/data.yaml";
    private static final String REGISTRY = "infra/cloudformation/registry.yaml";
    private static final String SERVICE = "infra/cloudformation/service.yaml";
    private static final String PIPELINE = "infra/cloudformation/pipeline.yaml";
    private static final String STAGING = "infra/cloudformation/environments/staging.json";

    private static final String CONTAINER = "containerDefinitions/0/";
    private static final String TARGET = "Resources/0/TargetService/Properties/";
    private static final String BACKEND_GROUP = "Resources/BackendDeploymentGroup/Properties/";
    private static final String FRONTEND_GROUP = "Resources/FrontendDeploymentGroup/Properties/";
    private static final String BACKEND_SERVICE = "Resources/BackendService/Properties/";
    private static final String DEPLOY_BACKEND = "Resources/Pipeline/Properties/Stages/1/Actions/[Name=DeployBackend]/";

    private Breakages() {}

    static Stream<Breakage> all() {
        return Stream.of(images(), tasks(), pipeline(), blueGreen(), stacks(), security(), linters())
                .flatMap(List::stream);
    }

    private static List<Breakage> images() {
        return List.of(
                replace(
                        "base-images-pinned",
                        FRONTEND_IMAGE,
                        "^FROM nginx:\\S+",
                        "FROM nginx:latest",
                        "nginx:latest is of no certain version"),
                replace(
                        "base-images-pinned",
                        BACKEND_IMAGE,
                        "eclipse-temurin:25-jre",
                        "eclipse-temurin:21-jre",
                        "uses eclipse-temurin:21-jre, but the pom builds with <java.version>25"),
                replace(
                        "base-images-pinned",
                        COMPOSE,
                        "image: postgres:18",
                        "image: postgres",
                        "the image postgres is of no certain version"),
                replace("base-images-pinned", ".nvmrc", "\\d+", "22", "not the pom's node.version"),
                replace("user-is-a-number", BACKEND_IMAGE, "^USER 10001:10001", "USER tealdesk", "runs as tealdesk"),
                replace(
                        "context-is-small",
                        ".dockerignore",
                        "^\\*$",
                        "node_modules\ntarget",
                        ".git goes into every build's context"),
                replace(
                        "copied-paths-exist",
                        FRONTEND_IMAGE,
                        "COPY frontend/nginx/ ",
                        "COPY frontend/proxy/ ",
                        "copies frontend/proxy/"),
                append("copied-paths-exist", FRONTEND_IMAGE, "ADD https://example.com/x /x", "ADD unpacks"),
                set("compose-runs-the-images", COMPOSE, "services/backend/read_only", "false", "may write to its root"),
                remove("compose-runs-the-images", COMPOSE, "services/frontend/cap_drop", "keeps capabilities"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/frontend/tmpfs",
                        "[\"/run\"]",
                        "cannot write to /tmp"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/stop_grace_period",
                        "10s",
                        "is given 10s to stop, in AWS 60 s"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/build/dockerfile",
                        "Dockerfile",
                        "is built from Dockerfile"),
                set(
                        "compose-runs-the-images",
                        COMPOSE,
                        "services/backend/deploy/resources/limits/memory",
                        "2g",
                        "may use 2g, its task 1024 MiB"),
                replace(
                        "compose-ports",
                        COMPOSE,
                        "TEALDESK_PORT:-8080\\}:80",
                        "TEALDESK_PORT:-8080}:8080",
                        "is not published on 8080"),
                set("compose-ports", COMPOSE, "services/backend/ports", "[\"3000:3000\"]", "the backend is published"),
                replace(
                        "compose-ports",
                        "infra/compose/api-proxy.conf",
                        "backend:3000",
                        "backend:8080",
                        "proxies to backend:8080"),
                set(
                        "compose-variables",
                        COMPOSE,
                        "services/backend/environment/TEALDESK_BASEURI",
                        "x",
                        "reads no variable TEALDESK_BASEURI"),
                set(
                        "compose-starts-in-order",
                        COMPOSE,
                        "services/frontend/depends_on",
                        "[\"backend\"]",
                        "does not wait until what it needs is healthy"),
                remove(
                        "compose-starts-in-order",
                        COMPOSE,
                        "services/database/healthcheck",
                        "database, which has no health check"),
                replace(
                        "one-postgresql",
                        COMPOSE,
                        "image: postgres:18",
                        "image: postgres:17",
                        "compose runs postgres:17"),
                replace("one-postgresql", BACKEND_IMAGE, "FROM postgres:18", "FROM postgres:16", "runs postgres:16"),
                set(
                        "one-postgresql",
                        STAGING,
                        "Stacks/data/DatabaseVersion",
                        "\"17\"",
                        "the database is PostgreSQL 17"),
                replace(
                        "nginx-caching",
                        NGINX,
                        "(location \\^~ /assets/ \\{[^}]*)try_files \\$uri =404",
                        "$1try_files \\$uri /index.html",
                        "a missing asset is answered with the page"),
                replace(
                        "nginx-caching",
                        "frontend/nginx/headers.conf",
                        ", immutable",
                        "",
                        "assets are not cached for ever"),
                replace(
                        "nginx-caching",
                        "frontend/nginx/headers.conf",
                        "no-store",
                        "max-age=60",
                        "the page may be cached"),
                replace("nginx-never-pages", NGINX, "swagger-ui\\|", "", "answers swagger-ui with the page"),
                replace(
                        "nginx-proxy-is-added",
                        NGINX,
                        "include /etc/nginx/tealdesk.d/\\*.conf;",
                        "",
                        "nothing includes /etc/nginx/tealdesk.d"),
                replace(
                        "nginx-proxy-is-added",
                        COMPOSE,
                        "./infra/compose/api-proxy.conf:",
                        "./infra/compose/proxy.conf:",
                        "mounts infra/compose/proxy.conf, which is not there"));
    }

    private static List<Breakage> tasks() {
        return List.of(
                set(
                        "container-name",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerName",
                        "api",
                        "ContainerName is api, but the container in taskdef.json is backend"),
                set(
                        "container-name",
                        SERVICE,
                        "Resources/BackendTaskDefinition/Properties/ContainerDefinitions/0/Name",
                        "app",
                        "has other containers than taskdef.json"),
                set(
                        "container-port",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerPort",
                        "8080",
                        "ContainerPort is 8080, but containerPort in taskdef.json is 3000"),
                set(
                        "container-port",
                        SERVICE,
                        "Resources/BackendGreenTargetGroup/Properties/Port",
                        "3001",
                        "Port of BackendGreenTargetGroup is 3001"),
                set(
                        "container-port",
                        SERVICE,
                        BACKEND_SERVICE + "LoadBalancers/0/ContainerPort",
                        "80",
                        "the service's ContainerPort is 80"),
                replace("container-port", BACKEND_IMAGE, "^EXPOSE 3000", "EXPOSE 8080", "does not expose 3000"),
                set("container-port", SETTINGS, "server/port", "8080", "server.port is 8080"),
                replace("container-port", NGINX, "listen 80 ", "listen 8080 ", "Nginx does not listen on 80"),
                remove("container-port", FRONTEND_TASK, CONTAINER + "systemControls", "is a privileged one"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "TaskDefinition",
                        "tealdesk-backend:1",
                        "TaskDefinition is tealdesk-backend:1"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "Loadbalancer",
                        "{}",
                        "has no key Loadbalancer"),
                set("application-specification", BACKEND_SPEC, "version", "1.0", "version is 1.0"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        "Hooks",
                        "[{\"ApplicationStart\": \"x\"}]",
                        "the hooks of an ECS deployment has no key ApplicationStart"),
                set(
                        "application-specification",
                        BACKEND_SPEC,
                        TARGET + "LoadBalancerInfo/ContainerPort",
                        "\"3000\"",
                        "ContainerPort is a text"),
                set(
                        "application-specification",
                        SERVICE,
                        BACKEND_SERVICE + "CapacityProviderStrategy",
                        "[{\"CapacityProvider\": \"FARGATE_SPOT\"}]",
                        "which CodeDeploy drops"),
                remove("task-is-locked-down", BACKEND_TASK, CONTAINER + "user", "runs as the image's user"),
                set(
                        "task-is-locked-down",
                        BACKEND_TASK,
                        CONTAINER + "readonlyRootFilesystem",
                        "false",
                        "may write to its root file system"),
                set(
                        "task-is-locked-down",
                        FRONTEND_TASK,
                        CONTAINER + "linuxParameters/capabilities",
                        "{\"add\": [\"SYS_PTRACE\"]}",
                        "keeps capabilities"),
                set("task-is-locked-down", FRONTEND_TASK, CONTAINER + "privileged", "true", "is given privileges"),
                set(
                        "user-of-the-image",
                        BACKEND_TASK,
                        CONTAINER + "user",
                        "\"1000:1000\"",
                        "but taskdef.json runs it as 1000:1000"),
                set(
                        "fargate-size",
                        BACKEND_TASK,
                        "memory",
                        "\"512\"",
                        "Fargate has no task of 512 CPU units and 512 MiB"),
                set("fargate-size", BACKEND_TASK, "networkMode", "bridge", "Fargate knows awsvpc only"),
                remove("health-command", BACKEND_TASK, CONTAINER + "healthCheck", "the container has no healthCheck"),
                set(
                        "health-command",
                        BACKEND_TASK,
                        CONTAINER + "healthCheck/command",
                        "[\"CMD-SHELL\", \"curl localhost\"]",
                        "needs a shell"),
                replace(
                        "health-command",
                        BACKEND_IMAGE,
                        "CMD \\[\"/app/healthcheck\"\\]",
                        "CMD [\"/app/check\"]",
                        "HEALTHCHECK of Dockerfile.backend runs [/app/check]"),
                replace("health-command", FRONTEND_IMAGE, "HEALTH_PORT=80", "HEALTH_PORT=8080", "HEALTH_PORT is 8080"),
                replace(
                        "health-command",
                        FRONTEND_IMAGE,
                        "HEALTH_PATH=/healthz",
                        "HEALTH_PATH=/health",
                        "HEALTH_PATH is /health"),
                set(
                        "health-command",
                        BACKEND_TASK,
                        CONTAINER + "healthCheck/timeout",
                        "10",
                        "the timeout is not shorter than the interval"),
                set("writable-paths", BACKEND_TASK, CONTAINER + "mountPoints", "[]", "/tmp is not writable"),
                set(
                        "writable-paths",
                        BACKEND_TASK,
                        "volumes",
                        "[{\"name\": \"scratch\"}]",
                        "mounts the volume tmp, which the task does not have"),
                replace(
                        "writable-paths",
                        NGINX,
                        "^pid /tmp/nginx.pid",
                        "pid /run/nginx.pid",
                        "Nginx writes to /run/nginx.pid"),
                set(
                        "variables-are-read",
                        BACKEND_TASK,
                        CONTAINER + "environment/+",
                        "{\"name\": \"TEALDESK_BUCKET\", \"value\": \"x\"}",
                        "the backend reads no variable TEALDESK_BUCKET"),
                set(
                        "variables-are-read",
                        PRODUCTION,
                        "tealdesk/secrets/webhooks",
                        "${TEALDESK_WEBHOOK_SECRET}",
                        "needs TEALDESK_WEBHOOK_SECRET, which the task definition does not give"),
                set(
                        "variables-are-read",
                        BACKEND_TASK,
                        CONTAINER + "environment/[name=SPRING_PROFILES_ACTIVE]/value",
                        "embedded",
                        "does not run the profile production"),
                set(
                        "secrets-by-reference",
                        BACKEND_TASK,
                        CONTAINER + "environment/[name=TEALDESK_DATABASE_SECRET]/value",
                        "hunter2",
                        "TEALDESK_DATABASE_SECRET is written as a value"),
                set(
                        "secrets-by-reference",
                        BUILD,
                        "env/variables",
                        "{\"GITHUB_TOKEN\": \"ghp_abc\"}",
                        "GITHUB_TOKEN is written as a value"),
                set(
                        "secrets-by-reference",
                        COMPOSE,
                        "services/backend/environment/SPRING_DATASOURCE_PASSWORD",
                        "Xk29fj",
                        "that could be a real one"),
                set(
                        "stop-in-time",
                        BACKEND_TASK,
                        CONTAINER + "stopTimeout",
                        "30",
                        "stopTimeout is 30 s, but the backend"),
                set("stop-in-time", BACKEND_TASK, CONTAINER + "stopTimeout", "300", "Fargate waits 120 s at most"),
                replace("stop-in-time", FRONTEND_IMAGE, "^STOPSIGNAL SIGQUIT", "", "Nginx is stopped by SIGTERM"),
                replace(
                        "stop-in-time",
                        BACKEND_IMAGE,
                        "^ENTRYPOINT .*",
                        "ENTRYPOINT java -jar tealdesk.jar",
                        "ENTRYPOINT runs a shell"),
                replace(
                        "stop-in-time",
                        NGINX,
                        "worker_shutdown_timeout 30s",
                        "worker_shutdown_timeout 90s",
                        "worker_shutdown_timeout is 90 s"),
                set(
                        "keep-alive",
                        SETTINGS,
                        "server/tomcat/keep-alive-timeout",
                        "60s",
                        "the backend closes an idle connection after 60 s"),
                replace(
                        "keep-alive",
                        NGINX,
                        "keepalive_timeout 75s",
                        "keepalive_timeout 30s",
                        "Nginx closes an idle connection after 30 s"),
                set(
                        "placeholders-of-the-image",
                        BACKEND_TASK,
                        CONTAINER + "image",
                        "tealdesk-backend:latest",
                        "would run something else than was built"));
    }

    private static List<Breakage> pipeline() {
        return List.of(
                set(
                        "deploy-action-keys",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/Image1Name",
                        "x",
                        "knows no Image1Name"),
                remove(
                        "deploy-action-keys",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/AppSpecTemplateArtifact",
                        "DeployBackend has no AppSpecTemplateArtifact"),
                remove(
                        "deploy-action-keys",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/Image1ArtifactName",
                        "only one of Image1ArtifactName"),
                set(
                        "deploy-action-artifacts",
                        PIPELINE,
                        DEPLOY_BACKEND + "InputArtifacts",
                        "[{\"Name\": \"SourceArtifact\"}]",
                        "takes the source artifact SourceArtifact"),
                set(
                        "deploy-action-artifacts",
                        PIPELINE,
                        DEPLOY_BACKEND + "InputArtifacts",
                        "[{\"Name\": \"BackendArtefact\"}]",
                        "takes the artifact BackendArtefact, which no earlier action makes"),
                set(
                        "deploy-action-artifacts",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/AppSpecTemplateArtifact",
                        "FrontendArtifact",
                        "is not among the InputArtifacts"),
                remove(
                        "deploy-action-artifacts",
                        PIPELINE,
                        "Resources/Pipeline/Properties/Stages/1/Actions/[Name=Migrate]/Configuration/PrimarySource",
                        "its PrimarySource is (nothing)"),
                set(
                        "artifact-files",
                        BUILD,
                        "artifacts/files",
                        "[\"imagedefinitions.json\", \"taskdef.json\", \"appspec.yaml\"]",
                        "the deployment looks for imageDetail.json"),
                set(
                        "artifact-files",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/TaskDefinitionTemplatePath",
                        "out/taskdef.json",
                        "the deployment looks for out/taskdef.json"),
                set("artifact-files", BUILD, "artifacts", "{\"files\": [\"**/*\"]}", "holds the whole checkout"),
                set(
                        "artifact-names",
                        BUILD,
                        "artifacts",
                        "{\"secondary-artifacts\": {\"backend\": {\"files\": [\"taskdef.json\"]}}}",
                        "expects the artifact BackendArtifact of BuildBackend"),
                set(
                        "image-placeholder",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/Image1ContainerName",
                        "backend",
                        "Image1ContainerName is backend, but the image in taskdef.json is <IMAGE1_NAME>"),
                set(
                        "image-placeholder",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/Image1ContainerName",
                        "<IMAGE1_NAME>",
                        "without its brackets"),
                set("placeholders-filled", BACKEND_TASK, "taskRoleArn", "<TASK_ROLE>", "nothing fills <TASK_ROLE>"),
                remove(
                        "placeholders-filled",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Environment/EnvironmentVariables/[Name=SMOKE_TEST_FUNCTION]",
                        "nothing fills <SMOKE_TEST_FUNCTION>"),
                set(
                        "deploys-its-own-group",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/DeploymentGroupName",
                        "backend",
                        "0 actions deploy to BackendDeploymentGroup"),
                set(
                        "deploys-its-own-group",
                        PIPELINE,
                        DEPLOY_BACKEND + "Configuration/ApplicationName",
                        "tealdesk",
                        "ApplicationName is tealdesk"),
                set(
                        "pipeline-order",
                        PIPELINE,
                        DEPLOY_BACKEND + "RunOrder",
                        "4",
                        "the backend does not end before the frontend is deployed"),
                set(
                        "pipeline-order",
                        PIPELINE,
                        "Resources/Pipeline/Properties/Stages/1/Actions/[Name=Migrate]/RunOrder",
                        "3",
                        "the migrations does not end before the backend is deployed"),
                set(
                        "one-release-at-a-time",
                        PIPELINE,
                        "Resources/Pipeline/Properties/ExecutionMode",
                        "PARALLEL",
                        "ExecutionMode is PARALLEL"),
                set(
                        "push-starts-it",
                        PIPELINE,
                        "Resources/Pipeline/Properties/Triggers/0/GitConfiguration/SourceActionName",
                        "GitHub",
                        "a trigger names the source action GitHub"),
                set(
                        "push-starts-it",
                        PIPELINE,
                        "Resources/Pipeline/Properties/Stages/0/Actions/0/Configuration/PollForSourceChanges",
                        "true",
                        "has no key PollForSourceChanges"),
                set(
                        "build-specification-exists",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Source/BuildSpec",
                        "backend/buildspec.yml",
                        "runs backend/buildspec.yml, which is not in the repository"),
                missing(
                        "scripts-exist",
                        "infra/pipeline/push.sh",
                        "calls infra/pipeline/push.sh, which is not in the repository"),
                remove(
                        "build-variables",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Environment/EnvironmentVariables/[Name=REPOSITORY_URI]",
                        "expects the variable REPOSITORY_URI, which BackendBuildProject is not given"),
                remove(
                        "build-variables",
                        PIPELINE,
                        "Resources/MigrateProject/Properties/Environment/EnvironmentVariables/[Name=TEALDESK_MIGRATION_SECRET]",
                        "expects the variable TEALDESK_MIGRATION_SECRET"),
                set(
                        "build-variables",
                        PIPELINE,
                        "Resources/Pipeline/Properties/Stages/1/Actions/[Name=Migrate]/InputArtifacts/1/Name",
                        "FrontendArtifact",
                        "looks into CODEBUILD_SRC_DIR_BackendArtifact"),
                replace(
                        "build-arguments",
                        "infra/pipeline/build-image.sh",
                        "--build-arg \"PREVIOUS_IMAGE=",
                        "--build-arg \"PREVIOUS=",
                        "passes the build argument PREVIOUS, which no Dockerfile declares"),
                set(
                        "build-arguments",
                        COMPOSE,
                        "services/backend/build/args/VERSION",
                        "1",
                        "passes the build argument VERSION"),
                remove("test-reports", BUILD, "reports/backend-tests/files", "the report backend-tests has no files"),
                set(
                        "rendered-roles",
                        BACKEND_TASK,
                        "taskRoleArn",
                        "<BACKEND_EXECUTION_ROLE_ARN>",
                        "the rendered taskRoleArn is ${service:BackendExecutionRole.Arn}"),
                set(
                        "rendered-roles",
                        BACKEND_TASK,
                        "family",
                        "tealdesk-backend",
                        "the rendered family is tealdesk-backend"),
                set(
                        "rendered-roles",
                        BACKEND_TASK,
                        CONTAINER + "logConfiguration/options/awslogs-group",
                        "/ecs/tealdesk",
                        "no stack creates the log group /ecs/tealdesk"),
                set(
                        "task-may-read-its-secrets",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Environment/EnvironmentVariables/[Name=TEALDESK_DATABASE_SECRET]/Value",
                        "{\"Fn::ImportValue\": {\"Fn::Sub\": \"${DataStack}-DatabaseMasterSecretArn\"}}",
                        "which the task's role may not read"),
                remove(
                        "task-may-read-its-secrets",
                        BACKEND_TASK,
                        CONTAINER + "environment/[name=TEALDESK_SMTP_SECRET]",
                        "which the task is not told of"),
                set(
                        "image-way",
                        SERVICE,
                        "Resources/BackendExecutionRole/Properties/Policies/0/PolicyDocument/Statement/[Sid=Pull]/Resource",
                        "{\"Fn::ImportValue\": {\"Fn::Sub\": \"${RegistryStack}-FrontendRepositoryArn\"}}",
                        "taskdef.json: the execution role may not ecr:BatchGetImage on ${registry:BackendRepository.Arn}"),
                remove(
                        "image-way",
                        SERVICE,
                        "Resources/FrontendExecutionRole/Properties/Policies/0/PolicyDocument/Statement/[Sid=Log]",
                        "the execution role may not logs:PutLogEvents on ${service:FrontendLogGroup.Arn}"),
                remove(
                        "pipeline-may-deploy",
                        PIPELINE,
                        "Resources/PipelinePolicy/Properties/PolicyDocument/Statement/[Sid=RegisterTaskDefinitions]",
                        "may not ecs:RegisterTaskDefinition"),
                remove(
                        "pipeline-may-deploy",
                        PIPELINE,
                        "Resources/PipelinePolicy/Properties/PolicyDocument/Statement/[Sid=PassRolesToTasks]/Resource/3",
                        "may not pass the taskRoleArn of frontend/taskdef.json"),
                remove(
                        "pipeline-may-deploy",
                        PIPELINE,
                        "Resources/PipelinePolicy/Properties/PolicyDocument/Statement/[Sid=PassRolesToTasks]/Condition",
                        "may pass roles to any service"));
    }

    private static List<Breakage> blueGreen() {
        return List.of(
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentConfiguration",
                        "{\"DeploymentCircuitBreaker\": {\"Enable\": true, \"Rollback\": true}}",
                        "DeploymentCircuitBreaker needs the deployment controller ECS"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentConfiguration",
                        "{\"Alarms\": {\"Enable\": true}}",
                        "Alarms needs the deployment controller ECS"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "TaskDefinition",
                        "{\"Ref\": \"BackendTaskDefinition\"}",
                        "refers to a revision of BackendTaskDefinition"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DesiredCount",
                        "2",
                        "DesiredCount is fixed"),
                set(
                        "service-under-code-deploy",
                        SERVICE,
                        BACKEND_SERVICE + "DeploymentController/Type",
                        "ECS",
                        "the deployment controller is ECS"),
                remove(
                        "task-definition-kept",
                        SERVICE,
                        "Resources/BackendTaskDefinition/UpdateReplacePolicy",
                        "has no UpdateReplacePolicy: Retain"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/TargetGroups/1/Name",
                        "{\"Fn::GetAtt\": [\"FrontendGreenTargetGroup\", \"TargetGroupName\"]}",
                        "FrontendGreenTargetGroup is in the pairs of"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/TestTrafficRoute/ListenerArns",
                        "[{\"Ref\": \"ProductionListener\"}]",
                        "test and production are one listener"),
                set(
                        "target-group-pair",
                        SERVICE,
                        BACKEND_GROUP + "LoadBalancerInfo/TargetGroupPairInfoList/0/ProdTrafficRoute/ListenerArns",
                        "[]",
                        "ProdTrafficRoute of BackendDeploymentGroup names []"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "DeploymentStyle/DeploymentOption",
                        "WITHOUT_TRAFFIC_CONTROL",
                        "DeploymentStyle of BackendDeploymentGroup"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "BlueGreenDeploymentConfiguration/DeploymentReadyOption/ActionOnTimeout",
                        "STOP_DEPLOYMENT",
                        "ActionOnTimeout of BackendDeploymentGroup is STOP_DEPLOYMENT"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess",
                        "{\"Action\": \"KEEP_ALIVE\"}",
                        "ECS knows TERMINATE only"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP
                                + "BlueGreenDeploymentConfiguration/TerminateBlueInstancesOnDeploymentSuccess/TerminationWaitTimeInMinutes",
                        "0",
                        "TerminationWaitTimeInMinutes of BackendDeploymentGroup is 0"),
                set(
                        "deployment-style",
                        SERVICE,
                        BACKEND_GROUP + "AutoRollbackConfiguration/Events",
                        "[\"DEPLOYMENT_FAILURE\"]",
                        "rolls back on [DEPLOYMENT_FAILURE]"),
                set(
                        "one-load-balancer-for-both-colours",
                        SERVICE,
                        "Resources/BackendGreenTargetGroup/Properties/HealthCheckPath",
                        "/actuator/health",
                        "HealthCheckPath is /actuator/health/readiness in BackendBlueTargetGroup"),
                set(
                        "listener-defaults",
                        SERVICE,
                        "Resources/ProductionListener/Properties/DefaultActions",
                        "[{\"Type\": \"forward\", \"TargetGroupArn\": {\"Ref\": \"FrontendBlueTargetGroup\"}}]",
                        "the default of ProductionListener is forward"),
                remove(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroups/1",
                        "the rule BackendProductionRule forwards to [${service:BackendBlueTargetGroup}]"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroups/1/Weight",
                        "100",
                        "the weights of BackendProductionRule are [100, 100]"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Actions/0/ForwardConfig/TargetGroupStickinessConfig",
                        "{\"Enabled\": true, \"DurationSeconds\": 60}",
                        "is sticky"),
                set(
                        "both-colours-in-a-rule",
                        SERVICE,
                        "Resources/BackendTestRule/Properties/Actions/0/ForwardConfig/TargetGroups",
                        "[{\"TargetGroupArn\": {\"Ref\": \"BackendBlueTargetGroup\"}, \"Weight\": 0}, {\"TargetGroupArn\": {\"Ref\": \"BackendGreenTargetGroup\"}, \"Weight\": 100}]",
                        "the rules of backend point at different colours"),
                set(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/BackendTestRule/Properties/Conditions/0/PathPatternConfig/Values",
                        "[\"/api/*\", \"/actuator/health\"]",
                        "the test listener does not route [/api] to backend"),
                set(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Conditions/0/PathPatternConfig/Values",
                        "[\"/api\", \"/api/*\", \"/actuator/health\"]",
                        "production shows /actuator/health to everybody"),
                remove(
                        "rules-mirrored",
                        SERVICE,
                        "Resources/FrontendProductionRule",
                        "no rule of the production listener forwards to frontend"),
                set(
                        "rule-priorities",
                        SERVICE,
                        "Resources/FrontendProductionRule/Properties/Priority",
                        "10",
                        "both have priority 10"),
                set(
                        "rule-priorities",
                        SERVICE,
                        "Resources/BackendProductionRule/Properties/Priority",
                        "200",
                        "comes after FrontendProductionRule, which takes every path"),
                set(
                        "service-after-its-rules",
                        SERVICE,
                        "Resources/BackendService/DependsOn",
                        "[\"BackendTaskDefinition\", \"BackendTestRule\"]",
                        "does not wait for BackendProductionRule"),
                replace(
                        "health-check-of-the-target-group",
                        NGINX,
                        "location = /healthz",
                        "location = /health",
                        "FrontendBlueTargetGroup asks for /healthz, which frontend does not have"),
                set(
                        "health-check-of-the-target-group",
                        SERVICE,
                        "Resources/BackendBlueTargetGroup/Properties/HealthCheckIntervalSeconds",
                        "60",
                        "takes 120 s to call a task healthy"),
                set(
                        "health-check-of-the-target-group",
                        SERVICE,
                        BACKEND_SERVICE + "HealthCheckGracePeriodSeconds",
                        "10",
                        "is given 10 s of grace"),
                set(
                        "health-check-of-the-target-group",
                        SETTINGS,
                        "management/endpoint/health/group/readiness/include",
                        "readinessState,db",
                        "readiness includes the database"),
                set(
                        "drain",
                        SERVICE,
                        "Resources/BackendBlueTargetGroup/Properties/TargetGroupAttributes",
                        "[]",
                        "BackendBlueTargetGroup drains for 300 s"),
                remove(
                        "alarms-on-both-colours",
                        SERVICE,
                        BACKEND_GROUP + "AlarmConfiguration",
                        "is watched by no alarm"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        BACKEND_GROUP + "AlarmConfiguration/Alarms",
                        "[{\"Name\": {\"Ref\": \"BackendBlueServerErrorsAlarm\"}}]",
                        "no alarm of BackendDeploymentGroup watches BackendGreenTargetGroup"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        "Resources/BackendGreenServerErrorsAlarm/Properties/TreatMissingData",
                        "breaching",
                        "treats missing data as breaching"),
                set(
                        "alarms-on-both-colours",
                        SERVICE,
                        "Resources/BackendBlueUnhealthyAlarm/Properties/MetricName",
                        "HealthyHostCount",
                        "counts healthy hosts"),
                set(
                        "traffic-shifting",
                        SERVICE,
                        BACKEND_GROUP + "DeploymentConfigName",
                        "CodeDeployDefault.ECSAllAtOnce",
                        "the backend is shifted all at once"),
                set(
                        "traffic-shifting",
                        SERVICE,
                        FRONTEND_GROUP + "DeploymentConfigName",
                        "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
                        "the frontend is shifted in steps"),
                set(
                        "hooks-exist",
                        BACKEND_SPEC,
                        "Hooks/0/AfterAllowTestTraffic",
                        "tealdesk-smoke-test",
                        "calls tealdesk-smoke-test, which is no function of the service stack"),
                set(
                        "hooks-exist",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Timeout",
                        "3",
                        "runs for at most 3 s"),
                remove(
                        "hooks-exist",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=Report]",
                        "may not report to CodeDeploy"),
                replace(
                        "hooks-exist",
                        SERVICE,
                        "(Sid: CallHook\\s+Effect: Allow\\s+Action: )lambda:InvokeFunction",
                        "$1lambda:GetFunction",
                        "CodeDeploy's role may not call SmokeTestFunction"),
                remove(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Environment/Variables/TEST_URL",
                        "reads TEST_URL, which no function in service.yaml is given"),
                set(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Environment/Variables/TESTURL",
                        "x",
                        "no hook reads TESTURL"),
                set(
                        "hook-environment",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/Handler",
                        "io.tealdesk.hooks.Smoke::handleRequest",
                        "there is no infra/hooks/src/main/java/io/tealdesk/hooks/Smoke.java"),
                remove(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/BackendScalableTarget",
                        "BackendService has 0 scalable targets"),
                set(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/BackendScalableTarget/Properties/MaxCapacity",
                        "0",
                        "scales between"),
                remove(
                        "autoscaling-pauses",
                        SERVICE,
                        "Resources/ScalingPausePolicy",
                        "nothing in the stack may pause autoscaling"));
    }

    private static List<Breakage> stacks() {
        return List.of(
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/LoadBalancer/Properties/Subnets",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnet\"}}]}",
                        "imports tealdesk-production-network-PublicSubnet, which no stack"),
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/LoadBalancer/Properties/Name",
                        "{\"Ref\": \"Nowhere\"}",
                        "there is no resource or parameter Nowhere"),
                set(
                        "references-resolve",
                        SERVICE,
                        "Resources/RedirectListener/Condition",
                        "HasCertificat",
                        "there is no condition HasCertificat"),
                missing("references-resolve", "infra/cloudformation/observability.yaml", "the template is missing"),
                set(
                        "environment-parameters",
                        STAGING,
                        "Stacks/service/Hostname",
                        "x",
                        "the stack service has no parameter Hostname"),
                remove(
                        "environment-parameters",
                        STAGING,
                        "Stacks/data/AlarmEmail",
                        "gives the stack data no AlarmEmail"),
                set("environment-parameters", STAGING, "Stacks/service/MinimumTasks", "7", "MinimumTasks is 7"),
                set("environment-parameters", STAGING, "Stacks/network/InternetAccess", "yes", "InternetAccess is yes"),
                replace(
                        "deploy-order",
                        "infra/deploy.sh",
                        "^order=\\(network data",
                        "order=(data network",
                        "deploys in the order [data, network"),
                replace(
                        "deploy-order",
                        "infra/deploy.sh",
                        "\\[observability\\]=\"data service\"",
                        "[observability]=\"service\"",
                        "observability has the parameter DataStack"),
                set(
                        "exports-named-after-stack",
                        NETWORK,
                        "Outputs/Vpc/Export/Name",
                        "tealdesk-vpc",
                        "the export Vpc is called tealdesk-vpc"),
                append("plain-yaml", NETWORK, "x: &anchor y", "the YAML alias &anchor"),
                set(
                        "no-physical-role-names",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/RoleName",
                        "backend",
                        "BackendTaskRole has a name of its own"),
                remove(
                        "parameters-described",
                        SERVICE,
                        "Parameters/HostName/Description",
                        "the parameter HostName has no Description"),
                replace(
                        "log-filters",
                        "infra/cloudformation/observability.yaml",
                        "has failed for good",
                        "was given up",
                        "no line of the backend's log says \"was given up\""));
    }

    private static List<Breakage> security() {
        return List.of(
                set(
                        "nothing-in-public",
                        SERVICE,
                        BACKEND_SERVICE + "NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp",
                        "ENABLED",
                        "the tasks of BackendService get public addresses"),
                set(
                        "nothing-in-public",
                        SERVICE,
                        BACKEND_SERVICE + "NetworkConfiguration/AwsvpcConfiguration/Subnets",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}]}",
                        "BackendService stands in ${network:PublicSubnet1}"),
                set(
                        "nothing-in-public",
                        DATA,
                        "Resources/DatabaseSubnets/Properties/SubnetIds",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}]}",
                        "DatabaseSubnets stands in"),
                set(
                        "nothing-in-public",
                        PIPELINE,
                        "Resources/MigrateProject/Properties/Environment/EnvironmentVariables/[Name=SUBNETS]/Value",
                        "{\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PublicSubnets\"}}",
                        "SUBNETS holds the public subnet"),
                set(
                        "nothing-in-public",
                        NETWORK,
                        "Resources/PrivateSubnet1/Properties/MapPublicIpOnLaunch",
                        "true",
                        "PrivateSubnet1 gives public addresses"),
                set(
                        "database-isolated",
                        DATA,
                        "Resources/DatabaseSubnets/Properties/SubnetIds",
                        "{\"Fn::Split\": [\",\", {\"Fn::ImportValue\": {\"Fn::Sub\": \"${NetworkStack}-PrivateSubnets\"}}]}",
                        "which has a route to a NAT gateway"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties",
                        "{\"GroupId\": {\"Ref\": \"DatabaseSecurityGroup\"}, \"IpProtocol\": \"tcp\", \"FromPort\": 5432, \"ToPort\": 5432, \"CidrIp\": \"0.0.0.0/0\"}",
                        "lets the whole internet in on port 5432"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/LoadBalancerFromHookHttps/Properties",
                        "{\"GroupId\": {\"Ref\": \"LoadBalancerSecurityGroup\"}, \"IpProtocol\": \"tcp\", \"FromPort\": 8443, \"ToPort\": 8443, \"CidrIp\": \"0.0.0.0/0\"}",
                        "The test listener is for the hook only"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/BackendFromLoadBalancer/Properties/ToPort",
                        "4000",
                        "opens more than one port"),
                remove(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend",
                        "no security group rule lets the backend reach the database on port 5432"),
                remove(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/LoadBalancerSecurityGroup/Properties/SecurityGroupEgress/0",
                        "no egress rule lets the load balancer call backend on port 3000"),
                set(
                        "security-groups-chained",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties/SourceSecurityGroupId",
                        "{\"Ref\": \"LoadBalancerSecurityGroup\"}",
                        "the load balancer may reach the database"),
                remove(
                        "security-groups-described",
                        NETWORK,
                        "Resources/DatabaseFromBackend/Properties/Description",
                        "has no Description"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/Resource",
                        "\"*\"",
                        "allows secretsmanager:GetSecretValue on every resource"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/Action",
                        "secretsmanager:*",
                        "allows secretsmanager:*"),
                set(
                        "no-star-resource",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=SignIn]/NotAction",
                        "iam:*",
                        "allows all but some"),
                remove(
                        "secret-needs-its-key",
                        SERVICE,
                        "Resources/SmokeTestPolicy/Properties/PolicyDocument/Statement/[Sid=Decrypt]",
                        "SmokeTestPolicy may read ${data:SyntheticCustomerSecret} but not use its key"),
                set(
                        "no-broad-managed-policies",
                        SERVICE,
                        "Resources/CodeDeployRole/Properties/ManagedPolicyArns",
                        "[\"arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS\"]",
                        "has the managed policy AWSCodeDeployRoleForECS"),
                set(
                        "trust",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/AssumeRolePolicyDocument/Statement/0/Principal",
                        "\"*\"",
                        "may be assumed by anybody"),
                remove(
                        "trust",
                        SERVICE,
                        "Resources/BackendTaskRole/Properties/AssumeRolePolicyDocument/Statement/0/Condition",
                        "on behalf of another account"),
                set(
                        "no-secrets-in-templates",
                        DATA,
                        "Resources/Database/Properties/MasterUserPassword",
                        "correct-horse",
                        "MasterUserPassword of Database is written as a value"),
                set(
                        "no-secrets-in-templates",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/Environment/EnvironmentVariables/+",
                        "{\"Name\": \"GITHUB_TOKEN\", \"Value\": \"abc\"}",
                        "GITHUB_TOKEN of BackendBuildProject is written as a value"),
                set(
                        "no-secrets-in-templates",
                        SERVICE,
                        "Parameters/DatabasePassword",
                        "{\"Type\": \"String\", \"NoEcho\": true}",
                        "the parameter DatabasePassword takes a secret"),
                remove(
                        "log-retention",
                        SERVICE,
                        "Resources/BackendLogGroup/Properties/RetentionInDays",
                        "BackendLogGroup keeps logs for ever"),
                remove(
                        "log-retention",
                        SERVICE,
                        "Resources/SmokeTestFunction/Properties/LoggingConfig",
                        "logs to a group that AWS makes"),
                remove(
                        "log-retention",
                        PIPELINE,
                        "Resources/BackendBuildProject/Properties/LogsConfig",
                        "logs to a group that AWS makes"),
                set(
                        "encrypted",
                        DATA,
                        "Resources/Database/Properties/StorageEncrypted",
                        "false",
                        "Database has no StorageEncrypted"),
                remove(
                        "encrypted",
                        DATA,
                        "Resources/<AWS::SNS::Topic>/Properties/KmsMasterKeyId",
                        "has no KmsMasterKeyId"),
                remove(
                        "encrypted",
                        REGISTRY,
                        "Resources/BackendRepository/Properties/EncryptionConfiguration",
                        "BackendRepository has no EncryptionConfiguration"),
                set(
                        "kept-on-delete",
                        DATA,
                        "Resources/Database/DeletionPolicy",
                        "Delete",
                        "DeletionPolicy of Database is Delete"),
                remove(
                        "kept-on-delete",
                        DATA,
                        "Resources/<AWS::S3::Bucket>/UpdateReplacePolicy",
                        "UpdateReplacePolicy of"),
                remove(
                        "kept-on-delete",
                        PIPELINE,
                        "Resources/ArtifactKey/DeletionPolicy",
                        "DeletionPolicy of ArtifactKey is Delete"),
                set(
                        "buckets-private",
                        DATA,
                        "Resources/<AWS::S3::Bucket>/Properties/PublicAccessBlockConfiguration/BlockPublicPolicy",
                        "false",
                        "does not set BlockPublicPolicy"),
                remove(
                        "buckets-private",
                        PIPELINE,
                        "Resources/ArtifactBucketPolicy",
                        "ArtifactBucket answers requests without TLS"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/PubliclyAccessible",
                        "true",
                        "has a public address"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/DeletionProtection",
                        "false",
                        "can be deleted by a slip"),
                set("database-guarded", STAGING, "Stacks/data/BackupRetentionDays", "1", "keeps backups for 1 days"),
                remove(
                        "database-guarded",
                        DATA,
                        "Resources/Database/Properties/ManageMasterUserPassword",
                        "is not kept and rotated by AWS"),
                set(
                        "database-guarded",
                        DATA,
                        "Resources/DatabaseParameters/Properties/Parameters/rds.force_ssl",
                        "\"0\"",
                        "accepts connections without TLS"),
                set(
                        "tls",
                        SERVICE,
                        "Resources/ProductionListener/Properties/SslPolicy",
                        "ELBSecurityPolicy-2016-08",
                        "uses the TLS policy ELBSecurityPolicy-2016-08"),
                set(
                        "tls",
                        SERVICE,
                        "Resources/RedirectListener/Properties/DefaultActions",
                        "[{\"Type\": \"fixed-response\"}]",
                        "serves without TLS beside a listener with it"),
                set(
                        "registry-immutable",
                        REGISTRY,
                        "Resources/BackendRepository/Properties/ImageTagMutability",
                        "MUTABLE",
                        "tags of BackendRepository can be moved"),
                remove(
                        "registry-immutable",
                        REGISTRY,
                        "Resources/FrontendRepository/Properties/LifecyclePolicy",
                        "FrontendRepository grows for ever"),
                remove(
                        "alarms-reach-somebody",
                        SERVICE,
                        "Resources/LoadBalancerErrorsAlarm/Properties/AlarmActions",
                        "LoadBalancerErrorsAlarm tells nobody"),
                set(
                        "alarms-reach-somebody",
                        SERVICE,
                        "Resources/BackendGreenServerErrorsAlarm/Properties/Dimensions/1/Value",
                        "{\"Fn::GetAtt\": [\"BackendBlueTargetGroup\", \"TargetGroupFullName\"]}",
                        "BackendGreenServerErrorsAlarm watches the target group of blue"));
    }

    private static List<Breakage> linters() {
        return List.of(
                set(
                        "suppressions-in-templates",
                        SERVICE,
                        "Resources/SmokeTestFunction/Metadata/checkov/skip/0/comment",
                        "\"\"",
                        "skips CKV_AWS_115 without a reason"),
                set(
                        "suppressions-in-templates",
                        SERVICE,
                        "Resources/SmokeTestFunction/Metadata/checkov/skip/0/id",
                        "CKV_*",
                        "Name one check"),
                set(
                        "suppressions-in-templates",
                        NETWORK,
                        "Metadata/checkov",
                        "{\"skip\": [{\"id\": \"CKV_AWS_23\"}]}",
                        "is switched off for the whole template"),
                append(
                        "suppressions-in-comments",
                        BACKEND_IMAGE,
                        "\n# hadolint ignore=DL3008\nRUN true",
                        "hadolint is told to look away without a reason"),
                append(
                        "suppressions-in-comments",
                        "infra/deploy.sh",
                        "\n# shellcheck disable=SC2086\ntrue",
                        "shellcheck is told to look away without a reason"),
                append(
                        "suppressions-in-settings",
                        ".squawk.toml",
                        "\n    \"ban-drop-column\",",
                        "ban-drop-column is switched off everywhere"),
                append("linters-pinned", "infra/lint-requirements.txt", "cfn-lint>=1.0", "is not pinned"),
                append(
                        "linters-pinned",
                        "infra/lint-requirements.txt",
                        "semgrep==1.0.0",
                        "infra/lint.sh does not run semgrep"));
    }
}
