package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A task that is a process of this machine. */
final class ProcessTask implements Task {

    private final Identity identity;
    private final Process process;
    private final String stopSignal;
    private final Path log;
    private final boolean prioritiesChange;
    private double cpuSeconds;
    private long measured = System.nanoTime();

    /** Who it is, whatever it runs as. */
    record Identity(String name, ServiceName service, Color color, String release, InetSocketAddress address) {}

    ProcessTask(Identity identity, Process process, String stopSignal, Path log, boolean prioritiesChange) {
        this.identity = identity;
        this.process = process;
        this.stopSignal = stopSignal;
        this.log = log;
        this.prioritiesChange = prioritiesChange;
    }

    @Override
    public String name() {
        return identity.name();
    }

    @Override
    public ServiceName service() {
        return identity.service();
    }

    @Override
    public Color color() {
        return identity.color();
    }

    @Override
    public String release() {
        return identity.release();
    }

    @Override
    public InetSocketAddress address() {
        return identity.address();
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    @Override
    public void terminate() {
        Signals.send(stopSignal, process.toHandle());
    }

    /** Its children too: a container ends as a whole, but Nginx' workers outlive a killed master. */
    @Override
    public void kill() {
        Signals.send("KILL", all());
    }

    @Override
    public void freeze() {
        Signals.send("STOP", all());
    }

    @Override
    public void thaw() {
        Signals.send("CONT", all());
    }

    private ProcessHandle[] all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toArray(ProcessHandle[]::new);
    }

    @Override
    public void priority(CpuPriority priority) {
        if (!prioritiesChange) {
            return;
        }
        int niceness = priority == CpuPriority.NORMAL ? 0 : Niceness.OF_STARTING;
        try {
            for (ProcessHandle each : all()) {
                Niceness.set(each.pid(), niceness);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized double cpuUsage() {
        double seconds = 0;
        for (ProcessHandle each : all()) {
            seconds += ProcFiles.cpuSeconds(each.pid());
        }
        long now = System.nanoTime();
        double usage = (seconds - cpuSeconds) / Math.max((now - measured) / 1e9, 1e-3);
        cpuSeconds = seconds;
        measured = now;
        return Math.max(usage, 0);
    }

    @Override
    public String toString() {
        return name();
    }
}
