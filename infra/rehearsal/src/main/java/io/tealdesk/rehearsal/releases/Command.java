package io.tealdesk.rehearsal.releases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Programs that build a release: Git, Maven, Docker. */
final class Command {

    private final Path directory;
    private final Map<String, String> environment;

    Command(Path directory) {
        this(directory, Map.of());
    }

    Command(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** What it wrote to standard output, trimmed; its complaints when it fails. */
    String read(String... command) {
        try {
            Path complaints = Files.createTempFile("tealdesk", ".log");
            try (Running running = start(new ProcessBuilder(command).redirectError(complaints.toFile()))) {
                Process process = running.process();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new ReleaseUnavailable("%s ended with %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    exit,
                                    end(complaints).strip()));
                }
                return output;
            } finally {
                Files.delete(complaints);
            }
        } catch (IOException failure) {
            throw new ReleaseUnavailable(command[0] + " cannot be run here: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReleaseUnavailable(command[0] + " was interrupted");
        }
    }

    /** Runs it with everything that it says in a file; the file's end when it fails. */
    void run(Path log, List<String> command) {
        try {
            Files.createDirectories(log.getParent());
            try (Running running =
                    start(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()))) {
                int exit = running.process().waitFor();
                if (exit != 0) {
                    throw new ReleaseUnavailable("%s ended with %d; the end of %s:%n%s"
                            .formatted(String.join(" ", command), exit, log, end(log)));
                }
            }
        } catch (IOException failure) {
            throw new ReleaseUnavailable(command.getFirst() + " cannot be run here: " + failure.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ReleaseUnavailable(command.getFirst() + " was interrupted");
        }
    }

    private Running start(ProcessBuilder builder) throws IOException {
        builder.directory(directory.toFile());
        builder.environment().putAll(environment);
        return Running.with(builder);
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Ends with this program: Ctrl-C reaches all programs of a terminal, but a signal to this one alone would leave Maven
     * at work.
     */
    private static final class Running implements AutoCloseable {

        private final Thread endsWithTheProgram = new Thread(this::end, "end of a build");
        private boolean isEnding;
        private @Nullable Process process;

        static Running with(ProcessBuilder builder) throws IOException {
            Running running = new Running();
            try {
                Runtime.getRuntime().addShutdownHook(running.endsWithTheProgram);
            } catch (IllegalStateException endingAlready) {
                throw new IOException("the rehearsal ends", endingAlready);
            }
            try {
                running.start(builder);
                return running;
            } catch (IOException failure) {
                running.close();
                throw failure;
            }
        }

        /** The end waits for a start that is under way: it would else not know whom to end. */
        private synchronized void start(ProcessBuilder builder) throws IOException {
            if (isEnding) {
                throw new IOException("the rehearsal ends");
            }
            process = builder.start();
        }

        synchronized Process process() {
            return Objects.requireNonNull(process, "started with it");
        }

        private synchronized void end() {
            isEnding = true;
            if (process != null) {
                List<ProcessHandle> children = process.descendants().toList();
                process.destroy();
                children.forEach(ProcessHandle::destroy);
            }
        }

        @Override
        public void close() {
            try {
                Runtime.getRuntime().removeShutdownHook(endsWithTheProgram);
            } catch (IllegalStateException endingAlready) {
                // Then it has ended the process.
            }
        }
    }
}
