package io.tealdesk.embedded;

import io.tealdesk.shared.StartProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL of a previous run that was killed without being able to stop it. It would keep the next one from
 * starting, so it is asked to stop; it finishes its writing and loses nothing.
 */
class OrphanedServer {

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);
    private static final Logger log = LoggerFactory.getLogger(OrphanedServer.class);

    private OrphanedServer() {}

    /** To be called by whoever owns the desk's directory: then nobody else can be using the server. */
    static void stop(Path dataDirectory) throws IOException {
        var pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var server = serverOf(pidFile);
        if (server.isEmpty()) {
            // PostgreSQL would take any process that got the old number meanwhile for itself.
            Files.delete(pidFile);
            return;
        }
        log.info(
                "Stopping the PostgreSQL that a killed run left behind (process {})",
                server.get().pid());
        askToStop(server.get());
        try {
            server.get().onExit().get(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StartProblem(
                    "The PostgreSQL of a previous run (process " + server.get().pid() + ") does not stop.",
                    "End that process, then start again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Optional<ProcessHandle> serverOf(Path pidFile) throws IOException {
        var lines = Files.readAllLines(pidFile);
        try {
            return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                    .filter(ProcessHandle::isAlive)
                    // Where the system does not tell the command, the directory in the file has to do.
                    .filter(process -> process.info()
                            .command()
                            .map(command ->
                                    Path.of(command).getFileName().toString().startsWith("postgres"))
                            .orElse(true));
        } catch (NumberFormatException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown: it waits for nobody. Windows has only the hard way, which recovery mends. */
    private static void askToStop(ProcessHandle server) throws IOException {
        if (System.getProperty("os.name", "").startsWith("Windows")) {
            server.destroy();
        } else {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start();
        }
    }
}
