package io.tealdesk.rehearsal.plan;

import static io.tealdesk.rehearsal.plan.Changes.FRONTEND_TASK;
import static io.tealdesk.rehearsal.plan.Changes.REPOSITORY;
import static io.tealdesk.rehearsal.plan.Changes.SERVICE;
import static io.tealdesk.rehearsal.plan.Changes.SPEC;
import static io.tealdesk.rehearsal.plan.Changes.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The repository's files with one thing wrong, and the line that has to come of it. */
class StrangersFilesTests {

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort: 8080",
                        "ContainerPort is 8080, but the service has 3000 behind the load balancer (infra/cloudformation/service.yaml:"),
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort: \"3000\"",
                        "ContainerPort is the text \"3000\". CodeDeploy takes a number: no quotation marks"),
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort: -1",
                        "ContainerPort is -1. It has to be a whole number from 1 to 65535"),
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort: http",
                        "ContainerPort is http. It has to be a whole number"),
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort:",
                        "ContainerPort is empty. It has to be a whole number"),
                new Mistake(
                        SPEC,
                        " *ContainerPort: 3000\n",
                        "",
                        "LoadBalancerInfo",
                        "ContainerPort is missing. It has to be a whole number"),
                new Mistake(
                        SPEC,
                        "ContainerName: backend",
                        "ContainerName: api",
                        "ContainerName is api, but the service has backend behind the load balancer (infra/cloudformation/service.yaml:"),
                new Mistake(
                        SPEC,
                        "<TASK_DEFINITION>\n",
                        "<TASKDEF>\n",
                        "TaskDefinition is <TASKDEF>. CodePipeline replaces exactly <TASK_DEFINITION> by the revision that it registers"),
                new Mistake(
                        SPEC,
                        "<SMOKE_TEST_FUNCTION>",
                        "<SMOKE_TEST_FUNCTON>",
                        "nothing fills <SMOKE_TEST_FUNCTON>. Did you mean <SMOKE_TEST_FUNCTION>?"),
                new Mistake(
                        SPEC,
                        "<SMOKE_TEST_FUNCTION>",
                        "tealdesk-smoke-test",
                        "the hook AfterAllowTestTraffic calls tealdesk-smoke-test, which is no function of infra/cloudformation/service.yaml."),
                new Mistake(
                        SPEC,
                        "<SMOKE_TEST_FUNCTION>",
                        "${SMOKE_TEST_FUNCTION}",
                        "${SMOKE_TEST_FUNCTION} is no placeholder of these files. Write <SMOKE_TEST_FUNCTION>"),
                new Mistake(SPEC, "<SMOKE_TEST_FUNCTION>", "{{SMOKE_TEST_FUNCTION}}", "a key has to be a plain text"),
                new Mistake(
                        SPEC,
                        "<SMOKE_TEST_FUNCTION>",
                        "",
                        "AfterAllowTestTraffic is empty. Name the function that it calls"),
                new Mistake(
                        SPEC,
                        "AfterAllowTestTraffic",
                        "AfterAllowTestTrafic",
                        "a deployment to ECS has no event AfterAllowTestTrafic. Did you mean AfterAllowTestTraffic?"),
                new Mistake(
                        SPEC,
                        "AfterAllowTestTraffic",
                        "ApplicationStart",
                        "a deployment to ECS has no event ApplicationStart. Hooks can be BeforeInstall, AfterInstall, AfterAllow"),
                new Mistake(
                        SPEC,
                        "AfterAllowTestTraffic",
                        "AllowTraffic",
                        "CodeDeploy does AllowTraffic itself. Hooks can be BeforeInstall,"),
                new Mistake(
                        SPEC,
                        "  - AfterAllowTestTraffic",
                        "  AfterAllowTestTraffic",
                        "Hooks:",
                        "Hooks is {AfterAllowTestTraffic: <SMOKE_TEST_FUNCTION>}. It is a list: write \"- \" before each event"),
                new Mistake(
                        SPEC,
                        "LoadBalancerInfo:",
                        "LoadbalancerInfo:",
                        "CodeDeploy knows no LoadbalancerInfo in the TargetService's Properties. Did you mean LoadBalancerInfo?"),
                new Mistake(
                        SPEC,
                        "          ContainerName",
                        "\t  ContainerName",
                        "this is no YAML: found character '\\t(TAB)' that cannot start any token."),
                new Mistake(
                        SPEC,
                        "Hooks:\n.*",
                        "",
                        "version:",
                        "no hook AfterAllowTestTraffic. Without it nothing tests the new tasks before customers meet them"),
                new Mistake(
                        SPEC,
                        "- AfterAllowTestTraffic: .*",
                        "- AfterAllowTestTraffic",
                        "an entry of Hooks is AfterAllowTestTraffic. Write an event and its function"),
                new Mistake(
                        SPEC,
                        "ContainerPort: 3000",
                        "ContainerPort: 03000",
                        "ContainerPort is 03000, but the service has 3000 behind the load balancer"),
                new Mistake(SPEC, "0.0", "1.0", "version is 1.0. CodeDeploy knows 0.0 only: write version: 0.0"),
                new Mistake(
                        TASK,
                        "\"containerPort\": 3000",
                        "\"containerPort\": 3001",
                        "containerPort is 3001, but ContainerPort of appspec.yaml and the service is 3000. Write 3000"),
                new Mistake(
                        TASK,
                        "\"containerPort\": 3000",
                        "\"containerPort\": \"3000\"",
                        "containerPort is the text \"3000\". AWS takes a whole number, without quotation marks"),
                new Mistake(
                        TASK,
                        "\"containerPort\": 3000",
                        "\"containerport\": 3000",
                        "AWS knows no containerport in portMappings. Did you mean containerPort?"),
                new Mistake(
                        TASK,
                        " *\"portMappings\".*\n",
                        "",
                        "\\{\n *\"name\": \"backend\"",
                        "the container has no portMappings, but ContainerPort of appspec.yaml and the service is 3000. Write 3000"),
                new Mistake(
                        TASK,
                        "\"name\": \"backend\"",
                        "\"name\": \"api\"",
                        "no container is called backend, only [api]. CodeDeploy finds it by the ContainerName of appspec.yaml"),
                new Mistake(
                        TASK,
                        "\"<IMAGE1_NAME>\"",
                        "\"tealdesk-backend:latest\"",
                        "image is tealdesk-backend:latest, so a deployment would run something else than was built. Write \"<IMAGE1_NAME>\""),
                new Mistake(
                        TASK,
                        "\"<IMAGE1_NAME>\"",
                        "\"<IMAGE_NAME>\"",
                        "nothing fills <IMAGE_NAME>. Did you mean <IMAGE1_NAME>?"),
                new Mistake(
                        TASK,
                        "\"image\": \"<IMAGE1_NAME>\",",
                        "",
                        "\\{\n *\"name\": \"backend\"",
                        "image is missing, so a deployment would run something else than was built."),
                new Mistake(
                        TASK,
                        "<TEALDESK_DATABASE_SECRET>",
                        "<TEALDESK_DATABSE_SECRET>",
                        "nothing fills <TEALDESK_DATABSE_SECRET>. Did you mean <TEALDESK_DATABASE_SECRET>?"),
                new Mistake(
                        TASK,
                        "<SMTP_PORT>",
                        "<MAIL_SERVER_PORT>",
                        "nothing fills <MAIL_SERVER_PORT>. The build of taskdef.json needs a variable of this name in infra/cloudformation/pipeline.yaml"),
                new Mistake(TASK, "<SMTP_PORT>", "<SMTP_PORT", "<SMTP_PORT is no placeholder. Write <SMTP_PORT>"),
                new Mistake(
                        TASK,
                        "\"healthCheck\": \\{[^}]*},",
                        "",
                        "\\{\n *\"name\": \"backend\"",
                        "the container has no healthCheck. Without one ECS takes a task for healthy that answers nothing"),
                new Mistake(
                        TASK,
                        "\"healthCheck\"",
                        "\"healtcheck\"",
                        "AWS knows no healtcheck in containerDefinitions. Did you mean healthCheck?"),
                new Mistake(
                        TASK,
                        "\"stopTimeout\": 60",
                        "\"stopTimeout\": 300",
                        "stopTimeout is 300. It has to be a whole number from 0 to 120"),
                new Mistake(
                        TASK,
                        "\"stopTimeout\": 60",
                        "\"stopTimeout\": -1",
                        "stopTimeout is -1. It has to be a whole number from 0 to 120"),
                new Mistake(
                        TASK,
                        "\"stopTimeout\": 60",
                        "\"stopTimeout\": 1e3",
                        "stopTimeout is 1e3. AWS takes a whole number, without quotation marks"),
                new Mistake(
                        TASK,
                        "\"stopTimeout\": 60",
                        "\"stopTimeout\": 5",
                        "stopTimeout is 5 s, but the backend goes on serving for"),
                new Mistake(
                        TASK,
                        "\"logDriver\": \"awslogs\",",
                        "",
                        "\"logConfiguration\"",
                        "logDriver of logConfiguration is missing. Write it"),
                new Mistake(
                        TASK,
                        "\"interval\": 10",
                        "\"interval\": 100000",
                        "interval is 100000. It has to be a whole number from 5 to 300"),
                new Mistake(TASK, "\"cpu\": \"512\"", "\"cpu\": 512", "cpu is 512. AWS takes a text: write \"512\""),
                new Mistake(
                        TASK,
                        "\"cpu\": \"512\"",
                        "\"cpu\": \"999\"",
                        "Fargate has no task of 999 CPU units and 1024 MiB."),
                new Mistake(
                        TASK,
                        "\"user\": \"10001:10001\"",
                        "\"user\": \"root\"",
                        "the container backend runs as root. Name the user by a number other than 0"),
                new Mistake(
                        TASK,
                        "\"essential\": true,",
                        "\"essential\": true",
                        "this is no JSON: a comma is missing at the end of this line"),
                new Mistake(
                        TASK,
                        "\"max-buffer-size\": \"10m\"",
                        "\"max-buffer-size\": \"10m\",",
                        "this is no JSON: a comma too many: nothing follows it"),
                new Mistake(TASK, "\\[\"ALL\"]", "[\"ALL\",]", "this is no JSON: a comma too many: nothing follows it"),
                new Mistake(
                        TASK,
                        "\"essential\": true,",
                        "// always\n\"essential\": true,",
                        "this is no JSON: JSON has no comments. Take it out"),
                new Mistake(
                        TASK,
                        "\"essential\"",
                        "essential",
                        "this is no JSON: keys and texts stand between double quotation marks"),
                new Mistake(
                        TASK,
                        "\"essential\"",
                        "'essential'",
                        "this is no JSON: keys and texts stand between double quotation marks"),
                new Mistake(
                        TASK, "]\n}\n$", "", "this is no JSON: the file ends in the middle: a bracket is not closed"),
                new Mistake(TASK, "(?s).*", "", "a task definition is empty. AWS takes an object: {…}"),
                new Mistake(TASK, "(?s).*", "[]", "a task definition is a list. AWS takes an object: {…}"),
                new Mistake(
                        TASK,
                        "(?s)\\{(.*)}",
                        "{\"taskDefinition\": {}}",
                        "AWS knows no taskDefinition in a task definition. Known are containerDefinitions, cpu,"),
                new Mistake(
                        TASK,
                        "\"essential\": true,",
                        "\"essential\": true, \"essential\": false,",
                        "this is no JSON: Duplicate Object property \"essential\""),
                new Mistake(TASK, "]\n}\n$", "}]\n", "this is no JSON: } closes nothing that is open here"),
                new Mistake(
                        TASK,
                        "]\n}\n$",
                        "]\n} {}\n",
                        "}\n$",
                        "this is no JSON: something follows the last bracket. Take it out"),
                new Mistake(
                        SERVICE,
                        "DEPLOYMENT_STOP_ON_ALARM, ",
                        "DEPLOYMENT_STOP_ON_ALRM, ",
                        "an event of AutoRollbackConfiguration is DEPLOYMENT_STOP_ON_ALRM. Known are [DEPLOYMENT_FAILURE,"),
                new Mistake(
                        FRONTEND_TASK,
                        "80",
                        "8080",
                        "containerPort is 8080, but ContainerPort of frontend/appspec.yaml and the service is 80. Write 80"),
                new Mistake(
                        FRONTEND_TASK,
                        "\"stopTimeout\": 60",
                        "\"stopTimeout\": 2",
                        "stopTimeout is 2 s, but worker_shutdown_timeout is 30 s (frontend/nginx/nginx.conf:6): Nginx would be killed"),
                new Mistake(
                        SERVICE,
                        "idle_timeout.timeout_seconds, Value: \"60\"",
                        "idle_timeout.timeout_seconds, Value: \"120\"",
                        "the load balancer keeps an idle connection for 120 s, but the backend closes it after 75 s ("),
                new Mistake(
                        SERVICE,
                        "ECSCanary10Percent5Minutes",
                        "ECSCanary20Percent5Minutes",
                        "DeploymentConfigName is CodeDeployDefault.ECSCanary20Percent5Minutes. CodeDeploy's own for ECS are [CodeDeployDefault.ECSAllAtOnce,"),
                new Mistake(
                        SERVICE,
                        "Priority: 10\n",
                        "Priority: ten\n",
                        "Priority is ten. It has to be a whole number from 1 to 50000"),
                new Mistake(
                        SERVICE,
                        "deregistration_delay.timeout_seconds, Value: \"60\"",
                        "deregistration_delay.timeout_seconds, Value: \"4000\"",
                        "deregistration_delay.timeout_seconds is 4000. It has to be a whole number from 0 to 3600"),
                new Mistake(
                        SERVICE,
                        "MinCapacity: !Ref MinimumTasks",
                        "MinCapacity: !Ref MinimumTask",
                        "there is no resource or parameter MinimumTask"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void oneLineSaysWhatAndWhere(Mistake mistake) {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> DeploymentFiles.checked(mistake.make(), "production"))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(mistake.place() + ": " + mistake.message())
                        .doesNotContain("\n"));
    }

    @Test
    void bracketsWithoutEndAreNamed() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> DeploymentFiles.checked(REPOSITORY.with(TASK, "[".repeat(2000)), "production"))
                .satisfies(e -> assertThat(e.getMessage()).startsWith("taskdef.json: this is no JSON: "));
    }

    @Test
    void anEmptyTemplateIsNamedAndNotTheOneThatNeedsIt() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> DeploymentFiles.checked(REPOSITORY.with(SERVICE, ""), "production"))
                .withMessage("infra/cloudformation/service.yaml:1: the template has no Resources. Write them");
    }

    @Test
    void howAnEditorOnWindowsWritesAFileIsNoMistake() {
        SourceTree files = REPOSITORY;
        for (String file : List.of(SPEC, TASK, SERVICE)) {
            files = files.with(file, "\uFEFF" + REPOSITORY.text(file).replace("\n", "\r\n"));
        }
        assertThat(DeploymentFiles.checked(files, "production").unproven()).isEmpty();
    }

    @Test
    void aPortThatOnlyTheImageDoesNotHaveIsFoundThere() {
        SourceTree files = REPOSITORY;
        for (String file : List.of(SPEC, TASK, SERVICE)) {
            files = files.with(file, REPOSITORY.text(file).replace("3000", "8080"));
        }
        assertThat(refused(files))
                .startsWith("Dockerfile.backend:")
                .contains(": the image does not expose 8080, which is the containerPort in taskdef.json");
    }

    @Test
    void aUserThatTheImageIsNotMadeForIsFoundThere() {
        assertThat(refused(REPOSITORY.with(TASK, REPOSITORY.text(TASK).replace("10001:10001", "10002:10002"))))
                .startsWith("Dockerfile.backend:")
                .contains(": the image is made for the user 10001:10001, but taskdef.json runs it as 10002:10002.");
    }

    private static String refused(SourceTree files) {
        try {
            DeploymentFiles.checked(files, "production");
        } catch (UnreadableFile e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("the files were in order");
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertThatExceptionOfType(UnreadableFile.class)
                .isThrownBy(() -> DeploymentFiles.checked(REPOSITORY.without(TASK), "production"))
                .withMessage("taskdef.json: the file is missing. CodePipeline looks for it beside appspec.yaml");
    }
}
