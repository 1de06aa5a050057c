package io.tealdesk.rehearsal.plan;

import io.tealdesk.rehearsal.plan.LoadBalancerPlan.ForwardRule;
import io.tealdesk.rehearsal.plan.ServicePlan.RollbackTrigger;
import io.tealdesk.rehearsal.plan.TaskPlan.ContainerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan as a table: what will be played, in the order in which it matters. */
public final class PlanSummary {

    private static final int LABEL_WIDTH = 20;

    private final DeploymentPlan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanSummary(DeploymentPlan plan) {
        this.plan = plan;
    }

    public static List<String> lines(DeploymentPlan plan) {
        PlanSummary summary = new PlanSummary(plan);
        summary.write();
        return List.copyOf(summary.lines);
    }

    private void write() {
        int width = services().stream()
                .flatMap(service -> rows().stream().map(row -> row.value().apply(service)))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        rows().forEach(row -> lines.add("%s%s  %s"
                .formatted(
                        label(row.label()),
                        pad(row.value().apply(plan.backend()), width),
                        row.value().apply(plan.frontend()))
                .stripTrailing()));
        lines.add("");
        lines.add(label("production") + rules(plan.loadBalancer().production()));
        lines.add(label("test") + rules(plan.loadBalancer().test()));
        lines.add(label("idle timeout") + seconds(plan.loadBalancer().idleTimeout()));
        lines.add("");
        for (ServicePlan service : services()) {
            service.alarms().forEach(alarm -> {
                String line = label("alarm") + describe(alarm);
                if (!lines.contains(line)) {
                    lines.add(line);
                }
            });
        }
    }

    private record Row(String label, Function<ServicePlan, String> value) {}

    private static List<Row> rows() {
        return List.of(
                new Row("", service -> service.name().toString()),
                new Row("tasks", service -> service.tasks() + " of each colour"),
                new Row(
                        "size",
                        service -> "%s CPU, %d MiB"
                                .formatted(
                                        number(service.task().cpus()),
                                        service.task().memoryMebibytes())),
                new Row(
                        "container",
                        service -> service.task().container() + ":"
                                + service.task().port() + " as "
                                + (service.task().user() == null
                                        ? "the image's user"
                                        : service.task().user())),
                new Row(
                        "file system",
                        service -> service.task().readOnlyRoot()
                                ? "read-only but "
                                        + String.join(", ", service.task().writablePaths())
                                : "writable"),
                new Row("its own check", service -> describe(service.task().health())),
                new Row("health check", service -> describe(service.health())),
                new Row("grace period", service -> seconds(service.healthCheckGracePeriod())),
                new Row(
                        "hooks",
                        service -> service.hooks().isEmpty()
                                ? "none"
                                : service.hooks().stream()
                                        .map(PlanSummary::describe)
                                        .collect(Collectors.joining(", "))),
                new Row("traffic", service -> describe(service.shift())),
                new Row("blue stays", service -> minutes(service.terminationWait())),
                new Row("alarms", service -> String.valueOf(service.alarms().size())),
                new Row("rolls back on", service -> triggers(service)),
                new Row("drains", service -> seconds(service.deregistrationDelay())),
                new Row("SIGKILL after", service -> seconds(service.task().stopTimeout())));
    }

    private List<ServicePlan> services() {
        return List.of(plan.backend(), plan.frontend());
    }

    private static String describe(@Nullable ContainerHealth check) {
        return check == null
                ? "none"
                : "%s, %d × every %s, after %s"
                        .formatted(
                                String.join(
                                        " ",
                                        check.command()
                                                .subList(1, check.command().size())),
                                check.retries(),
                                seconds(check.interval()),
                                seconds(check.startPeriod()));
    }

    private static String describe(HealthCheckPlan check) {
        return "%s every %s, up %d, down %d"
                .formatted(
                        check.path(), seconds(check.interval()), check.healthyThreshold(), check.unhealthyThreshold());
    }

    private static String describe(HookPlan hook) {
        String name = hook.handler().replaceFirst("::.*", "");
        return hook.event().title() + ": " + name.substring(name.lastIndexOf('.') + 1) + ", " + seconds(hook.timeout());
    }

    private static String describe(TrafficShift shift) {
        return switch (shift) {
            case TrafficShift.AllAtOnce _ -> "all at once";
            case TrafficShift.Canary canary -> canary.percent() + " %, all after " + minutes(canary.pause());
            case TrafficShift.Linear linear -> linear.percent() + " % more every " + minutes(linear.interval());
        };
    }

    private static String describe(AlarmPlan alarm) {
        String sign = switch (alarm.comparison()) {
            case GREATER_THAN -> ">";
            case GREATER_OR_EQUAL -> "≥";
            case LESS_THAN -> "<";
            case LESS_OR_EQUAL -> "≤";
        };
        return "%s: %s %s %s in %d of %d × %s"
                .formatted(
                        alarm.id(),
                        what(alarm),
                        sign,
                        number(alarm.threshold()),
                        alarm.datapointsToAlarm(),
                        alarm.evaluationPeriods(),
                        seconds(alarm.period()));
    }

    private static String what(AlarmPlan alarm) {
        String expression = alarm.expression();
        if (expression == null) {
            return alarm.metrics().values().stream()
                    .map(metric -> metric.name() + " " + metric.statistic())
                    .collect(Collectors.joining());
        }
        return alarm.metrics().entrySet().stream()
                .map(entry -> "%s = %s %s of %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().name(),
                                entry.getValue().statistic(),
                                Objects.requireNonNullElse(entry.getValue().color(), "both")))
                .collect(Collectors.joining(", ", expression + " with ", ""));
    }

    private static String rules(List<ForwardRule> rules) {
        return rules.stream()
                        .map(rule -> String.join(" ", rule.pathPatterns()) + " → " + rule.service())
                        .collect(Collectors.joining(", "))
                + ", otherwise 404";
    }

    private static String triggers(ServicePlan service) {
        return service.rollbackOn().isEmpty()
                ? "nothing"
                : service.rollbackOn().stream()
                        .map(RollbackTrigger::name)
                        .map(name ->
                                name.replaceFirst("DEPLOYMENT_(STOP_ON_)?", "").toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private static String label(String label) {
        return pad(label, LABEL_WIDTH);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String seconds(Duration duration) {
        return duration.toSeconds() + " s";
    }

    private static String minutes(Duration duration) {
        return duration.toMinutes() + " min";
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
