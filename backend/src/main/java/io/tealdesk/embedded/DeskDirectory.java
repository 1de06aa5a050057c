package io.tealdesk.embedded;

import io.tealdesk.shared.StartProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory that holds a desk. One application at a time owns it, known by a lock that no crash leaves behind. */
class DeskDirectory implements AutoCloseable {

    private final Path path;
    private final @Nullable FileChannel lock;

    private DeskDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DeskDirectory own(Path path, String url) {
        try {
            Files.createDirectories(path);
            var lock = lockOf(path);
            if (lock == null) {
                throw new StartProblem(
                        "Tealdesk is already running on " + runningUrl(path) + " with the data in " + path + ".",
                        "Use that one, or stop it first. To run a second task beside it on the same database: "
                                + "PORT=3001 mvn spring-boot:run -Dspring-boot.run.arguments=--tealdesk.embedded.join=true",
                        null);
            }
            Files.writeString(path.resolve("url"), url);
            return new DeskDirectory(path, lock);
        } catch (IOException e) {
            throw new StartProblem(
                    "The directory " + path + " cannot be used: " + e.getMessage(),
                    "Make it writable, or name another one: TEALDESK_DIRECTORY=/some/where mvn spring-boot:run",
                    e);
        }
    }

    static DeskDirectory join(Path path) {
        try (var lock = Files.isDirectory(path) ? lockOf(path) : null) {
            if (lock != null || !Files.isDirectory(path)) {
                throw new StartProblem(
                        "There is no desk to join: nothing runs on " + path + ".",
                        "Start the first one with: mvn spring-boot:run",
                        null);
            }
            return new DeskDirectory(path, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    boolean isOwned() {
        return lock != null;
    }

    /** Null where another application holds it. */
    private static @Nullable FileChannel lockOf(Path path) throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by another application in this very process, as tests do.
        }
        channel.close();
        return null;
    }

    private static String runningUrl(Path path) throws IOException {
        var url = path.resolve("url");
        return Files.exists(url) ? Files.readString(url).strip() : "this machine";
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
