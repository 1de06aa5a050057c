package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan.ForwardRule;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.world.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A load balancer with the desk's rules, only the backend's for the test listener, and the targets that a test puts behind it. */
final class Stage implements AutoCloseable {

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(3);
    static final Duration DEREGISTRATION_DELAY = Duration.ofSeconds(40);

    final Recording recording = new Recording(Clock.systemUTC());
    final NginxLoadBalancer balancer;
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<TestTarget> targets = new ArrayList<>();

    @SuppressWarnings("SystemOut")
    Stage(Path directory) throws IOException, InterruptedException {
        if (NginxProcess.program().isEmpty()) {
            // Surefire does not show why a test is skipped.
            System.err.println("Skipped: " + NginxProcess.MISSING);
            Assumptions.abort("no Nginx");
        }
        ForwardRule backend = new ForwardRule(10, List.of("/api", "/api/*"), ServiceName.BACKEND);
        ForwardRule frontend = new ForwardRule(100, List.of("/*"), ServiceName.FRONTEND);
        HealthCheckPlan health =
                new HealthCheckPlan("/health", Set.of(200), Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 2);
        TargetGroupPlan group = new TargetGroupPlan(health, DEREGISTRATION_DELAY);
        balancer = NginxLoadBalancer.start(
                new LoadBalancerPlan(IDLE_TIMEOUT, List.of(frontend, backend), List.of(backend)),
                Map.of(ServiceName.BACKEND, group, ServiceName.FRONTEND, group),
                BalancerSettings.in(directory, new Ports(InetAddress.getLoopbackAddress())),
                new Compression(20),
                recording);
    }

    TestTarget unregistered(ServiceName service, Color color, int number) throws IOException {
        TestTarget target = new TestTarget(balancer, service, color, number);
        targets.add(target);
        return target;
    }

    /** A target that is registered and healthy. */
    TestTarget target(ServiceName service, Color color, int number) throws IOException {
        TestTarget target = unregistered(service, color, number);
        balancer.register(target.target);
        await(target, Target.Health.HEALTHY);
        return target;
    }

    void await(TestTarget target, Target.Health health) {
        await(() -> balancer.health(target.target) == health);
    }

    static void await(BooleanSupplier condition) {
        long limit = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("Not within ten seconds.");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(balancer.production(), path);
    }

    HttpResponse<String> get(URI listener, String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(listener.resolve(path)).build(), BodyHandlers.ofString());
    }

    /** As at the start: no targets, all to blue. */
    void clear() throws InterruptedException {
        for (TestTarget target : targets) {
            balancer.deregister(target.target);
            target.close();
        }
        targets.clear();
        for (ListenerName listener : ListenerName.values()) {
            for (ServiceName service : ServiceName.values()) {
                balancer.weights(listener, service, Map.of(Color.BLUE, 100));
            }
        }
    }

    @Override
    public void close() {
        balancer.close();
        targets.forEach(TestTarget::close);
        client.shutdownNow();
    }
}
