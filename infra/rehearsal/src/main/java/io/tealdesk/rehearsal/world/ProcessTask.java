package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A task that is a process of this machine. */
final class ProcessTask extends MachineTask {

    private final Process process;
    private final String stopSignal;
    private final boolean prioritiesChange;
    private CpuPriority priority;

    /** @param prioritiesChange whether it was started with a low priority that can be raised */
    ProcessTask(Identity identity, Process process, String stopSignal, Path log, boolean prioritiesChange) {
        super(identity, log);
        this.process = process;
        this.stopSignal = stopSignal;
        this.prioritiesChange = prioritiesChange;
        this.priority = prioritiesChange ? CpuPriority.LOW : CpuPriority.NORMAL;
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public OptionalLong process() {
        return OptionalLong.of(process.pid());
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
        return processes().toArray(ProcessHandle[]::new);
    }

    @Override
    Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    @Override
    public synchronized void priority(CpuPriority wanted) {
        if (!prioritiesChange || wanted == priority) {
            return;
        }
        int niceness = wanted == CpuPriority.NORMAL ? 0 : Niceness.OF_STARTING;
        try {
            for (ProcessHandle each : all()) {
                Niceness.set(each.pid(), niceness);
            }
            priority = wanted;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
