package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sends what Java's own API cannot: it knows only TERM and KILL. */
final class Signals {

    private Signals() {}

    /** @param name without SIG; a process that has ended meanwhile is no error */
    static void send(String name, ProcessHandle... processes) {
        // The shell's own kill, which is there on every machine.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$@\" 2>/dev/null", "sh", name));
        Arrays.stream(processes)
                .filter(ProcessHandle::isAlive)
                .forEach(process -> command.add(Long.toString(process.pid())));
        if (command.size() == 5) {
            return;
        }
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
