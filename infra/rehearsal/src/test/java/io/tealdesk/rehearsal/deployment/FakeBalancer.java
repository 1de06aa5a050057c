package io.tealdesk.rehearsal.deployment;

import io.tealdesk.rehearsal.balancer.LoadBalancer;
import io.tealdesk.rehearsal.balancer.Target;
import io.tealdesk.rehearsal.plan.AlarmPlan;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is asked, in order; a target is healthy when it answers 200 at this moment. */
final class FakeBalancer implements LoadBalancer {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final List<Target> registered = new CopyOnWriteArrayList<>();
    final Map<String, Double> metrics = new ConcurrentHashMap<>();

    @Override
    public URI production() {
        return URI.create("http://127.0.0.1:1");
    }

    @Override
    public URI test() {
        return URI.create("http://127.0.0.1:2");
    }

    @Override
    public void register(Target target) {
        calls.add("register " + target.name());
        registered.add(target);
    }

    @Override
    public void deregister(Target target) {
        calls.add("deregister " + target.name());
        registered.remove(target);
    }

    @Override
    public Target.Health health(Target target) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + target.address().getPort())
                            .toURL()
                            .openConnection();
            return connection.getResponseCode() == 200 ? Target.Health.HEALTHY : Target.Health.UNHEALTHY;
        } catch (IOException e) {
            return Target.Health.UNHEALTHY;
        }
    }

    @Override
    public List<Target> targets(ServiceName service, Color color) {
        return List.copyOf(registered);
    }

    @Override
    public void weights(ListenerName listener, ServiceName service, Map<Color, Integer> percent) {
        calls.add(listener + " green " + percent.get(Color.GREEN) + " blue " + percent.get(Color.BLUE));
    }

    @Override
    public OptionalDouble metric(AlarmPlan.Metric metric, Instant from, Duration period) {
        Double value = metrics.get(metric.name());
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public void close() {
        registered.clear();
    }
}
