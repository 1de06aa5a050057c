package io.tealdesk.infra.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.infra.live.LiveService.Listener;
import io.tealdesk.infra.live.LiveService.Rule;
import io.tealdesk.infra.live.LiveService.TargetGroup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreflightCheckTests {

    private static final String BLUE = "arn:blue";
    private static final String GREEN = "arn:green";
    private static final Rule PRODUCTION_ON_BLUE = rule(Listener.PRODUCTION, Map.of(BLUE, 100, GREEN, 0));
    private static final Rule TEST_ON_BLUE = rule(Listener.TEST, Map.of(BLUE, 100, GREEN, 0));

    private final PreflightCheck check = new PreflightCheck("eu-central-1");

    @Test
    void findsNothingWhereAllAgree() {
        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE, TEST_ON_BLUE), null))
                .isEmpty();
    }

    @Test
    void findsNothingAfterTheColoursWereSwapped() {
        var production = rule(Listener.PRODUCTION, Map.of(GREEN, 100, BLUE, 0));
        var test = rule(Listener.TEST, Map.of(GREEN, 1));

        assertThat(check.findings(service(GREEN, production, test), Color.GREEN))
                .isEmpty();
    }

    @Test
    void waitsForARunningDeploymentAndJudgesNothingElse() {
        var half = rule(Listener.PRODUCTION, Map.of(BLUE, 90, GREEN, 10));
        var service = service(BLUE, 2, List.of("d-ABCDEF123"), half, TEST_ON_BLUE);

        assertThat(check.findings(service, Color.GREEN)).singleElement().satisfies(finding -> {
            assertThat(finding.problem()).isEqualTo("deployment d-ABCDEF123 is running");
            assertThat(finding.advice())
                    .contains("stop-deployment --region eu-central-1", "--deployment-id d-ABCDEF123");
            assertThat(finding.repair()).isNull();
        });
    }

    @Test
    void repairsARuleThatLagsBehind() {
        var test = rule(Listener.TEST, Map.of(GREEN, 100, BLUE, 0));

        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE, test), null))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem())
                            .isEqualTo(
                                    "the test listener sends traffic to 100 × green, but blue is the primary task set");
                    assertThat(finding.repair())
                            .isEqualTo("aws elbv2 modify-rule --region eu-central-1 --rule-arn arn:rule:TEST --actions"
                                    + " '[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":["
                                    + "{\"TargetGroupArn\":\"arn:blue\",\"Weight\":100},"
                                    + "{\"TargetGroupArn\":\"arn:green\",\"Weight\":0}]}}]'");
                });
    }

    @Test
    void repairsWeightsThatAreSplit() {
        var half = rule(Listener.PRODUCTION, Map.of(BLUE, 10, GREEN, 90));

        assertThat(check.findings(service(GREEN, half, rule(Listener.TEST, Map.of(GREEN, 100))), null))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem()).contains("10 × blue and 90 × green");
                    assertThat(finding.repair())
                            .contains("{\"TargetGroupArn\":\"arn:green\",\"Weight\":100}")
                            .contains("arn:rule:PRODUCTION");
                });
    }

    @Test
    void repairsARuleThatSendsTrafficToNobody() {
        var nobody = rule(Listener.PRODUCTION, Map.of(BLUE, 0, GREEN, 0));

        assertThat(check.findings(service(BLUE, nobody, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("sends traffic to nobody");
    }

    @Test
    void namesATargetGroupOfSomebodyElse() {
        var stranger = rule(Listener.PRODUCTION, Map.of(BLUE, 50, "arn:stranger", 50));

        assertThat(check.findings(service(BLUE, stranger, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("50 × blue and 50 × arn:stranger");
    }

    @Test
    void repairsADefaultActionByItsListener() {
        var byDefault = new Rule(Listener.TEST, "arn:listener:TEST", "arn:default", true, Map.of(GREEN, 1));

        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE, byDefault), null))
                .singleElement()
                .extracting(Finding::repair)
                .asString()
                .startsWith("aws elbv2 modify-listener --region eu-central-1 --listener-arn arn:listener:TEST"
                        + " --default-actions '");
    }

    /** The repair would be an outage. */
    @Test
    void warnsWhenThePrimaryTaskSetHasNoHealthyTask() {
        var production = rule(Listener.PRODUCTION, Map.of(GREEN, 100, BLUE, 0));
        var service = new LiveService(
                "Backend",
                new TargetGroup("blue", BLUE),
                new TargetGroup("green", GREEN),
                BLUE,
                0,
                1,
                List.of(production, TEST_ON_BLUE),
                List.of("blue", "green"),
                List.of("arn:listener:PRODUCTION", "arn:listener:TEST"),
                List.of());

        assertThat(check.findings(service, null))
                .singleElement()
                .extracting(Finding::advice)
                .asString()
                .startsWith("NO HEALTHY TASK");
    }

    @Test
    void missesARule() {
        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE), null))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem()).isEqualTo("no rule of the test listener forwards to it");
                    assertThat(finding.advice()).contains("Primary taskset target group must be behind listener");
                });
    }

    @Test
    void looksAtEveryRuleOfAListener() {
        var another = new Rule(Listener.PRODUCTION, "arn:listener:PRODUCTION", "arn:another", false, Map.of(GREEN, 1));

        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE, another, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::repair)
                .asString()
                .contains("arn:another");
    }

    @Test
    void refusesAnUpdateThatWouldMoveTraffic() {
        assertThat(check.findings(service(BLUE, PRODUCTION_ON_BLUE, TEST_ON_BLUE), Color.GREEN))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.problem()).isEqualTo("the update would send traffic to green, but blue serves");
                    assertThat(finding.advice()).isEqualTo("Pass BackendLiveColor=blue to the update.");
                });
    }

    @Test
    void refusesAServiceWithoutPrimaryTaskSet() {
        assertThat(check.findings(service(null, PRODUCTION_ON_BLUE, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::problem)
                .isEqualTo("ECS has no primary task set");
    }

    @Test
    void refusesAPrimaryTaskSetBehindATargetGroupOfSomebodyElse() {
        assertThat(check.findings(service("arn:stranger", PRODUCTION_ON_BLUE, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("stands behind arn:stranger");
    }

    @Test
    void refusesTaskSetsThatWereLeftBehind() {
        assertThat(check.findings(service(BLUE, 2, List.of(), PRODUCTION_ON_BLUE, TEST_ON_BLUE), null))
                .singleElement()
                .extracting(Finding::problem)
                .isEqualTo("2 task sets although no deployment runs");
    }

    @Test
    void refusesADeploymentGroupThatSwapsSomethingElse() {
        var service = new LiveService(
                "Backend",
                new TargetGroup("blue", BLUE),
                new TargetGroup("green", GREEN),
                BLUE,
                1,
                1,
                List.of(PRODUCTION_ON_BLUE, TEST_ON_BLUE),
                List.of("blue", "stranger"),
                List.of("arn:listener:PRODUCTION"),
                List.of());

        assertThat(check.findings(service, null))
                .extracting(Finding::problem)
                .containsExactly(
                        "CodeDeploy's deployment group swaps [blue, stranger] instead of [blue, green]",
                        "CodeDeploy's deployment group does not know the listener arn:listener:TEST");
    }

    private static LiveService service(@Nullable String primary, Rule... rules) {
        return service(primary, 1, List.of(), rules);
    }

    private static LiveService service(
            @Nullable String primary, int taskSets, List<String> runningDeployments, Rule... rules) {
        return new LiveService(
                "Backend",
                new TargetGroup("blue", BLUE),
                new TargetGroup("green", GREEN),
                primary,
                2,
                taskSets,
                List.of(rules),
                List.of("green", "blue"),
                List.of("arn:listener:PRODUCTION", "arn:listener:TEST"),
                runningDeployments);
    }

    private static Rule rule(Listener listener, Map<String, Integer> weights) {
        return new Rule(listener, "arn:listener:" + listener, "arn:rule:" + listener, false, weights);
    }
}
