package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.balancer.Target.Health;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is registered, how healthy they are, and therefore who gets their group's requests. */
final class TargetGroups implements AutoCloseable {

    private final Map<ServiceName, TargetGroupPlan> plans;
    private final Compression compression;
    private final Recording recording;
    private final Collection<Upstream> upstreams;
    private final RoutingTable routes;
    private final Metrics metrics;
    private final AccessLog accessLog;
    private final HealthChecks checks;
    private final Map<Target, Registration> registrations = new LinkedHashMap<>();
    private boolean closed;

    /** A target in its place. */
    private static final class Registration {
        final Upstream upstream;
        final HealthState state;

        @Nullable Thread checking;

        Registration(Upstream upstream, HealthState state) {
            this.upstream = upstream;
            this.state = state;
        }

        void stopChecking() {
            if (checking != null) {
                checking.interrupt();
            }
        }
    }

    TargetGroups(
            Map<ServiceName, TargetGroupPlan> plans,
            Compression compression,
            Recording recording,
            Collection<Upstream> upstreams,
            RoutingTable routes,
            Metrics metrics,
            AccessLog accessLog,
            HealthChecks checks) {
        this.plans = plans;
        this.compression = compression;
        this.recording = recording;
        this.upstreams = upstreams;
        this.routes = routes;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.checks = checks;
    }

    synchronized void register(Target target) {
        Upstream upstream = upstreams.stream()
                .filter(place -> place.service() == target.service() && place.color() == target.color())
                .filter(place -> place.address().equals(target.address()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        target.name() + " listens where the load balancer has no place planned: " + target.address()));
        if (registrations.values().stream().anyMatch(other -> other.upstream.equals(upstream))) {
            throw new IllegalArgumentException("There is already a target at " + target.address() + ".");
        }
        TargetGroupPlan plan = plan(target.service());
        Registration registration = new Registration(upstream, new HealthState(plan.health()));
        registrations.put(target, registration);
        routes.fault(upstream.name(), DoorFault.NONE);
        changed(target);
        recording.event(Event.Kind.HEALTH, target.name(), "registered");
        registration.checking =
                checks.begin(upstream, plan.health(), outcome -> checked(target, registration, outcome));
    }

    private synchronized void checked(Target target, Registration registration, HealthChecks.Outcome outcome) {
        Health before = registration.state.health();
        if (closed || before == Health.DRAINING) {
            return;
        }
        Health after = registration.state.after(outcome.passed());
        if (after != before) {
            changed(target);
            recording.event(Event.Kind.HEALTH, target.name(), after + ": " + outcome.text());
        }
    }

    void deregister(Target target) throws InterruptedException {
        Registration registration;
        synchronized (this) {
            registration = registrations.get(target);
            if (registration == null || registration.state.health() == Health.DRAINING) {
                return;
            }
            registration.state.drain();
            registration.stopChecking();
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
        int left = accessLog.awaitIdle(
                upstream.name(), mark(), compression.of(plan(target.service()).deregistrationDelay()));
        String underWay = left == 0 ? "nothing" : left + " still";
        recording.event(
                Event.Kind.HEALTH,
                target.name(),
                "deregistered with %s under way after %d ms"
                        .formatted(
                                underWay, Duration.between(begin, Instant.now()).toMillis()));
    }

    /** Behind the mark the access log has no more begins at the target; without one the whole delay passes. */
    private String mark() throws InterruptedException {
        try {
            return checks.mark();
        } catch (IOException gone) {
            return "none";
        }
    }

    synchronized Health health(Target target) {
        Registration registration = registrations.get(target);
        return registration == null ? Health.DRAINING : registration.state.health();
    }

    synchronized List<Target> targets(ServiceName service, Color color) {
        return registrations.keySet().stream()
                .filter(target -> target.service() == service && target.color() == color)
                .toList();
    }

    int underWay(Target target) {
        return accessLog.underWay(registered(target).upstream.name());
    }

    void fault(Target target, DoorFault fault) {
        routes.fault(registered(target).upstream.name(), fault);
        recording.event(Event.Kind.DRILL, target.name(), "at its door: " + fault);
    }

    private synchronized Registration registered(Target target) {
        Registration registration = registrations.get(target);
        if (registration == null) {
            throw new IllegalArgumentException("Not registered: " + target.name());
        }
        return registration;
    }

    /**
     * "If a target group contains only unhealthy registered targets, the load balancer routes requests to all those
     * targets, regardless of their health status" (Application Load Balancer user guide, Health checks).
     */
    private void changed(Target target) {
        List<Registration> members = registrations.entrySet().stream()
                .filter(entry -> entry.getKey().service() == target.service()
                        && entry.getKey().color() == target.color())
                .map(Map.Entry::getValue)
                .filter(member -> member.state.health() != Health.DRAINING)
                .sorted(Comparator.comparing(member -> member.upstream.name()))
                .toList();
        List<Registration> healthy = with(Health.HEALTHY, members);
        routes.group(
                target.service(),
                target.color(),
                (healthy.isEmpty() ? members : healthy)
                        .stream().map(member -> member.upstream.name()).toList());
        metrics.hosts(
                target.service(),
                target.color(),
                new HostCounts.Count(
                        recording.now(),
                        healthy.size(),
                        with(Health.UNHEALTHY, members).size(),
                        members.size()));
    }

    private static List<Registration> with(Health health, List<Registration> members) {
        return members.stream()
                .filter(member -> member.state.health() == health)
                .toList();
    }

    private TargetGroupPlan plan(ServiceName service) {
        TargetGroupPlan plan = plans.get(service);
        if (plan == null) {
            throw new IllegalArgumentException("No target groups for " + service + ".");
        }
        return plan;
    }

    @Override
    public synchronized void close() {
        closed = true;
        registrations.values().forEach(Registration::stopChecking);
    }
}
