package io.tealdesk.rehearsal.plan;

import static io.tealdesk.rehearsal.plan.Changes.REPOSITORY;
import static io.tealdesk.rehearsal.plan.Changes.SERVICE;
import static io.tealdesk.rehearsal.plan.Changes.TASK;
import static io.tealdesk.rehearsal.plan.Changes.ofContainer;
import static io.tealdesk.rehearsal.plan.Changes.property;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan.ForwardRule;
import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The repository's own files, read for a rehearsal, and what becomes of the plan when one of them changes. */
class DeploymentFilesTests {

    private final DeploymentPlan plan = DeploymentFiles.read(REPOSITORY);

    @Test
    void everythingThatTheFilesAskForIsPlayed() {
        assertThat(plan.unproven()).isEmpty();
        assertThat(DeploymentFiles.read(REPOSITORY, "staging").unproven()).isEmpty();
    }

    @Test
    void theTasksAreThoseOfTheTaskDefinitions() {
        for (ServicePlan service : List.of(plan.backend(), plan.frontend())) {
            String folder = service.name() == ServiceName.BACKEND ? "" : "frontend/";
            JsonNode definition = JsonMapper.shared().readTree(REPOSITORY.text(folder + "taskdef.json"));
            JsonNode container = definition.at("/containerDefinitions/0");
            TaskPlan task = service.task();

            assertThat(task.container()).isEqualTo(container.path("name").stringValue());
            assertThat(task.port())
                    .isEqualTo(container.at("/portMappings/0/containerPort").intValue());
            assertThat(task.cpus() * 1024)
                    .isEqualTo(Integer.parseInt(definition.path("cpu").stringValue()));
            assertThat(String.valueOf(task.memoryMebibytes()))
                    .isEqualTo(definition.path("memory").stringValue());
            assertThat(task.user()).isEqualTo(container.path("user").stringValue());
            assertThat(task.readOnlyRoot()).isTrue();
            assertThat(task.writablePaths()).containsExactly("/tmp");
            assertThat(task.stopTimeout())
                    .hasSeconds(container.path("stopTimeout").intValue());
            assertThat(task.environment()).hasSize(container.path("environment").size());
            assertThat(task.systemControls())
                    .hasSize(container.path("systemControls").size());
            assertThat(task.droppedCapabilities()).containsExactly("ALL");
            assertThat(task.health()).isNotNull();
        }
        assertThat(plan.backend().task().environment())
                .containsEntry("SPRING_PROFILES_ACTIVE", "production")
                .containsEntry("TEALDESK_DATABASE_SECRET", "<TEALDESK_DATABASE_SECRET>");
    }

    @Test
    void theServicesAreThoseOfTheTemplate() {
        for (ServicePlan service : List.of(plan.backend(), plan.frontend())) {
            String prefix = service.name() == ServiceName.BACKEND ? "Backend" : "Frontend";
            String group = resource(prefix + "BlueTargetGroup");

            assertThat(service.health().path()).isEqualTo(found(group, "HealthCheckPath: (\\S+)"));
            assertThat(service.health().interval()).hasSeconds(number(group, "HealthCheckIntervalSeconds: (\\d+)"));
            assertThat(service.health().timeout()).hasSeconds(number(group, "HealthCheckTimeoutSeconds: (\\d+)"));
            assertThat(service.health().healthyThreshold()).isEqualTo(number(group, " HealthyThresholdCount: (\\d+)"));
            assertThat(service.health().unhealthyThreshold())
                    .isEqualTo(number(group, "UnhealthyThresholdCount: (\\d+)"));
            assertThat(service.health().statuses()).containsExactly(200);
            assertThat(service.deregistrationDelay()).hasSeconds(number(group, "delay.*Value: \"(\\d+)\""));
            assertThat(service.healthCheckGracePeriod())
                    .hasSeconds(number(resource(prefix + "Service"), "HealthCheckGracePeriodSeconds: (\\d+)"));

            String deployment = resource(prefix + "DeploymentGroup");
            assertThat(service.terminationWait())
                    .hasMinutes(number(deployment, "TerminationWaitTimeInMinutes: (\\d+)"));
            assertThat(service.rollbackOn()).containsExactlyInAnyOrder(RollbackTrigger.values());
            assertThat(service.alarms())
                    .extracting(AlarmPlan::id)
                    .containsExactlyInAnyOrderElementsOf(Pattern.compile("Name: !Ref (\\w+Alarm)")
                            .matcher(deployment)
                            .results()
                            .map(match -> match.group(1))
                            .toList());
        }
    }

