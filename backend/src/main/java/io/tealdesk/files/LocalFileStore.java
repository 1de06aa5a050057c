package io.tealdesk.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Keeps files in a directory that survives the process, two levels deep so that none grows too wide. */
class LocalFileStore implements FileStore {

    private final Path directory;

    LocalFileStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public void put(String key, Path file) throws IOException {
        var target = path(key);
        Files.createDirectories(target.getParent());
        // Copied beside its place first: the upload may lie on another file system, where a move is not atomic.
        var beside = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.copy(file, beside, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    @Override
    public InputStream open(String key) throws IOException {
        return Files.newInputStream(path(key));
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(path(key));
    }

    private Path path(String key) {
        return directory.resolve(key.substring(0, 2)).resolve(key);
    }
}
