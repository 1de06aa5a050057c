package io.tealdesk.infra.rules;

import static io.tealdesk.infra.rules.Breakage.missing;
import static io.tealdesk.infra.rules.Breakage.remove;
import static io.tealdesk.infra.rules.Breakage.replace;
import static io.tealdesk.infra.rules.Breakage.set;
import static io.tealdesk.infra.rules.Breakages.BACKEND_TASK;
import static io.tealdesk.infra.rules.Breakages.BUILD;
import static io.tealdesk.infra.rules.Breakages.COMPOSE;
import static io.tealdesk.infra.rules.Breakages.CONTAINER;
import static io.tealdesk.infra.rules.Breakages.DEPLOY_BACKEND;
import static io.tealdesk.infra.rules.Breakages.PIPELINE;
import static io.tealdesk.infra.rules.Breakages.SERVICE;

import java.util.List;

/** The pipeline, its builds and what leaves them. */
final class PipelineBreakages {

    private PipelineBreakages() {}

    static List<Breakage> all() {
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
                        "may pass roles to any service"),
                replace(
                        "migration-modes",
                        "infra/pipeline/buildspec-migrate.yml",
                        "migrate.sh migrate ",
                        "migrate.sh flyway ",
                        "starts the backend as flyway"));
    }
}
