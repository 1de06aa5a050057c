package io.tealdesk.rehearsal.releases;

import java.nio.file.Path;

/**
 * Something that can be deployed.
 *
 * @param id what its answers say in X-Release
 * @param label for people: a Git reference, "working tree", file names
 */
public record Release(String id, String label, Parts parts) {

    /** What it is made of. */
    public sealed interface Parts {}

    /**
     * @param jar the backend's executable jar
     * @param site the frontend as Nginx serves it: index.html, assets, their precompressed files
     * @param nginx the folder of its Nginx configuration
     */
    public record Files(Path jar, Path site, Path nginx) implements Parts {

        /** A backend alone has none. */
        public boolean hasSite() {
            return !site.equals(jar);
        }
    }

    public record Images(String backend, String frontend) implements Parts {}
}
