package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudWatch alarm.
 *
 * @param id its logical id
 * @param metrics what it looks at, by the id that the expression uses; one entry when there is no expression
 * @param expression metric math; null when the alarm compares its one metric
 * @param requestsNeeded with fewer in all of its periods the alarm keeps its state; 0 when it judges any number
 */
public record AlarmPlan(
        String id,
        Map<String, Metric> metrics,
        @Nullable String expression,
        Duration period,
        int evaluationPeriods,
        int datapointsToAlarm,
        Comparison comparison,
        double threshold,
        MissingData missingData,
        int requestsNeeded) {

    /** Whether it is about how long answers take. */
    public boolean watchesLatency() {
        return metrics.values().stream().anyMatch(metric -> MeasuredMetrics.TIMES.contains(metric.name()));
    }

    /**
     * A load balancer's metric.
     *
     * @param name CloudWatch's name, such as {@code HTTPCode_Target_5XX_Count}
     * @param statistic {@code Sum}, {@code Average}, {@code Minimum}, {@code Maximum} or a percentile, {@code p90}
     * @param service whose target group; null for the load balancer as a whole
     * @param color which target group; null for the load balancer as a whole
     */
    public record Metric(
            String name,
            String statistic,
            @Nullable ServiceName service,
            @Nullable Color color) {}

    /** CloudWatch's comparison operators that a static threshold takes. */
    public enum Comparison {
        GREATER_THAN,
        GREATER_OR_EQUAL,
        LESS_THAN,
        LESS_OR_EQUAL
    }

    /** What a period without data counts as. */
    public enum MissingData {
        NOT_BREACHING,
        BREACHING,
        IGNORE,
        MISSING
    }
}
