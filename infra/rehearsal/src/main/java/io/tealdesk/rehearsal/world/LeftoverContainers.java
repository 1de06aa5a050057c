package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Containers bear the name of the program that made them, so that the next one finds those of a program that was killed. */
final class LeftoverContainers {

    private static final String PROCESS = "io.tealdesk.rehearsal.process";

    /** A number alone may be another process's by now. */
    private static final String STARTED = "io.tealdesk.rehearsal.started";

    private LeftoverContainers() {}

    static List<String> labels() {
        return List.of(label(), STARTED + "=" + started(ProcessHandle.current()));
    }

    static String label() {
        return PROCESS + "=" + ProcessHandle.current().pid();
    }

    static void remove() throws IOException {
        List<String> leftover = new ArrayList<>();
        String found = Docker.read(
                "ps",
                "--all",
                "--filter=label=" + PROCESS,
                "--format={{.ID}} {{.Label \"" + PROCESS + "\"}} {{.Label \"" + STARTED + "\"}}");
        for (String line : found.lines().toList()) {
            String[] words = line.split(" ", 3);
            boolean lives = words.length == 3
                    && ProcessHandle.of(Long.parseLong(words[1]))
                            .map(process -> Long.toString(started(process)).equals(words[2]))
                            .orElse(false);
            if (!lives) {
                leftover.add(words[0]);
            }
        }
        if (!leftover.isEmpty()) {
            List<String> command = new ArrayList<>(List.of("rm", "--force", "--volumes"));
            command.addAll(leftover);
            Docker.read(command);
        }
    }

    private static long started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }
}
