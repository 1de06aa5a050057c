package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.LoadBalancerPlan;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** A real Nginx, started once and never reloaded. */
public final class NginxLoadBalancer implements LoadBalancer {

    /** Places for targets of each colour of each service; replaced tasks take the next. */
    public static final int TARGETS_PER_GROUP = 6;

    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final Duration MARK_LIMIT = Duration.ofSeconds(2);

    private final Recording recording;
    private final Map<ListenerName, Integer> ports;
    private final Map<String, Upstream> upstreams;
    private final RoutingTable routes;
    private final Metrics metrics = new Metrics();
    private final AccessLog accessLog;
    private final NginxProcess nginx;
    private final HealthChecks checks;
    private final TargetGroups groups;
    private volatile Instant countedUntil = Instant.MIN;

    /** What this machine has to be given before a load balancer can be started on it; empty when it has all. */
    public static Optional<String> missing() {
        return NginxProcess.program().isPresent() ? Optional.empty() : Optional.of(NginxProcess.MISSING);
    }

    public static NginxLoadBalancer start(
            DeploymentPlan plan, BalancerSettings settings, Compression compression, Recording recording)
            throws IOException, InterruptedException {
        return start(plan.loadBalancer(), TargetGroupPlan.of(plan), settings, compression, recording);
    }

    public static NginxLoadBalancer start(
            LoadBalancerPlan plan,
            Map<ServiceName, TargetGroupPlan> groups,
            BalancerSettings settings,
            Compression compression,
            Recording recording)
            throws IOException, InterruptedException {
        if (NginxProcess.program().isEmpty()) {
            throw new IllegalStateException(NginxProcess.MISSING);
        }
        return new NginxLoadBalancer(plan, groups, settings, compression, recording);
    }

    private NginxLoadBalancer(
            LoadBalancerPlan plan,
            Map<ServiceName, TargetGroupPlan> groupPlans,
            BalancerSettings settings,
            Compression compression,
            Recording recording)
            throws IOException, InterruptedException {
        this.recording = recording;
        this.ports = Map.of(ListenerName.PRODUCTION, settings.productionPort(), ListenerName.TEST, settings.testPort());
        int checkPort = settings.ports().next();
        this.upstreams = upstreams(settings);
        Path directory = settings.directory();
        Files.createDirectories(directory.resolve("temp"));
        Path log = directory.resolve("access.log");
        List<Upstream> all = List.copyOf(upstreams.values());
        this.routes = new RoutingTable(directory.resolve("routes"), all);
        this.accessLog = new AccessLog(log, metrics::add);
        this.nginx = NginxProcess.start(
                directory, new NginxConfiguration(plan, settings, all, routes, ports, checkPort, log).text());
        this.checks = new HealthChecks(compression, checkPort);
        this.groups = new TargetGroups(groupPlans, compression, recording, all, routes, metrics, accessLog, checks);
        awaitStart();
    }

    private static Map<String, Upstream> upstreams(BalancerSettings settings) {
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            for (Color color : Color.values()) {
                for (int number = 1; number <= TARGETS_PER_GROUP; number++) {
                    String name = Upstream.name(service, color, number);
                    int port = settings.ports().next();
                    upstreams.put(
                            name,
                            new Upstream(name, service, color, new InetSocketAddress(settings.targetHost(), port)));
                }
            }
        }
        return upstreams;
    }

    private void awaitStart() throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            try {
                checks.mark();
                return;
            } catch (IOException notYet) {
                if (!nginx.isRunning() || Instant.now().isAfter(limit)) {
                    String complaint = nginx.complaint();
                    close();
                    throw new IOException("Nginx did not start: " + complaint, notYet);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    /** Nginx itself. */
    public ProcessHandle process() {
        return nginx.handle();
    }

    @Override
    public URI production() {
        return address(ListenerName.PRODUCTION);
    }

    @Override
    public URI test() {
        return address(ListenerName.TEST);
    }

    private URI address(ListenerName listener) {
        return URI.create("http://127.0.0.1:" + ports.get(listener));
    }

    /**
     * Where the group's so-manieth task has to listen; after the last place the first comes again.
     *
     * @param number from 1
     */
    public int port(ServiceName service, Color color, int number) {
        int place = (number - 1) % TARGETS_PER_GROUP + 1;
        Upstream upstream = upstreams.get(Upstream.name(service, color, place));
        if (upstream == null) {
            throw new IllegalArgumentException("Targets are counted from 1: " + number);
        }
        return upstream.address().getPort();
    }

    @Override
    public void register(Target target) {
        groups.register(target);
    }

    @Override
    public void deregister(Target target) throws InterruptedException {
        groups.deregister(target);
    }

    /** Of a target that is not registered any more, it is what an ALB shows until the delay is over: draining. */
    @Override
    public Target.Health health(Target target) {
        return groups.health(target);
    }

    @Override
    public List<Target> targets(ServiceName service, Color color) {
        return groups.targets(service, color);
    }

    /** How many requests a target has not answered to their end. */
    public int underWay(Target target) {
        return groups.underWay(target);
    }

    /** Puts something else at a target's door, or takes it away. */
    public void fault(Target target, DoorFault fault) {
        groups.fault(target, fault);
    }

    @Override
    public void weights(ListenerName listener, ServiceName service, Map<Color, Integer> percent) {
        routes.weights(listener, service, percent);
        boolean production = listener == ListenerName.PRODUCTION;
        List<String> parts = new ArrayList<>();
        for (Color color : Color.values()) {
            int weight = percent.getOrDefault(color, 0);
            parts.add(color + " " + weight + " %");
            recording.sample((production ? "weight " : "test weight ") + service + " " + color, weight);
        }
        recording.event(
                Event.Kind.TRAFFIC,
                service.toString(),
                (production ? "" : "test listener: ") + String.join(", ", parts));
    }

    @Override
    public OptionalDouble metric(AlarmPlan.Metric metric, Instant from, Duration period) {
        Instant now = recording.now();
        if (from.plus(period).isAfter(countedUntil)) {
            awaitCounted();
            countedUntil = now;
        }
        return metrics.value(metric, from, period);
    }

    /** Nginx writes of a request after its answer, so who has the answer may be ahead of the access log. */
    private void awaitCounted() {
        try {
            accessLog.await(checks.mark(), MARK_LIMIT);
        } catch (IOException gone) {
            accessLog.readOn();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How it differs from an Application Load Balancer, in plain lines. */
    public static List<String> differences() {
        return Differences.LINES;
    }

    @Override
    public void close() {
        groups.close();
        checks.close();
        nginx.close();
        accessLog.close();
    }
}
