package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.ContainerHealth;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Runs tasks as containers of the release's images, confined as the task definition says. They publish their port on the
 * bridge's own address, not on the loopback one: there the engine puts a proxy between, which accepts connections that
 * no task would have accepted.
 */
public final class ContainerTasks implements Tasks {

    private static final String DEFAULT_STOP_SIGNAL = "SIGTERM";

    private final World world;
    private final String prefix =
            "tealdesk-rehearsal-" + ProcessHandle.current().pid() + "-";
    private final ContainerEvents events;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<String, String> stopSignals = new ConcurrentHashMap<>();
    private final Queue<String> containers = new ConcurrentLinkedQueue<>();
    private boolean isClosed;

    /** They end with the world, which has to be bound to {@link #gateway}. Removes what a killed rehearsal left. */
    public ContainerTasks(World world) throws IOException {
        this.world = world;
        LeftoverContainers.remove();
        this.events = new ContainerEvents(LeftoverContainers.label());
        world.differs(Differences.OF_CONTAINERS);
        world.with(this);
    }

    /** This machine as containers see it. An engine that has found its bridge there already tells no gateway of it. */
    public static InetAddress gateway() throws IOException {
        String told = Docker.read("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}");
        return told.isBlank() ? ofBridge() : InetAddress.ofLiteral(told);
    }

    private static InetAddress ofBridge() throws IOException {
        String name = Docker.read(
                "network", "inspect", "bridge", "--format", "{{index .Options \"com.docker.network.bridge.name\"}}");
        NetworkInterface bridge = NetworkInterface.getByName(name);
        if (bridge == null) {
            throw new IOException("The engine's bridge is no interface of this machine: " + name);
        }
        return bridge.inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElseThrow(() -> new IOException("The engine's bridge has no address: " + name));
    }

    @Override
    public Task start(ServicePlan plan, Release release, Color color, int port, Map<String, String> changes)
            throws IOException {
        String group = plan.name() + "-" + color;
        String name = group + "-" + numbers.merge(group, 1, Integer::sum);
        InetAddress address = world.settings().address();
        Map<String, String> environment = world.environment(plan.task());
        environment.putAll(changes);
        List<String> options = Confinement.options(plan.task(), environment);
        options.addAll(Confinement.healthOptions(plan.task()));
        options.add("--cpu-shares=" + Confinement.SHARES_OF_STARTING);
        options.add("--publish=" + address.getHostAddress() + ":" + port + ":"
                + plan.task().port());
        String image = image(plan.name(), release);
        String container = created(name, options, image, List.of());
        Path log = world.logs().resolve(name + ".log");
        Process client = Docker.start(List.of("start", "--attach", container), log);
        Supplier<ContainerHealth> health =
                plan.task().health() == null ? () -> ContainerHealth.UNKNOWN : () -> events.of(container);
        return new ContainerTask(
                new MachineTask.Identity(name, plan.name(), color, release.id(), new InetSocketAddress(address, port)),
                container,
                stopSignal(image),
                client,
                log,
                health);
    }

    @Override
    public CommandResult command(ServicePlan plan, Release release, String mode, Map<String, String> changes)
            throws IOException, InterruptedException {
        String name = mode + "-" + numbers.merge(mode, 1, Integer::sum);
        Map<String, String> environment = world.commandEnvironment(plan.task());
        environment.putAll(changes);
        List<String> options = Confinement.options(plan.task(), environment);
        options.add("--no-healthcheck");
        String container = created(name, options, image(ServiceName.BACKEND, release), List.of(mode));
        Path log = world.logs().resolve(name + ".log");
        int exitCode =
                Docker.start(List.of("start", "--attach", container), log).waitFor();
        remove(container);
        return new CommandResult(exitCode, Files.readString(log));
    }

    private String created(String name, List<String> options, String image, List<String> words) throws IOException {
        String container = prefix + name;
        List<String> create = new ArrayList<>(List.of("create", "--name=" + container));
        LeftoverContainers.labels().forEach(label -> create.add("--label=" + label));
        // The client that is attached keeps it.
        create.add("--log-driver=none");
        create.addAll(options);
        create.add(image);
        create.addAll(words);
        // Whoever closes this sees every container, or none is made any more.
        synchronized (this) {
            if (isClosed) {
                throw new IOException("The rehearsal ends, nothing is started any more");
            }
            containers.add(container);
        }
        Docker.read(create);
        return container;
    }

    private static String image(ServiceName service, Release release) {
        return switch (release.parts()) {
            case Release.Images images -> service == ServiceName.BACKEND ? images.backend() : images.frontend();
            case Release.Files files ->
                throw new IllegalArgumentException("Containers are made of images, not of the file " + files.jar());
        };
    }

    private String stopSignal(String image) throws IOException {
        String known = stopSignals.get(image);
        if (known == null) {
            String said = Docker.read("image", "inspect", "--format", "{{.Config.StopSignal}}", image);
            known = said.isEmpty() ? DEFAULT_STOP_SIGNAL : said;
            stopSignals.put(image, known);
        }
        return known;
    }

    private void remove(String container) throws IOException {
        Docker.read("rm", "--force", "--volumes", container);
        containers.remove(container);
    }

    @Override
    public synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
        }
        events.close();
        List<String> command = new ArrayList<>(List.of("rm", "--force", "--volumes"));
        command.addAll(containers);
        try {
            if (!containers.isEmpty()) {
                Docker.read(command);
            }
        } catch (IOException failure) {
            System.err.println("Could not remove the rehearsal's containers: " + failure.getMessage());
        }
    }
}
