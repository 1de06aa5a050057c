package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A task that is a container. */
final class ContainerTask extends MachineTask {

    private final String container;
    private final String stopSignal;
    /** The engine's client, which prints what the container prints and ends as it ends. */
    private final Process client;

    private final Supplier<ContainerHealth> health;
    private volatile long firstProcess;

    ContainerTask(
            Identity identity,
            String container,
            String stopSignal,
            Process client,
            Path log,
            Supplier<ContainerHealth> health) {
        super(identity, log);
        this.container = container;
        this.stopSignal = stopSignal;
        this.client = client;
        this.health = health;
    }

    String container() {
        return container;
    }

    @Override
    public boolean isRunning() {
        return client.isAlive();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return client.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void terminate() {
        engine("kill", "--signal", stopSignal, container);
    }

    @Override
    public void kill() {
        engine("kill", container);
    }

    @Override
    public void freeze() {
        engine("pause", container);
    }

    @Override
    public void thaw() {
        engine("unpause", container);
    }

    @Override
    public void priority(CpuPriority priority) {
        int shares = priority == CpuPriority.NORMAL ? Confinement.SHARES : Confinement.SHARES_OF_STARTING;
        engine("update", "--cpu-shares", Integer.toString(shares), container);
    }

    @Override
    public ContainerHealth health() {
        return isRunning() ? health.get() : ContainerHealth.UNHEALTHY;
    }

    @Override
    Stream<ProcessHandle> processes() {
        if (firstProcess == 0 && isRunning()) {
            String found = engine("inspect", "--format", "{{.State.Pid}}", container);
            firstProcess = found.isEmpty() ? 0 : Long.parseLong(found);
        }
        return firstProcess == 0
                ? Stream.empty()
                : ProcessHandle.of(firstProcess).stream()
                        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    }

    /** Nothing for a container that has ended: that may happen at any moment. */
    private String engine(String... arguments) {
        try {
            return Docker.read(List.of(arguments));
        } catch (IOException failure) {
            if (isRunning()) {
                throw new UncheckedIOException(failure);
            }
            return "";
        }
    }
}
