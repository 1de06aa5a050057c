package io.tealdesk.infra.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import tools.jackson.databind.json.JsonMapper;

/** The whole command against a stateful stand-in for AWS, through the real clients. */
class PreflightOnMotoTests {

    private static final String BOTH_BLUE = "BackendLiveColor=blue\nFrontendLiveColor=blue\n";
    private static final AtomicInteger COUNT = new AtomicInteger();

    // Both are set before any test runs.
    @SuppressWarnings("NullAway.Init")
    private static MotoServer moto;

    private final String environment = "t" + COUNT.incrementAndGet();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @SuppressWarnings("NullAway.Init")
    private MotoDesk desk;

    @BeforeAll
    static void startMoto() {
        moto = MotoServer.start();
        System.setProperty("aws.accessKeyId", "id");
        System.setProperty("aws.secretAccessKey", "secret");
    }

    @AfterAll
    static void stopMoto() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        // Null where the tests are skipped.
        Optional.ofNullable(moto).ifPresent(MotoServer::close);
    }

    @BeforeEach
    void makeDesk() {
        desk = new MotoDesk(moto.url(), environment);
    }

    @AfterEach
    void closeDesk() {
        desk.close();
    }

    @Test
    void printsTheLiveColoursOfAFreshStack() {
        assertThat(preflight(desk.stack())).isEqualTo(PreflightCommand.SAFE);
        assertThat(out).hasToString(BOTH_BLUE);
    }

    @Test
    void printsTheLiveColoursAfterADeployment() {
        desk.shift("Backend", "Production", 0, 100);
        desk.shift("Backend", "Test", 0, 100);
        desk.promote("Backend", "Green");

        assertThat(preflight(desk.stack())).isEqualTo(PreflightCommand.SAFE);
        assertThat(out).hasToString("BackendLiveColor=green\nFrontendLiveColor=blue\n");
        assertThat(err.toString()).contains("Backend: green serves", "the stack's last update said blue");
    }

    @Test
    void takesNoUnknownStackForOneThatServesNothing() {
        assertThat(preflight("tealdesk-stagign-service")).isEqualTo(OperatorCommands.UNKNOWN);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("there is no stack tealdesk-stagign-service in eu-central-1");
    }

    @Test
    void refusesWhileADeploymentRuns() {
        desk.startDeployment("Frontend");

        assertThat(preflight(desk.stack())).isEqualTo(PreflightCommand.UNSAFE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .containsPattern("Frontend: deployment \\S+ is running")
                .contains("NOT SAFE");
    }

    @Test
    void refusesAnUpdateThatWouldMoveTraffic() {
        assertThat(preflight(desk.stack(), "--frontend-live-color", "green")).isEqualTo(PreflightCommand.UNSAFE);
        assertThat(err.toString()).contains("Pass FrontendLiveColor=blue");
    }

    /** The printed repair, done to the letter, makes the next look a good one. */
    @Test
    void printsARepairThatRepairs() {
        desk.shift("Backend", "Production", 90, 10);
        desk.shift("Backend", "Test", 0, 100);

        assertThat(preflight(desk.stack())).isEqualTo(PreflightCommand.UNSAFE);
        var repairs = repairs();
        assertThat(repairs)
                .hasSize(2)
                .anyMatch(repair -> repair.contains(desk.ruleArn("Backend", "Production")))
                .anyMatch(repair -> repair.contains(desk.ruleArn("Backend", "Test")));
        repairs.forEach(repair -> desk.run(repair, actionsOf(repair)));

        assertThat(preflight(desk.stack())).isEqualTo(PreflightCommand.SAFE);
        assertThat(out).hasToString(BOTH_BLUE);
    }

    @Test
    void cannotTellWhenNobodyAnswers() {
        var code = run("--endpoint-url", "http://127.0.0.1:9", desk.stack());

        assertThat(code).isEqualTo(OperatorCommands.UNKNOWN);
        assertThat(err.toString()).startsWith("CANNOT TELL: ");
    }

    @Test
    void saysHowItIsCalled() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing required parameter: '<stack>'", "safe to update");
        assertThat(run(desk.stack(), "--backend-live-color", "pink")).isEqualTo(2);
    }

    private int preflight(String name, String... options) {
        var arguments = new ArrayList<>(List.of("--endpoint-url", moto.url().toString(), name));
        arguments.addAll(Arrays.asList(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return OperatorCommands.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("preflight", "--region", MotoDesk.REGION), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }

    private List<String> repairs() {
        return err.toString()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("aws elbv2 modify-rule"))
                .toList();
    }

    private static List<Action> actionsOf(String repair) {
        var json = JsonMapper.shared().readTree(repair.replaceFirst(".* --actions '(.*)'$", "$1"));
        assertThat(json).hasSize(1);
        var targets = json.path(0)
                .path("ForwardConfig")
                .path("TargetGroups")
                .valueStream()
                .map(target -> TargetGroupTuple.builder()
                        .targetGroupArn(target.path("TargetGroupArn").asString())
                        .weight(target.path("Weight").asInt())
                        .build())
                .toList();
        return List.of(Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(forward -> forward.targetGroups(targets))
                .build());
    }
}
