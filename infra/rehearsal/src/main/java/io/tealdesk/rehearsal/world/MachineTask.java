package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a task on this machine is, whatever holds it. */
abstract class MachineTask implements Task {

    private final Identity identity;
    private final Path log;
    private double cpuSeconds;
    private long measured = System.nanoTime();

    record Identity(String name, ServiceName service, Color color, String release, InetSocketAddress address) {}

    MachineTask(Identity identity, Path log) {
        this.identity = identity;
        this.log = log;
    }

    /** Its first process and that one's descendants; none when it has ended. */
    abstract Stream<ProcessHandle> processes();

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
    public synchronized double cpuUsage() {
        double seconds = processes()
                .mapToDouble(process -> ProcFiles.cpuSeconds(process.pid()))
                .sum();
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
