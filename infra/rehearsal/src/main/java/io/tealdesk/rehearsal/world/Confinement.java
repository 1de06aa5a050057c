package io.tealdesk.rehearsal.world;

import io.tealdesk.rehearsal.plan.TaskPlan;
import io.tealdesk.rehearsal.plan.TaskPlan.ContainerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A task definition's limits, said as options of {@code docker create}. */
final class Confinement {

    /** One sixteenth of a normal container's share when both want the CPU. */
    static final int SHARES_OF_STARTING = 64;

    static final int SHARES = 1024;

    private Confinement() {}

    static List<String> options(TaskPlan task, Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of(
                "--init=false",
                "--security-opt=no-new-privileges",
                "--cpus=" + task.cpus(),
                "--memory=" + task.memoryMebibytes() + "m",
                // As much again would be the engine's default for swap; Fargate has none.
                "--memory-swap=" + task.memoryMebibytes() + "m",
                "--stop-timeout=" + task.stopTimeout().toSeconds()));
        if (task.user() != null) {
            options.add("--user=" + task.user());
        }
        if (task.readOnlyRoot()) {
            options.add("--read-only");
        }
        // A new volume, as Fargate mounts it: it takes owner and mode from the path in the image.
        task.writablePaths().forEach(path -> options.add("--mount=type=volume,destination=" + path));
        task.droppedCapabilities().forEach(capability -> options.add("--cap-drop=" + capability));
        task.systemControls().forEach((name, value) -> options.add("--sysctl=" + name + "=" + value));
        environment.forEach((name, value) -> options.add("--env=" + name + "=" + value));
        return options;
    }

    /** ECS runs the task definition's check and never the image's. */
    static List<String> healthOptions(TaskPlan task) {
        ContainerHealth health = task.health();
        if (health == null) {
            return List.of("--no-healthcheck");
        }
        return List.of(
                "--health-cmd=" + shell(health.command()),
                "--health-interval=" + millis(health.interval()),
                "--health-timeout=" + millis(health.timeout()),
                "--health-retries=" + health.retries(),
                "--health-start-period=" + millis(health.startPeriod()));
    }

    /** The engine's option takes a shell's command only, a task definition also the words of one. */
    private static String shell(List<String> command) {
        if (command.getFirst().equals("CMD-SHELL")) {
            return String.join(" ", command.subList(1, command.size()));
        }
        return command.stream()
                .skip(command.getFirst().equals("CMD") ? 1 : 0)
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" ", "exec ", ""));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
