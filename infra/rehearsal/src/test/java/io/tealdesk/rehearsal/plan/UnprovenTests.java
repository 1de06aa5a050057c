package io.tealdesk.rehearsal.plan;

import static io.tealdesk.rehearsal.plan.Changes.SERVICE;
import static io.tealdesk.rehearsal.plan.Changes.SPEC;
import static io.tealdesk.rehearsal.plan.Changes.TASK;
import static io.tealdesk.rehearsal.plan.Changes.ofContainer;
import static io.tealdesk.rehearsal.plan.Changes.property;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.files.SourceTree;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What AWS would do and a rehearsal does not is never passed over in silence. */
class UnprovenTests {

    record Wish(String file, String path, String value, String unproven) {

        @Override
        public String toString() {
            return unproven;
        }
    }

    static List<Wish> wishes() {
        return List.of(
                ofTask(
                        "volumes/0/efsVolumeConfiguration",
                        "{fileSystemId: \"fs-1\"}",
                        "efsVolumeConfiguration of the volume tmp"),
                ofTask("networkMode", "\"bridge\"", "networkMode bridge"),
                ofTask("runtimePlatform/cpuArchitecture", "\"ARM64\"", "cpuArchitecture ARM64"),
                ofTask(
                        "runtimePlatform/operatingSystemFamily",
                        "\"WINDOWS_SERVER_2022_CORE\"",
                        "operatingSystemFamily WINDOWS"),
                ofTask("requiresCompatibilities/0", "\"EC2\"", "the launch type EC2"),
                ofTask("pidMode", "\"task\"", "pidMode of the task definition"),
                ofTask(
                        "containerDefinitions/+",
                        "{name: \"log-router\", image: \"fluent-bit:4\"}",
                        "a second container, log-router"),
                ofTask(ofContainer("secrets"), "[{name: \"X\", valueFrom: \"y\"}]", "secrets of the container"),
                ofTask(
                        ofContainer("environmentFiles"),
                        "[{value: \"x\", type: \"s3\"}]",
                        "environmentFiles of the container"),
                ofTask(ofContainer("command"), "[\"serve\"]", "command of the container"),
                ofTask(ofContainer("entryPoint"), "[\"sh\"]", "entryPoint of the container"),
                ofTask(
                        ofContainer("ulimits"),
                        "[{name: \"nofile\", softLimit: 10, hardLimit: 10}]",
                        "ulimits of the container"),
                ofTask(ofContainer("linuxParameters/initProcessEnabled"), "true", "initProcessEnabled true"),
                ofTask(
                        ofContainer("linuxParameters/tmpfs"),
                        "[{containerPath: \"/x\", size: 10}]",
                        "tmpfs of linuxParameters"),
                ofTask(
                        ofContainer("portMappings/+"),
                        "{containerPort: 9090, protocol: \"tcp\"}",
                        "a second port, 9090"),
                ofTask(ofContainer("portMappings/0/protocol"), "\"udp\"", "the protocol udp"),
                new Wish(
                        SPEC,
                        "Resources/0/TargetService/Properties/CapacityProviderStrategy",
                        "[{CapacityProvider: FARGATE_SPOT}]",
                        "CapacityProviderStrategy of appspec.yaml"),
                ofService(
                        "BackendService",
                        "CapacityProviderStrategy",
                        "[{CapacityProvider: FARGATE_SPOT}]",
                        "CapacityProviderStrategy of BackendService"),
                ofService(
                        "BackendService",
                        "ServiceConnectConfiguration",
                        "{Enabled: true}",
                        "ServiceConnectConfiguration of BackendService"),
                ofService("BackendService", "LaunchType", "EC2", "the launch type EC2"),
                ofService("BackendScalableTarget", "MinCapacity", "5", "5 tasks of a service"),
                ofService(
                        "BackendBlueTargetGroup",
                        "TargetGroupAttributes/+",
                        attribute("stickiness.enabled", "true"),
                        "stickiness.enabled true"),
                ofService(
                        "BackendBlueTargetGroup",
                        "TargetGroupAttributes/+",
                        attribute("slow_start.duration_seconds", "30"),
                        "slow_start.duration_seconds 30"),
                ofService(
                        "BackendBlueTargetGroup",
                        "TargetGroupAttributes/+",
                        attribute("load_balancing.algorithm.type", "least_outstanding_requests"),
                        "load_balancing.algorithm.type least_outstanding_requests"),
                ofService(
                        "BackendBlueTargetGroup",
                        "TargetGroupAttributes/+",
                        attribute("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "2"),
                        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count of BackendBlueTargetGroup"),
                ofService(
                        "BackendGreenTargetGroup",
                        "HealthCheckIntervalSeconds",
                        "10",
                        "target groups of one service that are not alike"),
                ofService("BackendBlueTargetGroup", "ProtocolVersion", "HTTP2", "ProtocolVersion HTTP2"),
                ofService("BackendBlueTargetGroup", "HealthCheckPort", "9090", "HealthCheckPort 9090"),
                ofService("LoadBalancer", "Type", "network", "a load balancer of the type network"),
                ofService(
                        "LoadBalancer",
                        "LoadBalancerAttributes/+",
                        attribute("routing.http.xff_header_processing.mode", "remove"),
                        "routing.http.xff_header_processing.mode remove"),
                ofService(
                        "LoadBalancer",
                        "LoadBalancerAttributes/+",
                        attribute("something.new", "on"),
                        "something.new of the load balancer"),
                ofService(
                        "ProductionListener",
                        "DefaultActions",
                        "[{Type: forward, TargetGroupArn: !Ref FrontendBlueTargetGroup}]",
                        "a default action other than the answer 404"),
                ofService(
                        "ProductionListener",
                        "MutualAuthentication",
                        "{Mode: verify}",
                        "MutualAuthentication of ProductionListener"),
                ofService(
                        "BackendProductionRule",
                        "Conditions/+",
                        "{Field: host-header, HostHeaderConfig: {Values: [a.example]}}",
                        "conditions of BackendProductionRule other than one path-pattern"),
                ofService(
                        "BackendProductionRule",
                        "Actions",
                        "[{Type: authenticate-oidc}, {Type: forward, TargetGroupArn: !Ref BackendBlueTargetGroup}]",
                        "actions of BackendProductionRule other than one forward"),
                ofService(
                        "BackendProductionRule",
                        "Actions",
                        "[{Type: redirect, RedirectConfig: {StatusCode: HTTP_301}}]",
                        "actions of BackendProductionRule other than one forward"),
                ofService(
                        "BackendProductionRule",
                        "Actions/0/ForwardConfig/TargetGroupStickinessConfig",
                        "{Enabled: true, DurationSeconds: 60}",
                        "stickiness of BackendProductionRule"),
                ofService(
                        "BackendProductionRule",
                        "Transforms",
                        "[{Type: url-rewrite}]",
                        "Transforms of BackendProductionRule"),
                ofService(
                        "BackendDeploymentGroup",
                        "BlueGreenDeploymentConfiguration/DeploymentReadyOption",
                        "{ActionOnTimeout: STOP_DEPLOYMENT, WaitTimeInMinutes: 10}",
                        "ActionOnTimeout STOP_DEPLOYMENT"),
                ofService(
                        "BackendDeploymentGroup",
                        "AlarmConfiguration/Alarms/+",
                        "{Name: elsewhere}",
                        "the alarm elsewhere, which is no AWS::CloudWatch::Alarm of these stacks"),
                ofService(
                        "LoadBalancerErrorsAlarm",
                        "MetricName",
                        "ProcessedBytes",
                        "the metric ProcessedBytes (Sum), which LoadBalancerErrorsAlarm watches"),
                ofService(
                        "LoadBalancerErrorsAlarm",
                        "Namespace",
                        "AWS/ECS",
                        "the metric HTTPCode_ELB_5XX_Count of AWS/ECS"),
                ofService(
                        "LoadBalancerErrorsAlarm",
                        "Dimensions/+",
                        "{Name: AvailabilityZone, Value: eu-central-1a}",
                        "the dimension AvailabilityZone"),
                ofService(
                        "LoadBalancerErrorsAlarm",
                        "ThresholdMetricId",
                        "band",
                        "ThresholdMetricId of LoadBalancerErrorsAlarm"),
                ofService(
                        "SmokeTestFunction",
                        "Handler",
                        "com.example.Hook::handle",
                        "the hook com.example.Hook::handle, which is no class of infra/hooks"));
    }

    private static Wish ofTask(String path, String value, String unproven) {
        return new Wish(TASK, path, value, unproven);
    }

    private static Wish ofService(String resource, String path, String value, String unproven) {
        return new Wish(SERVICE, property(resource, path), value, unproven);
    }

    private static String attribute(String key, String value) {
        return "{ Key: %s, Value: \"%s\" }".formatted(key, value);
    }

    @ParameterizedTest
    @MethodSource("wishes")
    void whatIsNotPlayedIsNamed(Wish wish) {
        SourceTree tree = Changes.set(wish.file(), wish.path(), wish.value());

        assertThat(DeploymentFiles.read(tree).unproven()).anySatisfy(unproven -> {
            assertThat(unproven.what()).startsWith(wish.unproven());
            assertThat(unproven.place().file()).isIn(wish.file(), "fixture.yaml");
        });
    }
}
