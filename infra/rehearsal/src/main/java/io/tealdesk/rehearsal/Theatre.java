package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.rehearsal.balancer.BalancerSettings;
import io.tealdesk.rehearsal.balancer.LoadBalancer.ListenerName;
import io.tealdesk.rehearsal.balancer.NginxLoadBalancer;
import io.tealdesk.rehearsal.deployment.Cluster;
import io.tealdesk.rehearsal.deployment.HookFunctions;
import io.tealdesk.rehearsal.deployment.TaskPorts;
import io.tealdesk.rehearsal.deployment.TaskSet;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Event;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.schema.SchemaCopy;
import io.tealdesk.rehearsal.schema.SchemaFindings;
import io.tealdesk.rehearsal.schema.SchemaGate;
import io.tealdesk.rehearsal.schema.TaskMigrator;
import io.tealdesk.rehearsal.schema.TaskRelease;
import io.tealdesk.rehearsal.world.ContainerTasks;
import io.tealdesk.rehearsal.world.Database;
import io.tealdesk.rehearsal.world.Ports;
import io.tealdesk.rehearsal.world.ProcessTasks;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import io.tealdesk.rehearsal.world.WorldSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that a rehearsal stands on, put together for one run: the world, its tasks, the load balancer, the hooks. */
final class Theatre implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    /** As the world's secret names it. */
    private static final String APPLICATION_ROLE = "tealdesk_app";

    private final RunSettings settings;
    private final Recording recording;
    private final World world;
    private final Tasks tasks;
    private final NginxLoadBalancer balancer;
    private final Cluster cluster;
    private final HookFunctions hooks;
    private final Map<ServiceName, TaskSet> serving = new EnumMap<>(ServiceName.class);
    private final List<Task> everyTask = new CopyOnWriteArrayList<>();

    Theatre(RunSettings settings, Recording recording) throws IOException, SQLException, InterruptedException {
        this.settings = settings;
        this.recording = recording;
        InetAddress loopback = InetAddress.ofLiteral(LOOPBACK);
        InetAddress machine = settings.containers() ? ContainerTasks.gateway() : loopback;
        Ports ports = new Ports(loopback);
        int production = ports.next();
        world = World.start(new WorldSettings(
                SourceTree.at(settings.root()),
                settings.directory(),
                machine,
                URI.create("http://" + LOOPBACK + ":" + production)));
        try {
            tasks = new Remembering(
                    settings.containers() ? new ContainerTasks(world) : new ProcessTasks(world, recording));
            balancer = NginxLoadBalancer.start(
                    settings.plan(),
                    new BalancerSettings(
                            settings.directory().resolve("balancer"),
                            ports,
                            production,
                            ports.next(),
                            machine.getHostAddress(),
                            "http"),
                    settings.compression(),
                    recording);
            world.note(balancer.process());
            cluster = new Cluster(balancer, tasks, new BalancerPorts(), settings.compression(), recording);
            hooks = new HookFunctions(
                    HookFunctions.settings(
                            balancer,
                            world.environment(settings.plan().backend().task())),
                    recording);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            world.close();
            throw failure;
        }
    }

    /** Brings the database to the release's schema, as the pipeline does before it deploys. */
    void migrate(Release release) throws IOException, InterruptedException {
        for (String mode : List.of("prepare-database", "migrate")) {
            Tasks.CommandResult result = tasks.command(settings.plan().backend(), release, mode, Map.of());
            recording.event(Event.Kind.MIGRATION, release.id(), mode + " ended with " + result.exitCode());
            if (result.exitCode() != 0) {
                throw new RehearsalFailed("%s of %s ended with %d:%n%s"
                        .formatted(mode, release.label(), result.exitCode(), result.log()));
            }
        }
    }

    /** Tries the next release's migrations on copies of the database, which must not be in use yet. */
    SchemaFindings examine(Release from, Release to) throws IOException, SQLException, InterruptedException {
        ServicePlan backend = settings.plan().backend();
        try (SchemaCopy copy = SchemaCopy.take(world.database().superuserUrl(), Database.NAME)) {
            return new SchemaGate(copy, APPLICATION_ROLE, recording)
                    .examine(
                            new TaskRelease(world, tasks, backend, from),
                            new TaskMigrator(world, tasks, backend, to, Map.of()));
        }
    }

    /** Starts the release's tasks on blue, with all traffic to them, and waits until they serve. */
    void open(Release release) throws IOException, InterruptedException {
        for (ServiceName service : ServiceName.values()) {
            for (ListenerName listener : ListenerName.values()) {
                balancer.weights(listener, service, Map.of(Color.BLUE, 100, Color.GREEN, 0));
            }
            serving.put(
                    service, TaskSet.start(cluster, settings.plan().service(service), release, Color.BLUE, Map.of()));
        }
        for (TaskSet each : serving.values()) {
            each.awaitSteady();
        }
    }

    World world() {
        return world;
    }

    Tasks tasks() {
        return tasks;
    }

    NginxLoadBalancer balancer() {
        return balancer;
    }

    Cluster cluster() {
        return cluster;
    }

    HookFunctions hooks() {
        return hooks;
    }

    /** The tasks that serve a service now. */
    TaskSet serving(ServiceName service) {
        TaskSet set = serving.get(service);
        if (set == null) {
            throw new IllegalStateException(service + " is not open yet");
        }
        return set;
    }

    void nowServing(TaskSet set) {
        serving.put(set.service(), set);
    }

    /** Every task that was ever started here, for its log. */
    List<Task> everyTask() {
        return List.copyOf(everyTask);
    }

    @Override
    public void close() {
        serving.values().forEach(TaskSet::leave);
        hooks.close();
        balancer.close();
        world.close();
    }

    private final class BalancerPorts implements TaskPorts {

        @Override
        public int perColor() {
            return NginxLoadBalancer.TARGETS_PER_GROUP;
        }

        @Override
        public int port(ServiceName service, Color color, int number) {
            return balancer.port(service, color, number);
        }
    }

    /** Keeps every task that was started, for its log and its CPU. */
    private final class Remembering implements Tasks {

        private final Tasks tasks;

        Remembering(Tasks tasks) {
            this.tasks = tasks;
        }

        @Override
        public Task start(ServicePlan plan, Release release, Color color, int port, Map<String, String> changes)
                throws IOException {
            Task task = tasks.start(plan, release, color, port, changes);
            everyTask.add(task);
            return task;
        }

        @Override
        public CommandResult command(ServicePlan plan, Release release, String mode, Map<String, String> changes)
                throws IOException, InterruptedException {
            return tasks.command(plan, release, mode, changes);
        }

        @Override
        public boolean isClosed() {
            return tasks.isClosed();
        }

        @Override
        public void close() {
            tasks.close();
        }
    }
}
