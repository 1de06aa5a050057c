package io.tealdesk.rehearsal.deployment;

import static io.tealdesk.rehearsal.deployment.AlarmEvaluator.State.ALARM;
import static io.tealdesk.rehearsal.deployment.AlarmEvaluator.State.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.deployment.AlarmEvaluator.State;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.AlarmPlan.Comparison;
import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.AlarmPlan.MissingData;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods are written oldest first: X breaches, 0 does not, - has no data. */
class AlarmEvaluatorTests {

    private static final Instant ORIGIN = Instant.parse("2026-11-23T03:00:00Z");
    private static final Duration PERIOD = Duration.ofSeconds(3);

    @ParameterizedTest
    @CsvSource({
        "00000, OK",
        "000XX, ALARM",
        "00X0X, ALARM",
        "0X00X, OK",
        // Enough real data: the gaps do not count, whatever they are taken for.
        "XX0--, ALARM",
        "X00--, OK",
    })
    void goesOffAfterTwoOfThree(String periods, State expected) {
        assertThat(state(periods, 3, 2, MissingData.NOT_BREACHING)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-----, NOT_BREACHING, OK",
        "-----, BREACHING, ALARM",
        "-----, MISSING, INSUFFICIENT_DATA",
        "-----, IGNORE, INSUFFICIENT_DATA",
        "----X, NOT_BREACHING, OK",
        "----X, BREACHING, ALARM",
        "----0, MISSING, OK",
        "--X--, MISSING, ALARM",
        "---X0, MISSING, OK",
    })
    void treatsMissingPeriodsAsAsked(String periods, MissingData missing, State expected) {
        assertThat(state(periods, 3, 3, missing)).isEqualTo(expected);
    }

    @Test
    void keepsItsStateWhereGapsAreIgnored() {
        AlarmEvaluator evaluator = evaluator("XXX------", 3, 3, MissingData.IGNORE);

        assertThat(evaluator.evaluate(after(3))).isEqualTo(ALARM);
        assertThat(evaluator.evaluate(after(9))).isEqualTo(ALARM);
    }

    @Test
    void looksAtWholePeriodsOnly() {
        AlarmEvaluator evaluator = evaluator("0X", 1, 1, MissingData.NOT_BREACHING);

        assertThat(evaluator.evaluate(after(2).minusMillis(1))).isEqualTo(OK);
        assertThat(evaluator.evaluate(after(2))).isEqualTo(ALARM);
    }

    @ParameterizedTest
    @CsvSource({
        "GREATER_THAN, 1, OK",
        "GREATER_OR_EQUAL, 1, ALARM",
        "LESS_THAN, 1, OK",
        "LESS_OR_EQUAL, 1, ALARM",
    })
    void comparesAsAsked(Comparison comparison, double threshold, State expected) {
        AlarmPlan plan = new AlarmPlan(
                "Alarm",
                Map.of("m", new Metric("Count", "Sum", null, null)),
                null,
                Duration.ofMinutes(1),
                1,
                1,
                comparison,
                threshold,
                MissingData.NOT_BREACHING,
                0);

        State state = new AlarmEvaluator(plan, (metric, from, period) -> OptionalDouble.of(1), ORIGIN, PERIOD)
                .evaluate(after(1));

        assertThat(state).isEqualTo(expected);
    }

    @Test
    void computesWithSeveralMetrics() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        metrics.put("green", new Metric("green", "p90", null, null));
        metrics.put("blue", new Metric("blue", "p90", null, null));
        AlarmPlan plan = new AlarmPlan(
                "Alarm",
                metrics,
                "IF(green > 4 * blue AND green > 0.1, 1, 0)",
                Duration.ofMinutes(1),
                1,
                1,
                Comparison.GREATER_OR_EQUAL,
                1,
                MissingData.NOT_BREACHING,
                0);

        assertThat(withLatencies(plan, 0.15, 0.02)).isEqualTo(ALARM);
        assertThat(withLatencies(plan, 0.09, 0.02)).isEqualTo(OK);
        assertThat(withLatencies(plan, 0.15, 0.05)).isEqualTo(OK);
    }

    /** Requests of each period, oldest first, every one too slow. */
    @ParameterizedTest
    @CsvSource({
        "0 0 99, INSUFFICIENT_DATA",
        "0 50 50, ALARM",
        "200 0 0, ALARM",
        "200 0 0 0, INSUFFICIENT_DATA",
    })
    void judgesNoPercentileOfTooFewRequests(String requests, State expected) {
        AlarmPlan plan = new AlarmPlan(
                "Alarm",
                Map.of("m", new Metric("TargetResponseTime", "p90", null, null)),
                null,
                Duration.ofMinutes(1),
                3,
                1,
                Comparison.GREATER_THAN,
                1,
                MissingData.NOT_BREACHING,
                100);
        List<String> counts = List.of(requests.split(" ", -1));
        AlarmEvaluator.Metrics metrics = (metric, from, period) -> {
            int count = Integer.parseInt(
                    counts.get((int) Duration.between(ORIGIN, from).dividedBy(period)));
            if (count == 0) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(metric.statistic().equals("SampleCount") ? count : 2);
        };

        assertThat(new AlarmEvaluator(plan, metrics, ORIGIN, PERIOD).evaluate(after(counts.size())))
                .isEqualTo(expected);
    }

    @Test
    void keepsItsStateWithTooFewRequests() {
        AlarmPlan plan = new AlarmPlan(
                "Alarm",
                Map.of("m", new Metric("TargetResponseTime", "p90", null, null)),
                null,
                Duration.ofMinutes(1),
                1,
                1,
                Comparison.GREATER_THAN,
                1,
                MissingData.NOT_BREACHING,
                100);
        AlarmEvaluator evaluator = new AlarmEvaluator(
                plan,
                (metric, from, period) -> {
                    boolean first = from.equals(ORIGIN);
                    return OptionalDouble.of(
                            metric.statistic().equals("SampleCount") ? first ? 100 : 99 : first ? 2 : 0);
                },
                ORIGIN,
                PERIOD);

        assertThat(evaluator.evaluate(after(1))).isEqualTo(ALARM);
        assertThat(evaluator.evaluate(after(2))).isEqualTo(ALARM);
    }

    private static State withLatencies(AlarmPlan plan, double green, double blue) {
        return new AlarmEvaluator(
                        plan,
                        (metric, from, period) ->
                                OptionalDouble.of(metric.name().equals("green") ? green : blue),
                        ORIGIN,
                        PERIOD)
                .evaluate(after(1));
    }

    private static State state(String periods, int evaluated, int toAlarm, MissingData missing) {
        return evaluator(periods, evaluated, toAlarm, missing).evaluate(after(periods.length()));
    }

    private static AlarmEvaluator evaluator(String periods, int evaluated, int toAlarm, MissingData missing) {
        AlarmPlan plan = new AlarmPlan(
                "Alarm",
                Map.of("m", new Metric("Count", "Sum", null, null)),
                null,
                Duration.ofMinutes(1),
                evaluated,
                toAlarm,
                Comparison.GREATER_OR_EQUAL,
                1,
                missing,
                0);
        return new AlarmEvaluator(
                plan,
                (metric, from, period) -> {
                    int index = (int) Duration.between(ORIGIN, from).dividedBy(PERIOD);
                    char written = index < periods.length() ? periods.charAt(index) : '-';
                    return written == '-' ? OptionalDouble.empty() : OptionalDouble.of(written == 'X' ? 1 : 0);
                },
                ORIGIN,
                PERIOD);
    }

    private static Instant after(int periods) {
        return ORIGIN.plus(PERIOD.multipliedBy(periods));
    }
}
