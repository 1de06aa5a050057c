package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much of the CPU a process leaves to others. Linux keeps it for each thread and a new thread takes it from the one
 * that makes it, so that a whole program changes only when every thread has been found.
 */
final class Niceness {

    /** One thirtieth of a normal process's share when both want the CPU; all of it when nobody else does. */
    static final int OF_STARTING = 15;

    private static final int ROUNDS_MAX = 20;

    private Niceness() {}

    static List<String> prefix() {
        return List.of("nice", "-n", Integer.toString(OF_STARTING));
    }

    /** Until no thread is found that is otherwise. */
    static void set(long process, int niceness) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            List<String> threads = ProcFiles.niceness(process).entrySet().stream()
                    .filter(thread -> thread.getValue() != niceness)
                    .map(Map.Entry::getKey)
                    .map(String::valueOf)
                    .toList();
            if (threads.isEmpty()) {
                return;
            }
            List<String> command = new ArrayList<>(List.of("renice", "-n", Integer.toString(niceness), "-p"));
            command.addAll(threads);
            // A thread that has ended meanwhile is an error to renice and none to us.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
