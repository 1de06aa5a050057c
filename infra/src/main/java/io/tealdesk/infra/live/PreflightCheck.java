package io.tealdesk.infra.live;

import io.tealdesk.infra.live.LiveService.Listener;
import io.tealdesk.infra.live.LiveService.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a stack update would leave traffic where it is. Knows no network: what it is told is what it judges. */
class PreflightCheck {

    private final String region;

    PreflightCheck(String region) {
        this.region = region;
    }

    /** @param planned the colour that the update is going to name live; null to take what is live */
    List<Finding> findings(LiveService service, @Nullable Color planned) {
        if (!service.runningDeployments().isEmpty()) {
            // Nothing else can be said: rules and task sets are meant to disagree while traffic moves.
            return List.of(Finding.of(
                    service.name(),
                    "deployment " + String.join(", ", service.runningDeployments()) + " is running",
                    "Wait until it is over, or stop it: aws deploy stop-deployment --region " + region
                            + " --auto-rollback-enabled --deployment-id "
                            + service.runningDeployments().getFirst()));
        }
        var primary = service.primary();
        if (primary == null) {
            return List.of(withoutPrimary(service));
        }
        var findings = new ArrayList<Finding>();
        deploymentGroup(service, findings);
        taskSets(service, findings);
        for (var listener : Listener.values()) {
            rules(service, listener, primary, findings);
        }
        if (planned != null && planned != primary) {
            findings.add(Finding.of(
                    service.name(),
                    "the update would send traffic to " + planned.parameterValue() + ", but " + primary.parameterValue()
                            + " serves",
                    "Pass " + service.name() + "LiveColor=" + primary.parameterValue() + " to the update."));
        }
        return findings;
    }

    private static Finding withoutPrimary(LiveService service) {
        return service.primaryTaskSet() == null
                ? Finding.of(
                        service.name(),
                        "ECS has no primary task set",
                        "Look at the service's events in ECS; it has never been stable, or was deleted.")
                : Finding.of(
                        service.name(),
                        "the primary task set stands behind " + service.primaryTaskSet()
                                + ", which is neither blue nor green of this stack",
                        "Somebody has deployed past CodeDeploy. Deploy once through the pipeline.");
    }

    private static void deploymentGroup(LiveService service, List<Finding> findings) {
        var own = List.of(service.blue().name(), service.green().name());
        if (service.deploymentGroup().size() != 2 || !service.deploymentGroup().containsAll(own)) {
            findings.add(Finding.of(
                    service.name(),
                    "CodeDeploy's deployment group swaps " + service.deploymentGroup() + " instead of " + own,
                    "The deployment group was changed by hand; correct it before anything is deployed."));
        }
        var listeners =
                service.rules().stream().map(Rule::listenerArn).distinct().toList();
        for (var listener : listeners) {
            if (!service.deploymentGroupListeners().contains(listener)) {
                findings.add(Finding.of(
                        service.name(),
                        "CodeDeploy's deployment group does not know the listener " + listener,
                        "The deployment group was changed by hand; correct it before anything is deployed."));
            }
        }
    }

    private static void taskSets(LiveService service, List<Finding> findings) {
        if (service.taskSetCount() > 1) {
            findings.add(Finding.of(
                    service.name(),
                    service.taskSetCount() + " task sets although no deployment runs",
                    "A deployment was interrupted; the next one through the pipeline cleans up."));
        }
    }

    private void rules(LiveService service, Listener listener, Color primary, List<Finding> findings) {
        var rules = service.rules().stream()
                .filter(rule -> rule.listener() == listener)
                .toList();
        if (rules.isEmpty()) {
            findings.add(Finding.of(
                    service.name(),
                    "no rule of the " + name(listener) + " listener forwards to it",
                    "CodeDeploy will refuse to deploy: \"Primary taskset target group must be behind listener\"."
                            + " The rule has to be created again from the template."));
        }
        for (var rule : rules) {
            var live = rule.live();
            if (live.equals(List.of(service.targetGroup(primary).arn()))) {
                continue;
            }
            findings.add(new Finding(
                    service.name(),
                    "the " + name(listener) + " listener sends traffic to " + describe(service, rule) + ", but "
                            + primary.parameterValue() + " is the primary task set",
                    service.primaryHealthyTargets() > 0
                            ? service.primaryHealthyTargets()
                                    + " healthy task(s) are there. To send all traffic to them:"
                            : "NO HEALTHY TASK is there: look at the service first. Once there is one, send it all"
                                    + " traffic:",
                    repair(service, rule, primary)));
        }
    }

    private static String describe(LiveService service, Rule rule) {
        var parts = rule.live().stream()
                .map(arn -> rule.weights().get(arn) + " × "
                        + service.colorOf(arn).map(Color::parameterValue).orElse(arn))
                .collect(Collectors.joining(" and "));
        return parts.isEmpty() ? "nobody" : parts;
    }

    private String repair(LiveService service, Rule rule, Color primary) {
        var actions = """
                [{"Type":"forward","ForwardConfig":{"TargetGroups":[\
                {"TargetGroupArn":"%s","Weight":100},{"TargetGroupArn":"%s","Weight":0}]}}]\
                """.formatted(
                        service.targetGroup(primary).arn(),
                        service.targetGroup(primary.other()).arn());
        return rule.isDefault()
                ? "aws elbv2 modify-listener --region %s --listener-arn %s --default-actions '%s'"
                        .formatted(region, rule.listenerArn(), actions)
                : "aws elbv2 modify-rule --region %s --rule-arn %s --actions '%s'"
                        .formatted(region, rule.arn(), actions);
    }

    private static String name(Listener listener) {
        return switch (listener) {
            case PRODUCTION -> "production";
            case TEST -> "test";
        };
    }
}
