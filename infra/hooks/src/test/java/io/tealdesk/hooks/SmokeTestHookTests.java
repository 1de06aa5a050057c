package io.tealdesk.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import io.tealdesk.hooks.FakeAws.Answer;
import io.tealdesk.hooks.SmokeTestHook.HookTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import tools.jackson.databind.json.JsonMapper;

@Timeout(20)
class SmokeTestHookTests {

    private static final String PUT = "PutLifecycleEventHookExecutionStatus";
    private static final String CALL =
            "{\"DeploymentId\":\"d-ABCDEF123\",\"LifecycleEventHookExecutionId\":\"eyJlbmNyeXB0ZWQ\"}";
    private static final Duration PLENTY = Duration.ofMinutes(5);
    private static final String INTERFACES = """
            <DescribeNetworkInterfacesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
              <networkInterfaceSet><item><privateIpAddress>127.0.0.1</privateIpAddress></item></networkInterfaceSet>
            </DescribeNetworkInterfacesResponse>""";

    private final FakeDesk desk = new FakeDesk();
    private final FakeAws aws = new FakeAws();
    private final Map<String, String> settings = new HashMap<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream standardOut = System.out;

    @BeforeEach
    void everythingIsWell() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        settings.put("TEST_URL", "http://desk.tealdesk.invalid:" + desk.port());
        settings.put("SYNTHETIC_CUSTOMER_SECRET", "arn:customer");
        settings.put("LOAD_BALANCER_NAME", "tealdesk-staging");
        aws.on(PUT, request -> Answer.ok("{}"));
        aws.on(
                "GetSecretValue",
                request -> Answer.ok(JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "SecretString",
                                JsonMapper.shared()
                                        .writeValueAsString(Map.of(
                                                "email", FakeDesk.CUSTOMER.email(),
                                                "password", FakeDesk.CUSTOMER.password()))))));
        aws.on("DescribeNetworkInterfaces", request -> Answer.ok(INTERFACES));
    }

    @AfterEach
    void closeAll() {
        System.setOut(standardOut);
        desk.close();
        aws.close();
    }

    @Test
    void reportsASuccess() throws Exception {
        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(aws.requests(PUT)).singleElement().satisfies(request -> {
            assertThat(request.path("deploymentId").asString()).isEqualTo("d-ABCDEF123");
            assertThat(request.path("lifecycleEventHookExecutionId").asString()).isEqualTo("eyJlbmNyeXB0ZWQ");
            assertThat(request.path("status").asString()).isEqualTo("Succeeded");
        });
    }

    @Test
    void findsTheLoadBalancerByItsPrivateAddresses() throws Exception {
        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(aws.requests("DescribeNetworkInterfaces"))
                .singleElement()
                .extracting(request -> request.path("form").asString())
                .asString()
                .contains("ELB+app%2Ftealdesk-staging%2F*");
        assertThat(desk.count("POST /api/v1/portal/tickets")).isOne();
    }

    @Test
    void printsALineForEachStepAndNothingSecret() throws Exception {
        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .hasSize(12)
                .allMatch(line -> line.startsWith("d-ABCDEF123 "))
                .anyMatch(line -> line.matches("d-ABCDEF123 health: passed after \\d+ ms: .+"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .doesNotContain(FakeDesk.CUSTOMER.password(), FakeDesk.TOKEN, "opaque");
    }

    @Test
    void reportsAFailure() throws Exception {
        desk.spoil("GET /actuator/health", reply -> reply.json(200, "{\"status\":\"DOWN\"}"));

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
    }

    static Stream<Throwable> crashes() {
        return Stream.of(
                new IllegalStateException("a bug"),
                new IOException("no such host"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new NoClassDefFoundError("io/tealdesk/Missing"),
                new ExceptionInInitializerError("static"));
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void reportsAFailureWhenItCrashes(Throwable crash) throws Exception {
        hook((deploymentId, budget) -> {
                    if (crash instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) crash;
                })
                .handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("FAILED: " + crash.getClass().getSimpleName());
    }

    @Test
    void reportsAFailureInTimeWhenTheTestHangs() throws Exception {
        var forever = new CountDownLatch(1);

        hook((deploymentId, budget) -> {
                    forever.await();
                    return true;
                })
                .handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(Duration.ofMillis(30_200)));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("out of time");
    }

    @Test
    void givesTheDeskNoMoreTimeThanLambdaLeaves() throws Exception {
        var forever = new CountDownLatch(1);
        desk.spoil("GET /actuator/health", reply -> {
            try {
                forever.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(Duration.ofSeconds(36)));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .containsPattern("health: FAILED after \\d+ ms: out of time: [0-3] s");
        forever.countDown();
    }

    @Test
    void reportsAFailureWhenCalledWithNoTimeLeft() throws Exception {
        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(Duration.ofSeconds(3)));

        assertThat(statuses()).containsExactly("Failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEST_URL", "SYNTHETIC_CUSTOMER_SECRET"})
    void reportsAFailureWhenASettingIsMissing(String name) throws Exception {
        settings.remove(name);

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains(name + " is missing");
    }

    @Test
    void reportsAFailureWhenTheSecretMayNotBeRead() throws Exception {
        aws.on("GetSecretValue", request -> Answer.error(400, "AccessDeniedException"));

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "{}", "{\\\"email\\\":\\\"a@b.invalid\\\"}", "[\\\"hunter2\\\"]"})
    void reportsAFailureWhenTheSecretIsMisshapen(String secret) throws Exception {
        aws.on("GetSecretValue", request -> Answer.ok("{\"SecretString\":\"" + secret + "\"}"));

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("SYNTHETIC_CUSTOMER_SECRET")
                .doesNotContain("hunter2");
    }

    @Test
    void reportsAFailureWhenThereIsNoSuchLoadBalancer() throws Exception {
        aws.on("DescribeNetworkInterfaces", request -> Answer.ok(INTERFACES.replaceAll("<item>.*</item>", "")));

        hook().handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("tealdesk-staging has no network interface");
    }

    @Test
    void reportsAgainWhenAReportIsLost() throws Exception {
        var tries = new AtomicInteger();
        aws.on(PUT, request -> tries.incrementAndGet() < 3 ? Answer.error(500, "InternalFailure") : Answer.ok("{}"));

        hook(passing()).handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).containsExactly("Succeeded", "Succeeded", "Succeeded");
    }

    /** An asynchronous call is then repeated by Lambda. */
    @Test
    void failsWhenItCannotReport() {
        aws.on(PUT, request -> Answer.error(500, "InternalFailure"));

        assertThatThrownBy(() -> hook(passing())
                        .handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY)))
                .isInstanceOf(SdkException.class);
        assertThat(statuses()).hasSize(6);
    }

    @Test
    void isContentWhenCodeDeployKnowsAlready() throws Exception {
        aws.on(PUT, request -> Answer.error(400, "LifecycleEventAlreadyCompletedException"));

        hook(passing()).handleRequest(payload(CALL), OutputStream.nullOutputStream(), remaining(PLENTY));

        assertThat(statuses()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{\"DeploymentId\":\"d-1\"}", "not JSON", "{\"DeploymentId\":{}}"})
    void saysThatItWasNotCalledByCodeDeploy(String payload) {
        assertThatThrownBy(() ->
                        hook().handleRequest(payload(payload), OutputStream.nullOutputStream(), remaining(PLENTY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nobody to report to");
        assertThat(aws.calls).isEmpty();
    }

    @Test
    void reportsAFailureForAPayloadThatHoldsMoreThanItShould() throws Exception {
        desk.spoil("GET /actuator/health", reply -> reply.json(503, "{}"));

        hook().handleRequest(
                        payload(CALL.replace("}", ",\"More\":[{}]}")),
                        OutputStream.nullOutputStream(),
                        remaining(PLENTY));

        assertThat(statuses()).containsExactly("Failed");
    }

    private SmokeTestHook hook() {
        return hook(new SmokeTestOnAws(
                settings, () -> aws.client(SecretsManagerClient.builder()), () -> aws.client(Ec2Client.builder())));
    }

    private SmokeTestHook hook(HookTest test) {
        return new SmokeTestHook(test, new HookReport(aws.client(HookReport.insistent(CodeDeployClient.builder()))));
    }

    private static HookTest passing() {
        return (deploymentId, budget) -> true;
    }

    private List<String> statuses() {
        return aws.requests(PUT).stream()
                .map(request -> request.path("status").asString())
                .toList();
    }

    private static ByteArrayInputStream payload(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Context remaining(Duration time) {
        return new FakeContext(time);
    }
}