    @Test
    void theBackendShiftsByCanaryAndTheFrontendAllAtOnce() {
        assertThat(plan.backend().shift()).isEqualTo(new TrafficShift.Canary(10, Duration.ofMinutes(5)));
        assertThat(plan.frontend().shift()).isEqualTo(new TrafficShift.AllAtOnce());
    }

    @Test
    void aHookIsFollowedToItsFunction() {
        assertThat(plan.backend().hooks()).singleElement().satisfies(hook -> {
            String function = resource("SmokeTestFunction");
            assertThat(hook.event()).isEqualTo(LifecycleEvent.AFTER_ALLOW_TEST_TRAFFIC);
            assertThat(hook.handler()).isEqualTo(found(function, "Handler: (\\S+)"));
            assertThat(hook.timeout()).hasSeconds(number(function, "Timeout: (\\d+)"));
            assertThat(hook.environment())
                    .containsOnlyKeys("TEST_URL", "PRODUCTION_URL", "LOAD_BALANCER_NAME", "SYNTHETIC_CUSTOMER_SECRET");
        });
    }

    @Test
    void theListenersRouteByPath() {
        assertThat(plan.loadBalancer().production())
                .containsExactly(
                        new ForwardRule(10, List.of("/api", "/api/*"), ServiceName.BACKEND),
                        new ForwardRule(100, List.of("/*"), ServiceName.FRONTEND));
        assertThat(plan.loadBalancer().test().getFirst().pathPatterns())
                .containsAll(plan.loadBalancer().production().getFirst().pathPatterns())
                .contains("/actuator/health");
        assertThat(plan.loadBalancer().idleTimeout())
                .hasSeconds(number(resource("LoadBalancer"), "idle_timeout.*Value: \"(\\d+)\""));
    }

    @Test
    void alarmsOnLatencyAreToldFromTheOthers() {
        ServicePlan backend = plan.backend();

        assertThat(backend.alarms())
                .filteredOn(AlarmPlan::watchesLatency)
                .extracting(AlarmPlan::id)
                .containsExactlyInAnyOrder(
                        "BackendBlueLatencyAlarm",
                        "BackendGreenLatencyAlarm",
                        "BackendBlueSlowerAlarm",
                        "BackendGreenSlowerAlarm");
        assertThat(backend.withAlarms(alarm -> !alarm.watchesLatency()).alarms())
                .extracting(AlarmPlan::id)
                .contains("BackendGreenServerErrorsAlarm", "LoadBalancerErrorsAlarm")
                .hasSize(backend.alarms().size() - 4);
    }

    @Test
    void anAlarmKnowsWhoseTargetsItWatches() {
        AlarmPlan latency = alarm(plan, "BackendGreenLatencyAlarm");

        assertThat(latency.expression()).isNull();
        assertThat(latency.metrics().values())
                .containsExactly(new AlarmPlan.Metric("TargetResponseTime", "p90", ServiceName.BACKEND, Color.GREEN));
        assertThat(latency.datapointsToAlarm()).isLessThan(latency.evaluationPeriods());
        // Ten beyond the ninetieth percentile, as CloudWatch counts.
        assertThat(latency.requestsNeeded()).isEqualTo(100);
        assertThat(alarm(plan, "BackendGreenServerErrorsAlarm").requestsNeeded())
                .isZero();
        assertThat(alarm(plan, "LoadBalancerErrorsAlarm").metrics().values()).allSatisfy(metric -> {
            assertThat(metric.service()).isNull();
            assertThat(metric.color()).isNull();
        });
    }

    @Test
    void anExpressionHasThoseThatItUsesWrittenOut() {
        DeploymentPlan changed =
                DeploymentFiles.read(Changes.set(SERVICE, "Resources/LoadBalancerErrorsAlarm/Properties", """
                        EvaluationPeriods: 1
                        Threshold: 2
                        ComparisonOperator: GreaterThanThreshold
                        Metrics:
                          - { Id: share, Expression: "errors / FILL(all, 1)" }
                          - { Id: errors, Expression: elb * 100, ReturnData: false }
                          - Id: elb
                            ReturnData: false
                            MetricStat:
                              Metric: { Namespace: AWS/ApplicationELB, MetricName: HTTPCode_ELB_5XX_Count }
                              Period: 60
                              Stat: Sum
                          - Id: all
                            ReturnData: false
                            MetricStat:
                              Metric: { Namespace: AWS/ApplicationELB, MetricName: RequestCount }
                              Period: 60
                              Stat: Sum
                        """));

        AlarmPlan alarm = alarm(changed, "LoadBalancerErrorsAlarm");
        assertThat(alarm.expression()).isEqualTo("(elb * 100) / FILL(all, 1)");
        assertThat(alarm.metrics()).containsOnlyKeys("elb", "all");
        assertThat(alarm.period()).hasMinutes(1);
        assertThat(alarm.missingData()).isEqualTo(AlarmPlan.MissingData.MISSING);
        assertThat(changed.unproven()).isEmpty();
    }

