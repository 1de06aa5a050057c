package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.deployment.TaskSet;
import io.tealdesk.rehearsal.world.Task;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Lets a colour's tasks run for a tenth of the time only, whatever they do: SIGSTOP and SIGCONT in turn. */
final class SlowTasks implements AutoCloseable {

    private static final Duration STOPPED = Duration.ofMillis(450);
    private static final Duration RUNNING = Duration.ofMillis(50);

    private final TaskSet tasks;
    private final Set<Task> touched = new HashSet<>();
    private final Thread thread;

    SlowTasks(TaskSet tasks) {
        this.tasks = tasks;
        thread = Thread.ofPlatform().name("slow " + tasks.color()).daemon().start(this::slowDown);
    }

    private void slowDown() {
        try {
            while (true) {
                for (Task task : tasks.tasks()) {
                    touched.add(task);
                    task.freeze();
                }
                Thread.sleep(STOPPED);
                touched.forEach(Task::thaw);
                Thread.sleep(RUNNING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** They go on as if nothing had been. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        touched.forEach(Task::thaw);
    }
}
