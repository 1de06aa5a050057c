package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.balancer.Target.Health;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HealthStateTests {

    private final HealthState state = new HealthState(
            new HealthCheckPlan("/health", Set.of(200), Duration.ofSeconds(5), Duration.ofSeconds(4), 2, 3));

    @Test
    void isHealthyAfterItsFirstSuccess() {
        assertThat(state.after(false)).isEqualTo(Health.INITIAL);
        assertThat(state.after(true)).isEqualTo(Health.HEALTHY);
    }

    @Test
    void isUnhealthyOnlyAfterAsManyFailuresInARow() {
        state.after(true);

        assertThat(state.after(false)).isEqualTo(Health.HEALTHY);
        assertThat(state.after(false)).isEqualTo(Health.HEALTHY);
        assertThat(state.after(true)).isEqualTo(Health.HEALTHY);
        assertThat(state.after(false)).isEqualTo(Health.HEALTHY);
        assertThat(state.after(false)).isEqualTo(Health.HEALTHY);
        assertThat(state.after(false)).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void comesBackAfterAsManySuccessesInARow() {
        state.after(false);
        state.after(false);
        assertThat(state.after(false)).isEqualTo(Health.UNHEALTHY);

        assertThat(state.after(true)).isEqualTo(Health.UNHEALTHY);
        assertThat(state.after(true)).isEqualTo(Health.HEALTHY);
    }

    @Test
    void staysDraining() {
        state.after(true);
        state.drain();

        assertThat(state.after(true)).isEqualTo(Health.DRAINING);
    }
}
