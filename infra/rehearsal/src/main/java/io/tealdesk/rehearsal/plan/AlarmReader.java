package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Node;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.infra.rules.BlueGreen;
import io.tealdesk.infra.rules.Delivery.Resource;
import io.tealdesk.rehearsal.plan.AlarmPlan.Comparison;
import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.AlarmPlan.MissingData;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** The alarms that a deployment group names, in whichever stack they are. */
final class AlarmReader {

    private static final Set<String> PLAYED = Set.of(
            "MetricName",
            "Namespace",
            "Dimensions",
            "Statistic",
            "ExtendedStatistic",
            "Metrics",
            "Period",
            "EvaluationPeriods",
            "DatapointsToAlarm",
            "Threshold",
            "ComparisonOperator",
            "TreatMissingData",
            "EvaluateLowSampleCountPercentile");
    private static final Set<String> INDIFFERENT = Set.of(
            "AlarmName",
            "AlarmDescription",
            "ActionsEnabled",
            "AlarmActions",
            "OKActions",
            "InsufficientDataActions",
            "Unit",
            "Tags");
    private static final Map<String, Comparison> COMPARISONS = Map.of(
            "GreaterThanThreshold", Comparison.GREATER_THAN,
            "GreaterThanOrEqualToThreshold", Comparison.GREATER_OR_EQUAL,
            "LessThanThreshold", Comparison.LESS_THAN,
            "LessThanOrEqualToThreshold", Comparison.LESS_OR_EQUAL);
    private static final Map<String, MissingData> MISSING_DATA = Map.of(
            "notBreaching", MissingData.NOT_BREACHING,
            "breaching", MissingData.BREACHING,
            "ignore", MissingData.IGNORE,
            "missing", MissingData.MISSING);
    private static final Map<String, Boolean> LOW_SAMPLES_IGNORED = Map.of("evaluate", false, "ignore", true);
    /** CloudWatch's user guide, "Percentile-based alarms and low data samples". */
    private static final int SAMPLES_BEYOND_PERCENTILE = 10;

    private final Map<ServiceName, BlueGreen> deployments;
    private final Unplayed unplayed;

    AlarmReader(Map<ServiceName, BlueGreen> deployments, Unplayed unplayed) {
        this.deployments = deployments;
        this.unplayed = unplayed;
    }

    List<AlarmPlan> read(BlueGreen deployment) {
        Node configuration = deployment.deploymentGroup().properties().get("AlarmConfiguration");
        // Off is CodeDeploy's default.
        if (!configuration.get("Enabled").isTrue()) {
            return List.of();
        }
        List<Resource> alarms = deployment.alarms();
        for (Node named : configuration.get("Alarms").items()) {
            Node name = named.get("Name");
            if (alarms.stream()
                    .noneMatch(alarm -> name.is(alarm.symbol())
                            || name.is(alarm.properties().get("AlarmName").text()))) {
                unplayed.add(named, "the alarm " + name + ", which is no AWS::CloudWatch::Alarm of these stacks");
            }
        }
        return alarms.stream().map(this::alarm).flatMap(Optional::stream).toList();
    }

    /** What an alarm looks at, and how often. */
    private record Watched(
            Map<String, Metric> metrics, @Nullable String expression, Node period) {}

    private Optional<AlarmPlan> alarm(Resource alarm) {
        Node properties = alarm.properties();
        unplayed.allBut(properties, PLAYED, INDIFFERENT, alarm.id());
        return (properties.has("Metrics") ? severalMetrics(alarm) : oneMetric(alarm))
                .map(watched -> plan(alarm, watched));
    }

    private static AlarmPlan plan(Resource alarm, Watched watched) {
        Node properties = alarm.properties();
        int periods =
                Values.number(properties.get("EvaluationPeriods"), "EvaluationPeriods of " + alarm.id(), 1, 10_080);
        // All of the periods, and "missing", are CloudWatch's defaults (API reference, PutMetricAlarm).
        int datapoints = Values.number(
                properties.get("DatapointsToAlarm"), "DatapointsToAlarm of " + alarm.id(), periods, 1, periods);
        return new AlarmPlan(
                alarm.id(),
                watched.metrics(),
                watched.expression(),
                Duration.ofSeconds(Values.number(watched.period(), "Period of " + alarm.id(), 10, 604_800)),
                periods,
                datapoints,
                chosen(properties.get("ComparisonOperator"), "ComparisonOperator", COMPARISONS),
                threshold(alarm),
                properties.has("TreatMissingData")
                        ? chosen(properties.get("TreatMissingData"), "TreatMissingData", MISSING_DATA)
                        : MissingData.MISSING,
                requestsNeeded(properties));
    }

    private static int requestsNeeded(Node properties) {
        Node lowSamples = properties.get("EvaluateLowSampleCountPercentile");
        Node percentile = properties.get("ExtendedStatistic");
        if (!lowSamples.isPresent()
                || !percentile.isPresent()
                || !chosen(lowSamples, "EvaluateLowSampleCountPercentile", LOW_SAMPLES_IGNORED)) {
            return 0;
        }
        double below = Double.parseDouble(percentile.text().substring(1));
        double rarer = Math.min(below, 100 - below);
        return rarer == 0 ? 0 : (int) Math.round(SAMPLES_BEYOND_PERCENTILE * 100 / rarer);
    }

