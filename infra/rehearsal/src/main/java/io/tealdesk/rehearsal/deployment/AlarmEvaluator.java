package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.MetricMath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One alarm's state as CloudWatch computes it: M of N periods, with CloudWatch's treatment of missing data and of
 * percentiles of few requests. It looks at whole periods only, one after the other from the beginning of the rehearsal.
 */
final class AlarmEvaluator {

    /** CloudWatch fetches more periods than it needs, so that gaps are filled with older data before all else. */
    private static final int EXTRA_PERIODS = 2;

    private final AlarmPlan plan;
    private final @Nullable MetricMath math;
    private final Metrics metrics;
    private final Instant origin;
    private final Duration period;
    private State state = State.INSUFFICIENT_DATA;

    /** @param period the alarm's, compressed */
    AlarmEvaluator(AlarmPlan plan, Metrics metrics, Instant origin, Duration period) {
        this.plan = plan;
        this.metrics = metrics;
        this.origin = origin;
        this.period = period;
        String expression = plan.expression();
        math = expression == null ? null : MetricMath.parse(expression);
    }

    enum State {
        OK,
        ALARM,
        INSUFFICIENT_DATA
    }

    /** Where metrics come from; a period without data is empty. */
    interface Metrics {
        OptionalDouble value(AlarmPlan.Metric metric, Instant from, Duration period);
    }

    AlarmPlan plan() {
        return plan;
    }

    /** The state after the last whole period before now. */
    State evaluate(Instant now) {
        List<OptionalDouble> newestFirst = new ArrayList<>();
        long wholePeriods = Duration.between(origin, now).toNanos() / period.toNanos();
        if (requests(wholePeriods) < plan.requestsNeeded()) {
            return state;
        }
        int wanted = plan.evaluationPeriods() + EXTRA_PERIODS;
        for (int age = 1; age <= wanted; age++) {
            long index = wholePeriods - age;
            newestFirst.add(index < 0 ? OptionalDouble.empty() : at(origin.plus(period.multipliedBy(index))));
        }
        state = decide(newestFirst);
        return state;
    }

    private double requests(long wholePeriods) {
        if (plan.requestsNeeded() == 0) {
            return 0;
        }
        AlarmPlan.Metric watched = plan.metrics().values().iterator().next();
        AlarmPlan.Metric count =
                new AlarmPlan.Metric(watched.name(), "SampleCount", watched.service(), watched.color());
        return LongStream.rangeClosed(1, Math.min(plan.evaluationPeriods(), wholePeriods))
                .mapToObj(age -> metrics.value(count, origin.plus(period.multipliedBy(wholePeriods - age)), period))
                .mapToDouble(requests -> requests.orElse(0))
                .sum();
    }

    private OptionalDouble at(Instant from) {
        MetricMath expression = math;
        if (expression == null) {
            return metrics.value(plan.metrics().values().iterator().next(), from, period);
        }
        return expression.value(id -> {
            AlarmPlan.Metric metric = plan.metrics().get(id);
            return metric == null ? OptionalDouble.empty() : metrics.value(metric, from, period);
        });
    }

    private State decide(List<OptionalDouble> newestFirst) {
        int periods = plan.evaluationPeriods();
        List<Boolean> real = newestFirst.stream()
                .filter(OptionalDouble::isPresent)
                .map(value -> breaches(value.getAsDouble()))
                .toList();
        if (real.size() >= periods) {
            return count(real.subList(0, periods)) >= plan.datapointsToAlarm() ? State.ALARM : State.OK;
        }
        long breaching = count(real);
        int missing = periods - real.size();
        return switch (plan.missingData()) {
            case NOT_BREACHING -> breaching >= plan.datapointsToAlarm() ? State.ALARM : State.OK;
            case BREACHING -> breaching + missing >= plan.datapointsToAlarm() ? State.ALARM : State.OK;
            case IGNORE -> real.isEmpty() || breaching < plan.datapointsToAlarm() ? state : State.ALARM;
            case MISSING -> decideByFew(newestFirst.subList(0, periods), real, breaching);
        };
    }

    /** An alarm that keeps gaps goes off early when the oldest breach is old enough and nothing since was well. */
    private State decideByFew(List<OptionalDouble> newestFirst, List<Boolean> real, long breaching) {
        if (real.isEmpty()) {
            return State.INSUFFICIENT_DATA;
        }
        if (breaching >= plan.datapointsToAlarm()) {
            return State.ALARM;
        }
        int oldest = 0;
        for (int i = 0; i < newestFirst.size(); i++) {
            if (newestFirst.get(i).isPresent()) {
                oldest = i + 1;
            }
        }
        boolean onlyBreaches = breaching == real.size();
        return onlyBreaches && oldest >= plan.datapointsToAlarm() ? State.ALARM : State.OK;
    }

    private static long count(List<Boolean> breaches) {
        return breaches.stream().filter(breach -> breach).count();
    }

    private boolean breaches(double value) {
        return switch (plan.comparison()) {
            case GREATER_THAN -> value > plan.threshold();
            case GREATER_OR_EQUAL -> value >= plan.threshold();
            case LESS_THAN -> value < plan.threshold();
            case LESS_OR_EQUAL -> value <= plan.threshold();
        };
    }
}
