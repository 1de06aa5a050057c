package io.tealdesk.rehearsal.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and all below them. */
final class Trees {

    private Trees() {}

    /** A folder that is not there, or vanishes meanwhile, is as good as deleted. */
    static void delete(Path folder) {
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
