package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** One running task, a process or a container. */
public interface Task {

    /** Such as {@code backend-green-1}; unique in a rehearsal. */
    String name();

    ServiceName service();

    Color color();

    String release();

    /** Where its container port answers. */
    InetSocketAddress address();

    /** Everything that it wrote to standard output and standard error. */
    Path log();

    boolean isRunning();

    /** Its exit code as a shell gives it: 137 after SIGKILL. */
    CompletableFuture<Integer> exit();

    void terminate();

    void kill();

    /** Stops all its threads where they stand, and lets them go on. */
    void freeze();

    void thaw();

    void priority(CpuPriority priority);

    /** Share of one CPU used since the last call. */
    double cpuUsage();

    /** Its first process, where that is one of this machine. */
    default OptionalLong process() {
        return OptionalLong.empty();
    }

    /** What the container's own health check says; only containers have one. */
    default ContainerHealth health() {
        return ContainerHealth.UNKNOWN;
    }

    /** As Docker and ECS call it. */
    enum ContainerHealth {
        UNKNOWN,
        STARTING,
        HEALTHY,
        UNHEALTHY
    }

    /** What of a machine's CPU it gets when others want it too. */
    enum CpuPriority {
        /** A starting task: on AWS it has a machine of its own, here it must not starve the others. */
        LOW,
        NORMAL
    }
}
