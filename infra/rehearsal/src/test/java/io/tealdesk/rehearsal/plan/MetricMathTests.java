package io.tealdesk.rehearsal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricMathTests {

    private static final Map<String, Double> METRICS = Map.of("a", 2.0, "b", 8.0, "zero", 0.0);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a + b * 2; 18",
                "(a + b) * 2; 20",
                "b - a - 1; 5",
                "b / a / 2; 2",
                "-a + 3; 1",
                "a > 1; 1",
                "a >= 2 AND b < 8; 0",
                "a >= 2 && b <= 8; 1",
                "a == 3 OR b != 3; 1",
                "zero || a; 1",
                "IF(b > 4 * a, b, a); 2",
                "IF(b >= 4 * a, 1, 0); 1",
                "MAX([a, b, 5]); 8",
                "MIN([a, b]); 2",
                "FILL(none, 0.5); 0.5",
                "FILL(a, 0); 2",
                "MAX([a, none]); 2",
            })
    void computesAPeriod(String expression, double expected) {
        assertThat(value(expression)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "none + 1", "none > 1", "a AND none", "IF(none, 1, 0)", "a / zero", "MAX([none])"})
    void hasNoResultWithoutData(String expression) {
        assertThat(value(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RATE(a)",
                "MAX(a)",
                "FILL(a, REPEAT)",
                "ANOMALY_DETECTION_BAND(a)",
                "SUM(METRICS())",
                "a ^ 2",
                "a +",
                "(a",
                "a b",
                "a $ b",
                "",
            })
    void refusesWhatItDoesNotKnow(String expression) {
        assertThatThrownBy(() -> MetricMath.parse(expression)).isInstanceOf(MetricMath.UnsupportedExpression.class);
    }

    @Test
    void namesTheMetricsOfAnExpression() {
        assertThat(MetricMath.parse("IF(green > 4 * FILL(blue, 0), 1, 0)").metrics())
                .containsExactlyInAnyOrder("green", "blue");
    }

    private static OptionalDouble value(String expression) {
        return MetricMath.parse(expression).value(id -> {
            Double value = METRICS.get(id);
            return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
        });
    }
}
