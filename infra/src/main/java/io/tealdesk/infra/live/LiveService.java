package io.tealdesk.infra.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one service's traffic goes at this moment, according to each of the three that have a say: the load balancer's
 * rules, ECS and CodeDeploy.
 *
 * @param name Backend or Frontend, as in the stack's parameters
 * @param primaryTaskSet the target group of the task set that ECS calls PRIMARY; null if there is no such task set
 * @param primaryHealthyTargets tasks in it to which the load balancer would send a request
 * @param taskSetCount more than one while CodeDeploy replaces tasks, and after it failed to clean up
 * @param deploymentGroup the target groups that CodeDeploy swaps, by name
 */
record LiveService(
        String name,
        TargetGroup blue,
        TargetGroup green,
        @Nullable String primaryTaskSet,
        int primaryHealthyTargets,
        int taskSetCount,
        List<Rule> rules,
        List<String> deploymentGroup,
        List<String> deploymentGroupListeners,
        List<String> runningDeployments) {

    /** Null if ECS has no primary task set, or one behind a target group that is not the stack's. */
    @Nullable Color primary() {
        return primaryTaskSet == null ? null : colorOf(primaryTaskSet).orElse(null);
    }

    Optional<Color> colorOf(String targetGroupArn) {
        return Stream.of(Color.values())
                .filter(color -> targetGroup(color).arn.equals(targetGroupArn))
                .findFirst();
    }

    TargetGroup targetGroup(Color color) {
        return switch (color) {
            case BLUE -> blue;
            case GREEN -> green;
        };
    }

    record TargetGroup(String name, String arn) {}

    /**
     * A rule, or a listener's default action, that forwards to one of the two.
     *
     * @param weights by the target group's ARN; those of others too
     */
    record Rule(Listener listener, String listenerArn, String arn, boolean isDefault, Map<String, Integer> weights) {

        Rule {
            weights = Map.copyOf(weights);
        }

        List<String> live() {
            return weights.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
        }
    }

    enum Listener {
        PRODUCTION,
        TEST
    }
}
