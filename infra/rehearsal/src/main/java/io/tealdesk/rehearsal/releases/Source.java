package io.tealdesk.rehearsal.releases;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A state of the repository that a release can be built from.
 *
 * @param tree Git's id of the tree, whether committed or not
 */
record Source(Path repository, String id, String label, String tree) {

    /** Changes exactly when one of these paths changes, so that a release is built again only for a reason. */
    String fingerprint(List<String> paths) {
        StringBuilder ids = new StringBuilder();
        Command git = new Command(repository);
        for (String path : paths) {
            ids.append(git.read("git", "rev-parse", "--verify", "--quiet", tree + ":" + path))
                    .append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(ids.toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Writes these paths as they stand in it below a folder. */
    void export(List<String> paths, Path folder, Path log) {
        new Command(repository)
                .run(
                        log,
                        List.of(
                                "sh",
                                "-c",
                                "mkdir -p \"$1\" && git archive \"$2\" -- $3 | tar -x -C \"$1\"",
                                "export",
                                folder.toString(),
                                tree,
                                String.join(" ", paths)));
    }
}
