package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/**
 * Where one world at a time keeps everything. Which processes it started is written down there before they do anything,
 * so that the next one can end those of a rehearsal that was killed.
 */
final class WorkDirectory implements AutoCloseable {

    private static final List<String> MADE = List.of("postgresql", "attachments", "tasks");
    private static final String PROCESSES = "processes";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    WorkDirectory(Path path) throws IOException {
        this.path = Files.createDirectories(path);
        this.lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked()) {
            lock.close();
            throw new IOException("Another rehearsal is using " + path);
        }
        endLeftovers();
        Trees.delete(path.resolve("balancer"));
        Trees.delete(logs());
        Files.createDirectories(logs());
    }

    private boolean locked() throws IOException {
        try {
            FileLock held = lock.tryLock();
            return held != null;
        } catch (OverlappingFileLockException ofThisProgram) {
            return false;
        }
    }

    Path logs() {
        return path.resolve("logs");
    }

    Path database() {
        return path.resolve("postgresql");
    }

    /** Something of its own for each task. */
    Path folder(String task) throws IOException {
        return Files.createDirectories(path.resolve("tasks").resolve(task));
    }

    void note(ProcessHandle process) throws IOException {
        Files.writeString(
                path.resolve(PROCESSES),
                process.pid() + " " + started(process) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private void endLeftovers() throws IOException {
        Path noted = path.resolve(PROCESSES);
        if (Files.exists(noted)) {
            for (String line : Files.readAllLines(noted)) {
                String[] words = line.split(" ", 2);
                ProcessHandle.of(Long.parseLong(words[0]))
                        .filter(process -> words.length == 2
                                && Long.toString(started(process)).equals(words[1]))
                        .ifPresent(WorkDirectory::end);
            }
        }
        clear();
    }

    private static void end(ProcessHandle process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** A number alone may be another process's by now. */
    private static long started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH).toEpochMilli();
    }

    /** All but the logs, which are for whoever judges them. */
    private void clear() throws IOException {
        MADE.forEach(made -> Trees.delete(path.resolve(made)));
        Files.deleteIfExists(path.resolve(PROCESSES));
    }

    @Override
    public void close() throws IOException {
        clear();
        Files.deleteIfExists(path.resolve(LOCK));
        lock.close();
    }
}
