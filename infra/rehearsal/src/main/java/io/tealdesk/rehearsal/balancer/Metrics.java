package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * CloudWatch's metrics of the load balancer, see "CloudWatch metrics for your Application Load Balancer" in its user
 * guide. Where that says "Reporting criteria: There is a nonzero value", a period without any has no data point.
 */
final class Metrics {

    private static final Pattern COUNT = Pattern.compile("HTTPCode_(Target|ELB)_([2-5])XX_Count");
    private static final Pattern ELB_CODE = Pattern.compile("HTTPCode_ELB_(50[0234])_Count");
    private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(?:\\.\\d+)?|100)");
    private static final long SLICE_MILLIS = 100;

    private final ConcurrentSkipListMap<Long, Queue<AccessEntry>> slices = new ConcurrentSkipListMap<>();
    private final Map<String, HostCounts> hosts = new ConcurrentHashMap<>();

    void add(AccessEntry entry) {
        slices.computeIfAbsent(entry.at().toEpochMilli() / SLICE_MILLIS, _ -> new ConcurrentLinkedQueue<>())
                .add(entry);
    }

    void hosts(ServiceName service, Color color, HostCounts.Count count) {
        hosts.computeIfAbsent(service + "-" + color, _ -> new HostCounts()).add(count);
    }

    OptionalDouble value(Metric metric, Instant from, Duration period) {
        return switch (metric.name()) {
            case "HealthyHostCount" -> hostCount(metric, HostCounts.Count::healthy, from, period);
            case "UnHealthyHostCount" -> hostCount(metric, HostCounts.Count::unhealthy, from, period);
            case "TargetResponseTime" ->
                responseTime(
                        metric.statistic(),
                        entries(metric, from, period)
                                .filter(AccessEntry::isAnsweredByTarget)
                                .mapToDouble(AccessEntry::responseSeconds)
                                .sorted()
                                .toArray());
            default -> {
                Predicate<AccessEntry> counted = counted(metric.name());
                if (!metric.statistic().equals("Sum")) {
                    throw new IllegalArgumentException("Counts have a Sum, no " + metric.statistic() + ".");
                }
                long sum = entries(metric, from, period).filter(counted).count();
                yield sum == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum);
            }
        };
    }

    private static Predicate<AccessEntry> counted(String name) {
        Matcher count = COUNT.matcher(name);
        if (count.matches()) {
            boolean byTarget = count.group(1).equals("Target");
            int hundreds = Integer.parseInt(count.group(2));
            return entry -> entry.status() / 100 == hundreds
                    && entry.isAnsweredByTarget() == byTarget
                    && (byTarget || !isFixedResponse(entry));
        }
        Matcher code = ELB_CODE.matcher(name);
        if (code.matches()) {
            int status = Integer.parseInt(code.group(1));
            return entry -> entry.status() == status && !entry.isAnsweredByTarget();
        }
        return switch (name) {
            case "RequestCount" -> AccessEntry::isRouted;
            case "TargetConnectionErrorCount" -> AccessEntry::isConnectionRefused;
            case "HTTP_Fixed_Response_Count" -> Metrics::isFixedResponse;
            default -> throw new IllegalArgumentException("No metric that a rehearsal measures: " + name);
        };
    }

    private static boolean isFixedResponse(AccessEntry entry) {
        return entry.status() == 404 && !entry.isAnsweredByTarget();
    }

    private Stream<AccessEntry> entries(Metric metric, Instant from, Duration period) {
        Instant to = from.plus(period);
        long first = from.toEpochMilli() / SLICE_MILLIS;
        long last = to.toEpochMilli() / SLICE_MILLIS;
        return slices.subMap(first, true, last, true).values().stream()
                .flatMap(Queue::stream)
                .filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to))
                .filter(entry -> metric.service() == null
                        || entry.isOf(metric.service() + (metric.color() == null ? "" : "-" + metric.color())));
    }

    private OptionalDouble hostCount(
            Metric metric, ToIntFunction<HostCounts.Count> value, Instant from, Duration period) {
        HostCounts counts = hosts.get(metric.service() + "-" + metric.color());
        return counts == null ? OptionalDouble.empty() : counts.statistic(metric.statistic(), value, from, period);
    }

    private static OptionalDouble responseTime(String statistic, double[] sorted) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        Matcher percentile = PERCENTILE.matcher(statistic);
        if (percentile.matches()) {
            double rank = Math.ceil(Double.parseDouble(percentile.group(1)) / 100 * sorted.length);
            return OptionalDouble.of(sorted[Math.clamp((int) rank - 1, 0, sorted.length - 1)]);
        }
        return switch (statistic) {
            case "Sum" -> OptionalDouble.of(Arrays.stream(sorted).sum());
            case "Average" -> Arrays.stream(sorted).average();
            case "Minimum" -> OptionalDouble.of(sorted[0]);
            case "Maximum" -> OptionalDouble.of(sorted[sorted.length - 1]);
            case "SampleCount" -> OptionalDouble.of(sorted.length);
            default -> throw new IllegalArgumentException("No statistic of TargetResponseTime: " + statistic);
        };
    }
}
