package io.tealdesk.rehearsal.bench;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.balancer.BalancerSettings;
import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.balancer.Target;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Ports;
import io.tealdesk.rehearsal.world.ProcessTasks;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Trees;
import io.tealdesk.rehearsal.world.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Where browsers come in: the load balancer, and behind it the desk's task and one of the frontend. */
final class BrowserDoor implements AutoCloseable {

    /** Only health checks are waited for. */
    private static final Compression COMPRESSION = new Compression(20);

    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(2);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);

    private final DeploymentPlan plan;
    private final NginxLoadBalancer balancer;

    /** It lets nobody in before {@link #open}. */
    BrowserDoor(World world, DeploymentPlan plan, Ports ports, int port, Path directory)
            throws IOException, InterruptedException {
        this.plan = plan;
        // Of one that was broken off.
        Trees.delete(directory);
        balancer = NginxLoadBalancer.start(
                plan,
                new BalancerSettings(
                        directory, ports, port, ports.next(), world.address().getHostAddress(), "http"),
                COMPRESSION,
                new Recording(Clock.systemUTC()));
        world.note(balancer.process());
    }

    /** Where the desk's task has to listen. */
    int backendPort() {
        return balancer.port(ServiceName.BACKEND, Color.BLUE, 1);
    }

    /** Returns once both services are there for whoever comes. */
    URI open(ProcessTasks tasks, Release release, Task backend) throws IOException, InterruptedException {
        int port = balancer.port(ServiceName.FRONTEND, Color.BLUE, 1);
        Task frontend = tasks.start(plan.frontend(), release, Color.BLUE, port, Map.of());
        frontend.priority(Task.CpuPriority.NORMAL);
        for (Task task : List.of(backend, frontend)) {
            balancer.weights(ListenerName.PRODUCTION, task.service(), Map.of(Color.BLUE, 100));
            InetSocketAddress address = task.address();
            Target target = new Target(task.name(), task.service(), task.color(), address);
            balancer.register(target);
            awaitHealthy(target, task);
        }
        return balancer.production();
    }

    private void awaitHealthy(Target target, Task task) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(HEALTHY_WITHIN);
        while (balancer.health(target) != Target.Health.HEALTHY) {
            if (!task.isRunning() || Instant.now().isAfter(latest)) {
                throw new IOException(task.name() + " does not become healthy, see " + task.log());
            }
            Thread.sleep(LOOKS_EVERY);
        }
    }

    @Override
    public void close() {
        balancer.close();
    }
}
