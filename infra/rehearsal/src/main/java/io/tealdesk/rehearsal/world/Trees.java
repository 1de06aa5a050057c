package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and all below them. */
public final class Trees {

    private Trees() {}

    /** With everybody's permissions as they are; the target must not be there. */
    static void copy(Path folder, Path target) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) found::iterator) {
                Files.copy(
                        path,
                        target.resolve(folder.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }

    /** A folder that is not there, or vanishes meanwhile, is as good as deleted. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException vanishing) {
            System.err.println("Could not delete " + folder + ": " + vanishing.getMessage());
            return;
        }
        for (Path path : all) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException failure) {
                System.err.println("Could not delete " + path + ": " + failure.getMessage());
            }
        }
    }
}
