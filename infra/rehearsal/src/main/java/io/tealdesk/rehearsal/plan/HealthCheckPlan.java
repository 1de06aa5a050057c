package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.Set;

/**
 * A target group's health check.
 *
 * @param statuses the answers that count as healthy
 */
public record HealthCheckPlan(
        String path,
        Set<Integer> statuses,
        Duration interval,
        Duration timeout,
        int healthyThreshold,
        int unhealthyThreshold) {}
