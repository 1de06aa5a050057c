package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.MeasuredMetrics;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An alarm that the files may have is one that the load balancer can feed. */
class MeasuredMetricsTests {

    private static final List<String> STATISTICS =
            List.of("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p99.9", "tm90");

    static Stream<Metric> metrics() {
        return Stream.of(MeasuredMetrics.COUNTS, MeasuredMetrics.HOSTS, MeasuredMetrics.TIMES)
                .flatMap(Set::stream)
                .flatMap(name -> STATISTICS.stream()
                        .map(statistic -> new Metric(name, statistic, ServiceName.BACKEND, Color.GREEN)))
                .filter(metric -> MeasuredMetrics.has(metric.name(), metric.statistic()));
    }

    @ParameterizedTest
    @MethodSource("metrics")
    void whatThePlanAllowsIsMeasured(Metric metric) {
        Metrics metrics = new Metrics();
        metrics.hosts(ServiceName.BACKEND, Color.GREEN, new HostCounts.Count(Instant.EPOCH, 1, 0, 1));

        assertThatCode(() -> metrics.value(metric, Instant.EPOCH, Duration.ofMinutes(1)))
                .doesNotThrowAnyException();
    }
}
