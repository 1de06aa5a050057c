package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Watches a deployment group's alarms, and says so the first time that one goes off. */
final class AlarmWatch implements AutoCloseable {

    private final Cluster cluster;
    private final ServicePlan plan;
    private final Starting starting;
    private final List<AlarmEvaluator> evaluators;
    private volatile boolean isClosed;

    AlarmWatch(Cluster cluster, ServicePlan plan, Starting starting) {
        this.cluster = cluster;
        this.plan = plan;
        this.starting = starting;
        Instant origin = cluster.recording().now();
        evaluators = plan.alarms().stream()
                .map(alarm -> new AlarmEvaluator(
                        alarm, this::value, origin, cluster.compression().of(alarm.period())))
                .toList();
    }

    /** Whether a colour had a starting task in a span. */
    interface Starting {
        boolean was(Color color, Instant from, Instant to);
    }

    void onAlarm(Consumer<String> listener) {
        Thread.ofVirtual().name("alarms-" + plan.name()).start(() -> watch(listener));
    }

    private void watch(Consumer<String> listener) {
        Duration look = evaluators.stream()
                .map(evaluator -> cluster.compression().of(evaluator.plan().period()))
                .min(Duration::compareTo)
                .map(shortest -> shortest.dividedBy(6))
                .orElse(Duration.ofSeconds(1));
        try {
            while (!isClosed) {
                for (AlarmEvaluator evaluator : evaluators) {
                    if (evaluator.evaluate(cluster.recording().now()) == AlarmEvaluator.State.ALARM && !isClosed) {
                        String id = evaluator.plan().id();
                        cluster.recording().event(Event.Kind.ALARM, plan.name().toString(), id + " went off.");
                        listener.accept("The alarm " + id + " went off.");
                        return;
                    }
                }
                Thread.sleep(look);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // As without IgnorePollAlarmFailure: who cannot see the alarms must not go on.
            listener.accept("The alarms could not be read: " + e.getMessage());
        }
    }

    /**
     * A task that starts is unhealthy for as long as it takes, while the alarm's minutes are compressed; so its checks
     * count from its first success or the end of its grace period on.
     */
    private OptionalDouble value(AlarmPlan.Metric metric, Instant from, Duration period) {
        Color color = metric.color();
        if (metric.name().equals("UnHealthyHostCount")
                && metric.service() == plan.name()
                && color != null
                && starting.was(color, from, from.plus(period))) {
            return OptionalDouble.empty();
        }
        return cluster.balancer().metric(metric, from, period);
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
