package io.tealdesk.rehearsal;

import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.world.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Writes down each second what every running task takes of the CPU. */
final class CpuMeter {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Supplier<List<Task>> tasks;
    private final Recording recording;
    private final Thread thread;

    CpuMeter(Supplier<List<Task>> tasks, Recording recording) {
        this.tasks = tasks;
        this.recording = recording;
        thread = Thread.ofVirtual().name("cpu").start(this::read);
    }

    private void read() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                for (Task task : tasks.get()) {
                    if (task.isRunning()) {
                        recording.sample("cpu " + task.name(), task.cpuUsage());
                    }
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        thread.interrupt();
    }
}
