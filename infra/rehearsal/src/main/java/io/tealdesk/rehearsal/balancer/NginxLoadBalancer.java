package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.balancer.Target.Health;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.locks.LockSupport;

/** A real Nginx, started once and never reloaded. */
public final class NginxLoadBalancer implements LoadBalancer {

    /** Places for targets of each colour of each service; replaced tasks take the next. */
    public static final int TARGETS_PER_GROUP = 6;

    private static final Duration START_LIMIT = Duration.ofSeconds(15);
    private static final Duration MARK_LIMIT = Duration.ofSeconds(2);

    private final Map<ServiceName, TargetGroupPlan> groups;
    private final Compression compression;
    private final Recording recording;
    private final Map<ListenerName, Integer> ports;
    private final Map<String, Upstream> upstreams;
    private final RoutingTable routes;
    private final Metrics metrics = new Metrics();
    private final AccessLog accessLog;
    private final NginxProcess nginx;
    private final HealthChecks checks;
    private final Map<Target, Registration> registrations = new LinkedHashMap<>();
    private volatile Instant countedUntil = Instant.MIN;

    /** A target in its place. */
    private static final class Registration {
        final Upstream upstream;
        final HealthState state;
        Thread checking = Thread.currentThread();

        Registration(Upstream upstream, HealthState state) {
            this.upstream = upstream;
            this.state = state;
        }
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
            Map<ServiceName, TargetGroupPlan> groups,
            BalancerSettings settings,
            Compression compression,
            Recording recording)
            throws IOException, InterruptedException {
        this.groups = groups;
        this.compression = compression;
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
    public synchronized void register(Target target) {
        Upstream upstream = upstreams.values().stream()
                .filter(place -> place.service() == target.service() && place.color() == target.color())
                .filter(place -> place.address().equals(target.address()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        target.name() + " listens where the load balancer has no place planned: " + target.address()));
        if (registrations.values().stream().anyMatch(other -> other.upstream.equals(upstream))) {
            throw new IllegalArgumentException("There is already a target at " + target.address() + ".");
        }
        TargetGroupPlan group = group(target.service());
        Registration registration = new Registration(upstream, new HealthState(group.health()));
        registrations.put(target, registration);
        routes.fault(upstream.name(), DoorFault.NONE);
        changed(target);
        recording.event(Event.Kind.HEALTH, target.name(), "registered");
        registration.checking =
                checks.begin(upstream, group.health(), outcome -> checked(target, registration, outcome));
    }

    private synchronized void checked(Target target, Registration registration, HealthChecks.Outcome outcome) {
        Health before = registration.state.health();
        if (registrations.get(target) != registration || before == Health.DRAINING) {
            return;
        }
        Health after = registration.state.after(outcome.passed());
        if (after != before) {
            changed(target);
            recording.event(Event.Kind.HEALTH, target.name(), after + ": " + outcome.text());
        }
    }

    @Override
    public void deregister(Target target) throws InterruptedException {
        Registration registration;
        synchronized (this) {
            registration = registrations.get(target);
            if (registration == null || registration.state.health() == Health.DRAINING) {
                return;
            }
            registration.state.drain();
            registration.checking.interrupt();
            changed(target);
            recording.event(Event.Kind.HEALTH, target.name(), Health.DRAINING.toString());
        }
        try {
            drain(target, registration.upstream);
        } finally {
            synchronized (this) {
                registrations.remove(target);
                changed(target);
            }
        }
    }

    private void drain(Target target, Upstream upstream) throws InterruptedException {
        Instant begin = Instant.now();
        Duration delay = compression.of(group(target.service()).deregistrationDelay());
        String mark;
        try {
            mark = checks.mark();
        } catch (IOException gone) {
            // Without the mark nothing tells what is under way, so that the whole delay passes.
            mark = "none";
        }
        int left = accessLog.awaitIdle(upstream.name(), mark, delay);
        String after =
                " after %d ms".formatted(Duration.between(begin, Instant.now()).toMillis());
        recording.event(
                Event.Kind.HEALTH,
                target.name(),
                left == 0
                        ? "deregistered with nothing under way" + after
                        : "deregistered with %d still under way".formatted(left) + after);
    }

    @Override
    public synchronized Health health(Target target) {
        Registration registration = registrations.get(target);
        return registration == null ? Health.DRAINING : registration.state.health();
    }

    @Override
    public synchronized List<Target> targets(ServiceName service, Color color) {
        return registrations.keySet().stream()
                .filter(target -> target.service() == service && target.color() == color)
                .toList();
    }

    /** How many requests a target has not answered to their end. */
    public int underWay(Target target) {
        Registration registration;
        synchronized (this) {
            registration = registrations.get(target);
        }
        return registration == null ? 0 : accessLog.underWay(registration.upstream.name());
    }

    @Override
    public synchronized void weights(ListenerName listener, ServiceName service, Map<Color, Integer> percent) {
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

    /** Puts something else at a target's door, or takes it away. */
    public synchronized void fault(Target target, DoorFault fault) {
        Registration registration = registrations.get(target);
        if (registration == null) {
            throw new IllegalArgumentException("Not registered: " + target);
        }
        routes.fault(registration.upstream.name(), fault);
        recording.event(Event.Kind.DRILL, target.name(), "at its door: " + fault);
    }

    /** "If a target group contains only unhealthy registered targets, the load balancer routes requests to all those." */
    private void changed(Target target) {
        List<Registration> members = registrations.entrySet().stream()
                .filter(entry -> entry.getKey().service() == target.service()
                        && entry.getKey().color() == target.color())
                .map(Map.Entry::getValue)
                .filter(member -> member.state.health() != Health.DRAINING)
                .sorted(Comparator.comparing(member -> member.upstream.name()))
                .toList();
        List<Registration> healthy = members.stream()
                .filter(member -> member.state.health() == Health.HEALTHY)
                .toList();
        routes.group(
                target.service(),
                target.color(),
                (healthy.isEmpty() ? members : healthy)
                        .stream().map(member -> member.upstream.name()).toList());
        int unhealthy = (int) members.stream()
                .filter(member -> member.state.health() == Health.UNHEALTHY)
                .count();
        metrics.hosts(
                target.service(),
                target.color(),
                new HostCounts.Count(recording.now(), healthy.size(), unhealthy, members.size()));
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

    private TargetGroupPlan group(ServiceName service) {
        TargetGroupPlan group = groups.get(service);
        if (group == null) {
            throw new IllegalArgumentException("No target groups for " + service + ".");
        }
        return group;
    }

    @Override
    public void close() {
        synchronized (this) {
            registrations.values().forEach(registration -> registration.checking.interrupt());
        }
        checks.close();
        nginx.close();
        accessLog.close();
    }
}
