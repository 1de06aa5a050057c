package io.tealdesk.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tealdesk.hooks.FakeAws.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScalingPauseTests {

    private static final String BACKEND = "service/tealdesk/backend";
    private static final String FRONTEND = "service/tealdesk/frontend";
    private static final String REGISTER = "RegisterScalableTarget";
    private static final Set<String> OVER = Set.of("Succeeded", "Failed", "Stopped");

    private final FakeAws aws = new FakeAws();
    /** Status by deployment id; the id begins with its group. */
    private final Map<String, String> deployments = new LinkedHashMap<>();

    private final Map<String, Boolean> isSuspended = new TreeMap<>(Map.of(BACKEND, false, FRONTEND, false));
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of(
            "CLUSTER", "tealdesk",
            "CODEDEPLOY_APPLICATION", "tealdesk",
            "SERVICES_BY_DEPLOYMENT_GROUP", "backend-group=backend, frontend-group=frontend"));

    @BeforeEach
    void playAws() {
        aws.on("ListDeployments", this::listDeployments);
        aws.on("GetDeployment", this::getDeployment);
        aws.on("DescribeScalableTargets", this::describeScalableTargets);
        aws.on(REGISTER, this::registerScalableTarget);
    }

    @AfterEach
    void closeAws() {
        aws.close();
    }

    @Test
    void suspendsTheServiceThatIsBeingDeployed() throws Exception {
        deployments.put("backend-group-1", "InProgress");

        tell("START", "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, true).containsEntry(FRONTEND, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "FAILURE", "STOP"})
    void resumesItWhenTheDeploymentIsOver(String end) throws Exception {
        isSuspended.put(BACKEND, true);
        deployments.put("backend-group-1", "Succeeded");

        tell(end, "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, false);
    }

    @Test
    void suspendsNothingWhenTheStartIsToldAfterTheEnd() throws Exception {
        deployments.put("backend-group-1", "Succeeded");

        tell("SUCCESS", "backend-group", "backend-group-1");
        tell("START", "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, false);
    }

    @Test
    void believesAnEndThatTheListDoesNotShowYet() throws Exception {
        isSuspended.put(BACKEND, true);
        deployments.put("backend-group-1", "InProgress");

        tell("SUCCESS", "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, false);
    }

    @Test
    void believesAStartThatTheListDoesNotShowYet() throws Exception {
        deployments.put("backend-group-1", "InProgress");
        aws.on("ListDeployments", request -> Answer.ok("{\"deployments\":[]}"));

        tell("START", "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, true).containsEntry(FRONTEND, false);
    }

    @Test
    void staysSuspendedWhileTheNextDeploymentRuns() throws Exception {
        isSuspended.put(BACKEND, true);
        deployments.put("backend-group-1", "Succeeded");
        deployments.put("backend-group-2", "Queued");

        tell("SUCCESS", "backend-group", "backend-group-1");

        assertThat(isSuspended).containsEntry(BACKEND, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "not JSON", "{\"source\":\"aws.events\",\"detail\":{}}"})
    void mendsEverythingOnSchedule(String anything) throws Exception {
        isSuspended.put(BACKEND, true);
        deployments.put("backend-group-1", "Stopped");
        deployments.put("frontend-group-1", "InProgress");

        handle(anything);

        assertThat(isSuspended).containsEntry(BACKEND, false).containsEntry(FRONTEND, true);
    }

    @Test
    void writesNothingThatIsSoAlready() throws Exception {
        deployments.put("backend-group-1", "InProgress");

        tell("START", "backend-group", "backend-group-1");
        tell("START", "backend-group", "backend-group-1");

        assertThat(aws.requests(REGISTER)).hasSize(1);
    }

    @Test
    void changesNothingButTheSuspension() throws Exception {
        deployments.put("backend-group-1", "InProgress");

        tell("START", "backend-group", "backend-group-1");

        assertThat(aws.requests(REGISTER).getFirst().propertyNames())
                .containsExactlyInAnyOrder("ServiceNamespace", "ResourceId", "ScalableDimension", "SuspendedState");
    }

    @Test
    void leavesAServiceWithoutAutoscalingAsItIs() throws Exception {
        isSuspended.remove(BACKEND);
        deployments.put("backend-group-1", "InProgress");

        tell("START", "backend-group", "backend-group-1");

        assertThat(aws.requests(REGISTER)).isEmpty();
    }

    /** Failing makes Lambda repeat the call; the other service does not wait for that. */
    @Test
    void doesWhatItCanWhenOneGroupFails() {
        deployments.put("frontend-group-1", "InProgress");
        aws.on(
                "ListDeployments",
                request -> request.path("deploymentGroupName").asString().equals("backend-group")
                        ? Answer.error(400, "DeploymentGroupDoesNotExistException")
                        : listDeployments(request));

        assertThatThrownBy(() -> handle("{}")).hasMessageContaining("as the test wants it");
        assertThat(isSuspended).containsEntry(FRONTEND, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLUSTER", "CODEDEPLOY_APPLICATION", "SERVICES_BY_DEPLOYMENT_GROUP"})
    void refusesToStartWithoutASetting(String name) {
        settings.remove(name);

        assertThatThrownBy(() -> handle("{}")).hasMessageContaining(name + " is missing");
    }

    @Test
    void refusesAMisshapenMapping() {
        settings.put("SERVICES_BY_DEPLOYMENT_GROUP", "backend-group:backend");

        assertThatThrownBy(() -> handle("{}")).hasMessageContaining("group=service");
    }

    private void tell(String state, String group, String deploymentId) throws IOException {
        handle("""
                {"source": "aws.codedeploy", "detail-type": "CodeDeploy Deployment State-change Notification",
                 "detail": {"application": "tealdesk", "deploymentGroup": "%s", "deploymentId": "%s", "state": "%s"}}
                """.formatted(group, deploymentId, state));
    }

    private void handle(String event) throws IOException {
        new ScalingPause(
                        settings,
                        aws.client(CodeDeployClient.builder()),
                        aws.client(ApplicationAutoScalingClient.builder()))
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        OutputStream.nullOutputStream(),
                        new FakeContext(Duration.ofMinutes(1)));
    }

    private Answer listDeployments(JsonNode request) {
        var group = request.path("deploymentGroupName").asString();
        assertThat(request.path("applicationName").asString()).isEqualTo("tealdesk");
        assertThat(request.path("includeOnlyStatuses").valueStream().map(JsonNode::asString))
                .doesNotContainAnyElementsOf(OVER);
        var running = deployments.entrySet().stream()
                .filter(deployment -> deployment.getKey().startsWith(group) && !OVER.contains(deployment.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return Answer.ok(JsonMapper.shared().writeValueAsString(Map.of("deployments", running)));
    }

    private Answer getDeployment(JsonNode request) {
        var status = deployments.get(request.path("deploymentId").asString());
        return Answer.ok("{\"deploymentInfo\":{\"status\":\"" + status + "\"}}");
    }

    private Answer describeScalableTargets(JsonNode request) {
        var resource = request.path("ResourceIds").path(0).asString();
        var suspended = isSuspended.get(resource);
        if (suspended == null) {
            return Answer.ok("{\"ScalableTargets\":[]}");
        }
        return Answer.ok("""
                {"ScalableTargets": [{"ResourceId": "%1$s", "SuspendedState": {"DynamicScalingInSuspended": %2$s,
                  "DynamicScalingOutSuspended": %2$s, "ScheduledScalingSuspended": %2$s}}]}
                """.formatted(resource, suspended));
    }

    private Answer registerScalableTarget(JsonNode request) {
        var state = request.path("SuspendedState").path("DynamicScalingOutSuspended");
        isSuspended.put(request.path("ResourceId").asString(), state.asBoolean());
        return Answer.ok("{}");
    }
}
