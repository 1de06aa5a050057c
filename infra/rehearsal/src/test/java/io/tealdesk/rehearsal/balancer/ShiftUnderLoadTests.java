package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.AlarmPlan.Metric;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftUnderLoadTests {

    private static final int CLIENTS = 50;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private volatile boolean ended;
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
    void losesNoRequestWhileEverythingChanges() throws Exception {
        Instant begin = Instant.now();
        TestTarget blue = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
        stage.target(ServiceName.BACKEND, Color.BLUE, 2);
        TestTarget green = stage.target(ServiceName.BACKEND, Color.GREEN, 1);
        TestTarget greenTwo = stage.target(ServiceName.BACKEND, Color.GREEN, 2);

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < CLIENTS; client++) {
                clients.execute(this::ask);
            }
            for (int percent = 10; percent <= 90; percent += 20) {
                weights(percent);
                awaitAnswers(200);
                green.healthy(false);
                stage.await(green, Target.Health.UNHEALTHY);
                awaitAnswers(200);
                green.healthy(true);
                stage.await(green, Target.Health.HEALTHY);
            }
            weights(100);
            awaitAnswers(200);
            stage.balancer.deregister(blue.target);
            stage.balancer.deregister(greenTwo.target);
            greenTwo.close();
            awaitAnswers(200);
            ended = true;
        }

        assertThat(failures).isEmpty();
        assertThat(answers.get()).isGreaterThan(2000);
        Metric requests = new Metric("RequestCount", "Sum", null, null);
        assertThat(stage.balancer.metric(requests, begin, Duration.ofMinutes(5)))
                .hasValue(answers.get());
    }

    private void ask() {
        while (!ended) {
            try {
                var answer = stage.get("/api/v1/tickets");
                if (answer.statusCode() == 200) {
                    answers.incrementAndGet();
                } else {
                    failures.add(String.valueOf(answer.statusCode()));
                }
            } catch (Exception lost) {
                failures.add(lost.toString());
            }
        }
    }

    private void awaitAnswers(int more) {
        int enough = answers.get() + more;
        Stage.await(() -> answers.get() >= enough || !failures.isEmpty());
    }

    private void weights(int green) {
        stage.balancer.weights(
                ListenerName.PRODUCTION, ServiceName.BACKEND, Map.of(Color.BLUE, 100 - green, Color.GREEN, green));
    }
}
