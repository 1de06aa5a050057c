package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.world.NginxProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Nginx in the foreground, ended with the program. */
final class NginxProcess implements AutoCloseable {

    static final String MISSING = "A rehearsal needs Nginx as its load balancer, on the PATH or in /usr/sbin:"
            + " apt-get install nginx-light (Debian, Ubuntu), dnf install nginx (Fedora, Amazon Linux),"
            + " brew install nginx (macOS).";

    private final Process process;
    private final Path directory;
    private final Thread atExit;

    private NginxProcess(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.atExit = new Thread(process::destroy, "end-nginx");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static NginxProcess start(Path directory, String configuration) throws IOException {
        Path file = Files.writeString(directory.resolve("nginx.conf"), configuration);
        Process process = new ProcessBuilder(
                        program()
                                .orElseThrow(() -> new IllegalStateException(MISSING))
                                .toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.out").toFile())
                .start();
        return new NginxProcess(process, directory);
    }

    static Optional<Path> program() {
        return NginxProgram.find();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** What it complained of last. */
    String complaint() throws IOException {
        for (String name : List.of("error.log", "nginx.out")) {
            Path file = directory.resolve(name);
            if (Files.exists(file) && Files.size(file) > 0) {
                return Files.readAllLines(file).getLast();
            }
        }
        return "it said nothing";
    }

    /** Answers under way are cut: who wants them whole stops asking first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException alreadyExiting) {
            // The hook is what runs just now.
        }
    }
}
