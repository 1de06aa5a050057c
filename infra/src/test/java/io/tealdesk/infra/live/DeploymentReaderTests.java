package io.tealdesk.infra.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tealdesk.infra.live.Deployment.Waits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;

/** CodeDeploy's answers as its documentation shows them, at the HTTP boundary: moto knows no deployment targets. */
class DeploymentReaderTests {

    private static final String CANARY = """
            {"deploymentConfigInfo": {"computePlatform": "ECS", "trafficRoutingConfig": {"type": "TimeBasedCanary",
              "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 5}}}}""";

    private final Map<String, String> answers = new HashMap<>(Map.of(
            "ListDeployments", "{\"deployments\": [\"d-NEW\", \"d-OLD\"]}",
            "GetDeploymentConfig", CANARY,
            "ListDeploymentTargets", "{\"targetIds\": [\"cluster:service\"]}",
            "GetDeployment", """
                    {"deploymentInfo": {"deploymentId": "d-NEW", "status": "InProgress", "createTime": 1795442400,
                      "startTime": 1795442401, "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
                      "blueGreenDeploymentConfiguration": {"terminateBlueInstancesOnDeploymentSuccess":
                        {"action": "TERMINATE", "terminationWaitTimeInMinutes": 10}}}}""",
            "BatchGetDeploymentTargets", """
                    {"deploymentTargets": [{"deploymentTargetType": "ECSTarget", "ecsTarget": {"lifecycleEvents": [
                      {"lifecycleEventName": "BeforeInstall", "status": "Skipped"},
                      {"lifecycleEventName": "Install", "status": "Failed", "startTime": 1795442402,
                       "endTime": 1795442500, "diagnostics": {"message": "no capacity"}}]}}]}"""));

    private HttpServer server;
    private CodeDeployClient codeDeploy;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        codeDeploy = CodeDeployClient.builder()
                .endpointOverride(
                        URI.create("http://localhost:" + server.getAddress().getPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build();
    }

    @AfterEach
    void stopServer() {
        codeDeploy.close();
        server.stop(0);
    }

    @Test
    void readsTheNewestDeployment() {
        var deployment =
                new DeploymentReader(codeDeploy).last("tealdesk", "backend").orElseThrow();

        assertThat(deployment.id()).isEqualTo("d-NEW");
        assertThat(deployment.status()).isEqualTo("InProgress");
        assertThat(deployment.start()).isEqualTo(Instant.ofEpochSecond(1795442401));
        assertThat(deployment.isRunning()).isTrue();
        assertThat(deployment.waits()).isEqualTo(new Waits(Duration.ofMinutes(5), Duration.ofMinutes(10)));
        assertThat(deployment.events()).hasSize(2).last().satisfies(event -> {
            assertThat(event.name()).isEqualTo("Install");
            assertThat(event.problem()).isEqualTo("no capacity");
        });
    }

    @Test
    void knowsWhenThereWasNone() {
        answers.put("ListDeployments", "{\"deployments\": []}");

        assertThat(new DeploymentReader(codeDeploy).last("tealdesk", "backend")).isEmpty();
    }

    @Test
    void readsADeploymentThatHasFailed() {
        answers.put("GetDeployment", """
                {"deploymentInfo": {"status": "Failed", "createTime": 1795442400, "completeTime": 1795442460,
                  "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
                  "errorInformation": {"code": "ALARM_ACTIVE", "message": "an alarm rang"}}}""");
        answers.put("ListDeploymentTargets", "{\"targetIds\": []}");
        answers.put("GetDeploymentConfig", """
                {"deploymentConfigInfo": {"trafficRoutingConfig": {"type": "AllAtOnce"}}}""");

        var deployment =
                new DeploymentReader(codeDeploy).last("tealdesk", "backend").orElseThrow();

        assertThat(deployment.problem()).isEqualTo("ALARM_ACTIVE: an alarm rang");
        assertThat(deployment.elapsed(Instant.MAX)).isEqualTo(Duration.ofMinutes(1));
        assertThat(deployment.waits()).isEqualTo(new Waits(Duration.ZERO, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"10, 1, 9", "10, 3, 27", "30, 2, 6", "100, 5, 0"})
    void addsUpTheStepsOfALinearShift(int percentage, int interval, int minutes) {
        answers.put("GetDeploymentConfig", """
                {"deploymentConfigInfo": {"trafficRoutingConfig": {"type": "TimeBasedLinear",
                  "timeBasedLinear": {"linearPercentage": %d, "linearInterval": %d}}}}""".formatted(percentage, interval));

        var deployment =
                new DeploymentReader(codeDeploy).last("tealdesk", "backend").orElseThrow();

        assertThat(deployment.waits().shift()).isEqualTo(Duration.ofMinutes(minutes));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var body = answers.getOrDefault(target.substring(target.indexOf('.') + 1), "{}");
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
