package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine's command line. */
final class Docker {

    private Docker() {}

    /**
     * What it prints.
     *
     * @throws IOException with what it says when it fails
     */
    static String read(List<String> arguments) throws IOException {
        Process process =
                new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("docker " + arguments.getFirst() + ": " + printed);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("docker " + arguments.getFirst() + " was interrupted", interrupted);
        }
        return printed;
    }

    static String read(String... arguments) throws IOException {
        return read(List.of(arguments));
    }

    /** Runs on while it writes what it prints to a file. */
    static Process start(List<String> arguments, Path output) throws IOException {
        return new ProcessBuilder(command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(output.toFile()))
                .start();
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        return command;
    }
}