    @Test
    void whatIsNotWrittenIsAwssDefault() {
        assertThat(backend(Changes.remove(TASK, ofContainer("stopTimeout")))
                        .task()
                        .stopTimeout())
                .hasSeconds(30);
        SourceTree alike = Changes.remove(SERVICE, property("FrontendBlueTargetGroup", "TargetGroupAttributes"));
        assertThat(DeploymentFiles.read(alike).frontend().deregistrationDelay()).hasSeconds(300);
        HealthCheckPlan health = backend(Changes.set(
                        SERVICE,
                        property("BackendBlueTargetGroup", ""),
                        "{TargetType: ip, Protocol: HTTP, Port: 3000}"))
                .health();
        assertThat(health)
                .isEqualTo(new HealthCheckPlan(
                        "/", java.util.Set.of(200), Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2));
        assertThat(backend(Changes.remove(SERVICE, property("BackendService", "HealthCheckGracePeriodSeconds")))
                        .healthCheckGracePeriod())
                .isZero();
        assertThat(backend(Changes.remove(SERVICE, property("SmokeTestFunction", "Timeout")))
                        .hooks()
                        .getFirst()
                        .timeout())
                .hasSeconds(3);
        assertThat(DeploymentFiles.read(Changes.remove(SERVICE, property("LoadBalancer", "LoadBalancerAttributes")))
                        .loadBalancer()
                        .idleTimeout())
                .hasSeconds(60);
        assertThat(backend(Changes.remove(SERVICE, property("BackendDeploymentGroup", "AlarmConfiguration/Enabled")))
                        .alarms())
                .isEmpty();
        assertThat(backend(Changes.remove(
                                SERVICE, property("BackendDeploymentGroup", "AutoRollbackConfiguration/Enabled")))
                        .rollbackOn())
                .isEmpty();
    }

    @Test
    void theEnvironmentSaysHowManyTasks() {
        String environment = "infra/cloudformation/environments/production.json";

        assertThat(plan.backend().tasks()).isEqualTo(2);
        assertThat(backend(Changes.set(environment, "Stacks/service/MinimumTasks", "\"3\""))
                        .tasks())
                .isEqualTo(3);
        assertThat(DeploymentFiles.read(REPOSITORY, "staging").backend().tasks())
                .isEqualTo(1);
    }

    @Test
    void trafficShiftsAsAnyDeploymentConfigurationSays() {
        String path = property("BackendDeploymentGroup", "DeploymentConfigName");
        assertThat(backend(Changes.set(SERVICE, path, "CodeDeployDefault.ECSLinear10PercentEvery3Minutes"))
                        .shift())
                .isEqualTo(new TrafficShift.Linear(10, Duration.ofMinutes(3)));
        SourceTree own = Changes.set(SERVICE, "Resources/Own", """
                        Type: AWS::CodeDeploy::DeploymentConfig
                        Properties:
                          ComputePlatform: ECS
                          TrafficRoutingConfig:
                            Type: TimeBasedCanary
                            TimeBasedCanary: { CanaryPercentage: 25, CanaryInterval: 2 }
                        """)
                .with(
                        SERVICE,
                        node -> node.with(
                                path, REPOSITORY.with("x.yaml", "!Ref Own").yaml("x.yaml")));
        assertThat(backend(own).shift()).isEqualTo(new TrafficShift.Canary(25, Duration.ofMinutes(2)));
    }

    @Test
    void aRehearsalBeginsOnTheColourThatTheServiceWasMadeIn() {
        SourceTree swapped = Changes.set(
                SERVICE, property("BackendService", "LoadBalancers/0/TargetGroupArn"), "!Ref BackendGreenTargetGroup");

        assertThat(alarm(DeploymentFiles.read(swapped), "BackendGreenLatencyAlarm")
                        .metrics()
                        .values())
                .extracting(AlarmPlan.Metric::color)
                .containsExactly(Color.BLUE);
    }

    private static ServicePlan backend(SourceTree tree) {
        return DeploymentFiles.read(tree).backend();
    }

    private static AlarmPlan alarm(DeploymentPlan plan, String id) {
        return plan.backend().alarms().stream()
                .filter(alarm -> alarm.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A resource as it is written in the template. */
    private static String resource(String id) {
        return found(REPOSITORY.text(SERVICE), "(?ms)^  (" + id + ":$.*?)(?=^  \\w+:$|^\\w)");
    }

    private static int number(String text, String pattern) {
        return Integer.parseInt(found(text, pattern));
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
