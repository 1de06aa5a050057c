package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxLoadBalancerTests {

    private Stage stage;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        stage = new Stage(directory);
    }

    @AfterEach
    void end() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void routesByTheRulesInTheirPriority() throws Exception {
        stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        stage.target(ServiceName.FRONTEND, Color.BLUE, 1);

        assertThat(stage.get("/api").body()).isEqualTo("backend-blue-1");
        assertThat(stage.get("/api/v1/tickets?q=/x").body()).isEqualTo("backend-blue-1");
        assertThat(stage.get("/apix").body()).isEqualTo("frontend-blue-1");
        assertThat(stage.get("/API/v1").body()).isEqualTo("frontend-blue-1");
        assertThat(stage.get("/?next=/api/v1").body()).isEqualTo("frontend-blue-1");
        assertThat(stage.get(stage.balancer.test(), "/api/v1").body()).isEqualTo("backend-blue-1");
    }

    @Test
    void dividesRequestsByWeightAndEvenlyWithinAGroup() throws Exception {
        TestTarget blueOne = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        TestTarget blueTwo = stage.target(ServiceName.BACKEND, Color.BLUE, 2);
        TestTarget green = stage.target(ServiceName.BACKEND, Color.GREEN, 1);
        stage.balancer.weights(ListenerName.PRODUCTION, ServiceName.BACKEND, Map.of(Color.BLUE, 90, Color.GREEN, 10));

        for (int i = 0; i < 3000; i++) {
            stage.get("/api/v1");
        }

        // Six standard deviations: once in a thousand million.
        assertThat(green.requests.get()).isCloseTo(300, within(100));
        assertThat(blueOne.requests.get()).isCloseTo(blueTwo.requests.get(), within(320));
    }
}
