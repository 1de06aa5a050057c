package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Event;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NginxLoadBalancerTests {

    private static Stage stage;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        stage = new Stage(directory);
    }

    @AfterAll
    static void end() {
        if (stage != null) {
            stage.close();
        }
    }

    @AfterEach
    void leave() throws Exception {
        stage.clear();
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
        TestTarget greenOne = stage.target(ServiceName.BACKEND, Color.GREEN, 1);
        TestTarget greenTwo = stage.target(ServiceName.BACKEND, Color.GREEN, 2);
        stage.balancer.weights(ListenerName.PRODUCTION, ServiceName.BACKEND, Map.of(Color.BLUE, 80, Color.GREEN, 20));

        try (ExecutorService clients = Executors.newFixedThreadPool(10)) {
            clients.invokeAll(Collections.nCopies(3000, () -> stage.get("/api/v1")));
        }

        assertThat(blueOne.requests.get() + blueTwo.requests.get() + greenOne.requests.get() + greenTwo.requests.get())
                .isEqualTo(3000);
        // Six standard deviations: once in a thousand million.
        assertThat(greenOne.requests.get() + greenTwo.requests.get()).isCloseTo(600, within(132));
        assertThat(greenOne.requests.get()).isCloseTo(greenTwo.requests.get(), within(160));
        assertThat(blueOne.requests.get()).isCloseTo(blueTwo.requests.get(), within(300));
        // The terminal reads the weights in these words.
        assertThat(stage.recording.events()).extracting(Event::text).contains("blue 80 %, green 20 %");
    }
}
