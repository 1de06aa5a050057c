package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.Delivery.Resource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A target group. Defaults and bounds are those of "Health checks for Application Load Balancer target groups". */
final class TargetGroupReader {

    private static final int DEREGISTRATION_DELAY_DEFAULT = 300;
    private static final String DEREGISTRATION_DELAY = "deregistration_delay.timeout_seconds";

    private static final Set<String> PLAYED = Set.of(
            "Port",
            "HealthCheckPath",
            "HealthCheckIntervalSeconds",
            "HealthCheckTimeoutSeconds",
            "HealthyThresholdCount",
            "UnhealthyThresholdCount",
            "Matcher",
            "TargetGroupAttributes");
    private static final Set<String> INDIFFERENT = Set.of("VpcId", "Name", "Tags", "IpAddressType");
    private static final Map<String, Set<String>> PLAYED_IF = Map.of(
            "TargetType", Set.of("ip"),
            "Protocol", Set.of("HTTP"),
            "ProtocolVersion", Set.of("HTTP1"),
            "HealthCheckEnabled", Set.of("true"),
            "HealthCheckProtocol", Set.of("HTTP"));
    private static final Map<String, Set<String>> ATTRIBUTES_PLAYED_IF = Map.of(
            "stickiness.enabled", Set.of("false"),
            "slow_start.duration_seconds", Set.of("0"),
            "load_balancing.algorithm.type", Set.of("round_robin"),
            "load_balancing.cross_zone.enabled", Set.of("true", "use_load_balancer_configuration"));

    private static final String OF_A_STICKINESS_THAT_IS_OFF = "stickiness\\.(type|lb_cookie\\..*|app_cookie\\..*)";

    private final Resource group;
    private final Unplayed unplayed;

    TargetGroupReader(Resource group, Unplayed unplayed) {
        this.group = group;
        this.unplayed = unplayed;
    }

    HealthCheckPlan health() {
        Node properties = group.properties();
        Set<String> known = new TreeSet<>(PLAYED);
        known.addAll(PLAYED_IF.keySet());
        known.add("HealthCheckPort");
        unplayed.allBut(properties, known, INDIFFERENT, group.id());
        PLAYED_IF.forEach((key, values) -> unplayed.unless(properties.get(key), values, key));
        if (!properties.has("TargetType")) {
            unplayed.add(properties, "the TargetType instance, which is the default, of " + group.id());
        }
        unplayed.unless(
                properties.get("HealthCheckPort"),
                Set.of("traffic-port", properties.get("Port").text()),
                "HealthCheckPort");
        return new HealthCheckPlan(
                properties.get("HealthCheckPath").textOr("/"),
                statuses(properties.at("Matcher/HttpCode")),
                Values.seconds(properties.get("HealthCheckIntervalSeconds"), "HealthCheckIntervalSeconds", 30, 5, 300),
                Values.seconds(properties.get("HealthCheckTimeoutSeconds"), "HealthCheckTimeoutSeconds", 5, 2, 120),
                Values.number(properties.get("HealthyThresholdCount"), "HealthyThresholdCount", 5, 2, 10),
                Values.number(properties.get("UnhealthyThresholdCount"), "UnhealthyThresholdCount", 2, 2, 10));
    }

    Duration deregistrationDelay() {
        Node attributes = group.properties().get("TargetGroupAttributes");
        for (Node attribute : attributes.items()) {
            String key = attribute.get("Key").text();
            if (ATTRIBUTES_PLAYED_IF.containsKey(key)) {
                unplayed.unless(attribute.get("Value"), ATTRIBUTES_PLAYED_IF.getOrDefault(key, Set.of()), key);
            } else if (!key.equals(DEREGISTRATION_DELAY) && !key.matches(OF_A_STICKINESS_THAT_IS_OFF)) {
                unplayed.add(attribute, key + " of " + group.id());
            }
        }
        return Values.seconds(
                attributes.at("[Key=" + DEREGISTRATION_DELAY + "]/Value"),
                DEREGISTRATION_DELAY,
                DEREGISTRATION_DELAY_DEFAULT,
                0,
                3600);
    }

    /** {@code 200}, {@code 200,204} or {@code 200-299}. */
    private static Set<Integer> statuses(Node matcher) {
        Set<Integer> statuses = new TreeSet<>();
        for (String part : matcher.textOr("200").split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            try {
                for (int status = Integer.parseInt(ends[0]);
                        status <= Integer.parseInt(ends[ends.length - 1]);
                        status++) {
                    statuses.add(status);
                }
            } catch (NumberFormatException notANumber) {
                throw new UnreadableFile(matcher.place(), "HttpCode is " + matcher + ". Write 200 or 200-299");
            }
        }
        return statuses;
    }
}
