package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String GREEN = "backend-green-1";

    private final Metrics metrics = new Metrics();

    @Test
    void hasNoDataPointWithoutANonzeroValue() {
        answered(0, GREEN, 200, "0.010");

        assertThat(sum("HTTPCode_Target_5XX_Count", Color.GREEN)).isEmpty();
        assertThat(sum("HTTPCode_ELB_5XX_Count", null)).isEmpty();
        assertThat(sum("RequestCount", Color.BLUE)).isEmpty();
        assertThat(value("TargetResponseTime", "p90", Color.BLUE)).isEmpty();
        assertThat(sum("RequestCount", Color.GREEN)).hasValue(1);
    }

    @Test
    void tellsTheTargetsErrorsFromItsOwn() {
        answered(0, GREEN, 502, "0.010");
        answered(0, GREEN, 502, "-");
        answered(0, GREEN, 504, "-");
        metrics.add(entry(0, RoutingTable.NOWHERE, 503, "", "", ""));

        assertThat(sum("HTTPCode_Target_5XX_Count", Color.GREEN)).hasValue(1);
        assertThat(sum("HTTPCode_ELB_5XX_Count", null)).hasValue(3);
        assertThat(sum("HTTPCode_ELB_502_Count", null)).hasValue(1);
        assertThat(sum("HTTPCode_ELB_503_Count", null)).hasValue(1);
        assertThat(sum("HTTPCode_ELB_504_Count", null)).hasValue(1);
        // Only requests for which a target could be chosen.
        assertThat(sum("RequestCount", null)).hasValue(3);
    }

    @Test
    void countsARefusedConnection() {
        metrics.add(entry(0, GREEN, 502, "127.0.0.1:1", "-", "-"));
        metrics.add(entry(0, GREEN, 502, "127.0.0.1:1", "0.001", "-"));

        assertThat(sum("TargetConnectionErrorCount", Color.GREEN)).hasValue(1);
    }

    @Test
    void countsAFaultAtTheDoorAsTheTargetsAnswer() {
        metrics.add(entry(0, GREEN, 500, "", "", ""));

        assertThat(sum("HTTPCode_Target_5XX_Count", Color.GREEN)).hasValue(1);
        assertThat(sum("HTTPCode_ELB_5XX_Count", null)).isEmpty();
    }

    @Test
    void looksOnlyAtItsPeriodAndGroup() {
        answered(-1, GREEN, 200, "0.010");
        answered(0, GREEN, 200, "0.010");
        answered(59_999, GREEN, 404, "0.010");
        answered(60_000, GREEN, 200, "0.010");
        answered(0, "backend-blue-1", 200, "0.010");
        answered(0, "frontend-green-1", 200, "0.010");

        assertThat(sum("RequestCount", Color.GREEN)).hasValue(2);
        assertThat(sum("RequestCount", null)).hasValue(4);
        assertThat(sum("HTTPCode_Target_4XX_Count", Color.GREEN)).hasValue(1);
    }

    @Test
    void knowsResponseTimesToTheirPercentiles() {
        for (int i = 1; i <= 100; i++) {
            answered(i, GREEN, 200, "%.3f".formatted(i / 1000.0));
        }

        assertThat(value("TargetResponseTime", "p90", Color.GREEN)).hasValue(0.090);
        assertThat(value("TargetResponseTime", "p99.9", Color.GREEN)).hasValue(0.100);
        assertThat(value("TargetResponseTime", "Maximum", Color.GREEN)).hasValue(0.100);
        assertThat(value("TargetResponseTime", "Average", Color.GREEN).orElseThrow())
                .isCloseTo(0.0505, within(1e-9));
    }

    @Test
    void weighsHostCountsByTheirTime() {
        hosts(-10, 0, 0, 1);
        hosts(-5, 2, 0, 2);
        hosts(45, 1, 1, 2);

        assertThat(value("HealthyHostCount", "Minimum", Color.GREEN)).hasValue(1);
        assertThat(value("UnHealthyHostCount", "Maximum", Color.GREEN)).hasValue(1);
        assertThat(value("UnHealthyHostCount", "Average", Color.GREEN)).hasValue(0.25);
        assertThat(value("UnHealthyHostCount", "Maximum", Color.BLUE)).isEmpty();
    }

    @Test
    void hasNoHostCountsOfAnEmptyGroup() {
        hosts(-10, 1, 0, 1);
        hosts(-5, 0, 0, 0);

        assertThat(value("HealthyHostCount", "Minimum", Color.GREEN)).isEmpty();
    }

    private void hosts(long seconds, int healthy, int unhealthy, int registered) {
        metrics.hosts(
                ServiceName.BACKEND,
                Color.GREEN,
                new HostCounts.Count(NOON.plusSeconds(seconds), healthy, unhealthy, registered));
    }

    private void answered(long millis, String target, int status, String header) {
        metrics.add(entry(millis, target, status, "127.0.0.1:1", "0.000", header));
    }

    private static AccessEntry entry(
            long millis, String target, int status, String upstream, String connect, String header) {
        double time = NOON.plusMillis(millis).toEpochMilli() / 1000.0;
        return new AccessEntry("ended", "id", time, target, status, upstream, connect, header, 0.020);
    }

    private OptionalDouble sum(String name, @Nullable Color color) {
        return value(name, "Sum", color);
    }

    private OptionalDouble value(String name, String statistic, @Nullable Color color) {
        Metric metric = new Metric(name, statistic, color == null ? null : ServiceName.BACKEND, color);
        return metrics.value(metric, NOON, Duration.ofMinutes(1));
    }
}