    private Optional<Watched> oneMetric(Resource alarm) {
        Node properties = alarm.properties();
        Node statistic =
                properties.has("Statistic") ? properties.get("Statistic") : properties.get("ExtendedStatistic");
        return metric(alarm, properties, statistic)
                .map(metric -> new Watched(Map.of("m", metric), null, properties.get("Period")));
    }

    private Optional<Watched> severalMetrics(Resource alarm) {
        Node queries = alarm.properties().get("Metrics");
        Map<String, Metric> metrics = new LinkedHashMap<>();
        Map<String, String> expressions = new LinkedHashMap<>();
        Node period = alarm.properties().get("Period");
        String returned = "";
        for (Node query : queries.items()) {
            String id = Values.text(query.get("Id"), "Id of a metric");
            // What is not returned has to say so.
            returned = query.get("ReturnData").is("false") ? returned : id;
            if (query.has("Expression")) {
                expressions.put(id, query.get("Expression").text());
                continue;
            }
            Node stat = query.get("MetricStat");
            if (period.isPresent() && !stat.get("Period").is(period.text())) {
                unplayed.add(stat, "metrics of different periods in " + alarm.id());
            }
            period = stat.get("Period");
            Optional<Metric> metric = metric(alarm, stat.get("Metric"), stat.get("Stat"));
            if (metric.isEmpty()) {
                return Optional.empty();
            }
            metrics.put(id, metric.get());
        }
        if (expressions.isEmpty() && metrics.size() == 1) {
            return Optional.of(new Watched(metrics, null, period));
        }
        String expression = inlined(alarm, returned, expressions);
        return isPlayed(queries, expression, metrics)
                ? Optional.of(new Watched(metrics, expression, period))
                : Optional.empty();
    }

    private boolean isPlayed(Node queries, String expression, Map<String, Metric> metrics) {
        try {
            for (String id : MetricMath.parse(expression).metrics()) {
                if (!metrics.containsKey(id)) {
                    throw new UnreadableFile(
                            queries.place(), "an expression asks for " + id + ". Known are " + metrics.keySet());
                }
            }
            return true;
        } catch (MetricMath.UnsupportedExpression e) {
            unplayed.add(queries, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** The expression that is returned, with those that it uses written out. */
    private static String inlined(Resource alarm, String returned, Map<String, String> expressions) {
        String expression = expressions.getOrDefault(returned, returned);
        for (int depth = 0; depth <= expressions.size(); depth++) {
            String before = expression;
            for (Map.Entry<String, String> other : expressions.entrySet()) {
                expression = expression.replaceAll(
                        "\\b" + other.getKey() + "\\b", Matcher.quoteReplacement("(" + other.getValue() + ")"));
            }
            if (expression.equals(before)) {
                return expression;
            }
        }
        throw new UnreadableFile(alarm.node().place(), "the expressions of " + alarm.id() + " use one another");
    }

    private Optional<Metric> metric(Resource alarm, Node metric, Node statistic) {
        String name = metric.get("MetricName").text();
        if (!metric.get("Namespace").is("AWS/ApplicationELB")) {
            unplayed.add(
                    metric,
                    "the metric " + name + " of " + metric.get("Namespace") + ", which " + alarm.id() + " watches");
            return Optional.empty();
        }
        @Nullable ServiceName service = null;
        @Nullable Color color = null;
        for (Node dimension : metric.get("Dimensions").items()) {
            String kind = dimension.get("Name").text();
            if (kind.equals("LoadBalancer")) {
                continue;
            }
            if (!kind.equals("TargetGroup")) {
                unplayed.add(dimension, "the dimension " + kind + " of " + alarm.id());
                return Optional.empty();
            }
            for (Map.Entry<ServiceName, BlueGreen> each : deployments.entrySet()) {
                for (Resource group : each.getValue().targetGroups()) {
                    if (BlueGreen.refersTo(dimension.get("Value"), group)) {
                        service = each.getKey();
                        color = ServiceReader.colorOf(each.getValue(), group);
                    }
                }
            }
            if (service == null) {
                throw new UnreadableFile(
                        dimension.place(),
                        alarm.id() + " watches " + dimension.get("Value")
                                + ", which is the TargetGroupFullName of no target group under CodeDeploy");
            }
        }
        String stat = Values.text(statistic, "Statistic of " + alarm.id());
        if (!MeasuredMetrics.has(name, stat)) {
            unplayed.add(metric, "the metric " + name + " (" + stat + "), which " + alarm.id() + " watches");
            return Optional.empty();
        }
        return Optional.of(new Metric(name, stat, service, color));
    }

    private static double threshold(Resource alarm) {
        Node threshold = alarm.properties().get("Threshold");
        try {
            return Double.parseDouble(threshold.text());
        } catch (NumberFormatException notANumber) {
            throw new UnreadableFile(threshold.place(), "Threshold of " + alarm.id() + " is " + threshold);
        }
    }

    private static <T> T chosen(Node value, String what, Map<String, T> known) {
        T found = known.get(value.text());
        if (found == null) {
            throw new UnreadableFile(
                    value.place(), what + " is " + value + ". Known are " + new TreeSet<>(known.keySet()));
        }
        return found;
    }
}
