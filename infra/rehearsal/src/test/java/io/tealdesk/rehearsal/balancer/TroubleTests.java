package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.balancer.Target.Health;
import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get, and what is counted, when targets are not as they should be. */
class TroubleTests {

    /** Nginx counts in whole milliseconds. */
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);

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
    void answers404WhereNoRuleMatches() throws Exception {
        var answer = stage.get(stage.balancer.test(), "/apis");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("Not found");
        assertThat(sum("HTTPCode_ELB_4XX_Count", null)).isEmpty();
    }

    @Test
    void answers503WithoutTargets() throws Exception {
        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(503);
        assertThat(sum("HTTPCode_ELB_503_Count", null)).hasValue(1);
        assertThat(sum("RequestCount", null)).isEmpty();
    }

    @Test
    void answers502WhenTheTargetRefuses() throws Exception {
        TestTarget target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        target.close();

        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(502);
        assertThat(sum("HTTPCode_ELB_502_Count", null)).hasValue(1);
        assertThat(sum("HTTPCode_Target_5XX_Count", Color.BLUE)).isEmpty();
        assertThat(sum("TargetConnectionErrorCount", Color.BLUE)).hasValue(1);
    }

    @Test
    void answers502AndAsksNobodyElseWhenTheTargetClosesTheConnection() throws Exception {
        TestTarget broken = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        TestTarget other = stage.target(ServiceName.BACKEND, Color.BLUE, 2);
        // Both have a connection that waits, which Nginx would try again on if it were let.
        assertThat(answering(40)).hasSize(2);
        broken.answers(exchange -> {});
        other.answers(exchange -> {});

        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(502);
        assertThat(broken.requests.get() + other.requests.get()).isEqualTo(41);
    }

    @Test
    void answers504WhenTheTargetIsSilentForTheIdleTimeout() throws Exception {
        TestTarget target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        CountDownLatch over = new CountDownLatch(1);
        target.answers(exchange -> awaitQuietly(over));

        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(504);
        over.countDown();
        assertThat(sum("HTTPCode_ELB_504_Count", null)).hasValue(1);
    }

    @Test
    void passesTheTargetsOwn5xxOnAndCountsItAsIts() throws Exception {
        TestTarget target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        target.answers(exchange -> TestTarget.send(exchange, 503, "busy"));

        assertThat(stage.get("/api/v1").body()).isEqualTo("busy");
        assertThat(sum("HTTPCode_Target_5XX_Count", Color.BLUE)).hasValue(1);
        assertThat(sum("HTTPCode_ELB_5XX_Count", null)).isEmpty();
    }

    @Test
    void sendsNothingToAnUnhealthyTargetAndOpensWhenAllAre() throws Exception {
        TestTarget one = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        TestTarget two = stage.target(ServiceName.BACKEND, Color.BLUE, 2);

        one.healthy(false);
        stage.await(one, Health.UNHEALTHY);
        assertThat(answering(40)).containsExactly("backend-blue-2");

        two.healthy(false);
        stage.await(two, Health.UNHEALTHY);
        assertThat(answering(40)).containsExactlyInAnyOrder("backend-blue-1", "backend-blue-2");
        assertThat(stage.balancer.metric(
                        new Metric("UnHealthyHostCount", "Maximum", ServiceName.BACKEND, Color.BLUE),
                        begin,
                        Duration.ofMinutes(1)))
                .hasValue(2);
    }

    @Test
    void staysWithTheWeightsWhenAColourIsUnhealthy() throws Exception {
        stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        TestTarget green = stage.target(ServiceName.BACKEND, Color.GREEN, 1);
        stage.balancer.weights(ListenerName.TEST, ServiceName.BACKEND, Map.of(Color.GREEN, 100));
        green.healthy(false);
        stage.await(green, Health.UNHEALTHY);

        assertThat(stage.get(stage.balancer.test(), "/api/v1").body()).isEqualTo("backend-green-1");
        assertThat(stage.get("/api/v1").body()).isEqualTo("backend-blue-1");
    }

    @Test
    void aTargetThatIsUnavailableAtItsDoorTurnsUnhealthy() throws Exception {
        TestTarget target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);

        stage.balancer.fault(target.target, DoorFault.UNAVAILABLE);
        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(503);
        stage.await(target, Health.UNHEALTHY);
        stage.balancer.fault(target.target, DoorFault.NONE);
        stage.await(target, Health.HEALTHY);

        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(200);
        assertThat(target.requests.get()).isEqualTo(1);
        assertThat(sum("HTTPCode_Target_5XX_Count", Color.BLUE)).hasValue(1);
    }

    @Test
    void aTargetThatErrsAtItsDoorStaysHealthy() throws Exception {
        TestTarget target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);

        stage.balancer.fault(target.target, DoorFault.ERROR);
        Set<Integer> statuses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            statuses.add(stage.get("/api/v1").statusCode());
        }

        assertThat(statuses).containsExactly(500);
        assertThat(stage.balancer.health(target.target)).isEqualTo(Health.HEALTHY);
        assertThat(sum("HTTPCode_Target_5XX_Count", Color.BLUE)).hasValue(50);
    }

    private Set<String> answering(int requests) throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            names.add(stage.get("/api/v1").body());
        }
        return names;
    }

    private OptionalDouble sum(String metric, @Nullable Color color) {
        return stage.balancer.metric(
                new Metric(metric, "Sum", color == null ? null : ServiceName.BACKEND, color),
                begin,
                Duration.ofMinutes(1));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
