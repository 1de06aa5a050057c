package io.tealdesk.rehearsal.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task definition's one container.
 *
 * @param container its name
 * @param cpus of the task: 0.5 for 512 units
 * @param user as it stands there, {@code 10001:10001}; null for the image's
 * @param writablePaths where a volume is mounted read-write
 * @param environment by name, with the placeholders that the pipeline fills still in
 * @param health the container's own check; null when there is none
 */
public record TaskPlan(
        String container,
        int port,
        double cpus,
        int memoryMebibytes,
        @Nullable String user,
        boolean readOnlyRoot,
        List<String> writablePaths,
        Map<String, String> environment,
        @Nullable ContainerHealth health,
        Duration stopTimeout,
        Map<String, String> systemControls,
        List<String> droppedCapabilities) {

    /** A command that ECS runs inside the container. */
    public record ContainerHealth(
            List<String> command, Duration interval, Duration timeout, int retries, Duration startPeriod) {}
}
