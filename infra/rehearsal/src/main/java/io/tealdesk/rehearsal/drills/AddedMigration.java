package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a release that has one migration more. */
final class AddedMigration {

    private static final String MIGRATIONS = "BOOT-INF/classes/db/migration";
    /** After every migration that anybody will write. */
    private static final String VERSION = "V209912312359";

    private AddedMigration() {}

    static Release to(Release release, Path folder, String name, String sql) throws IOException {
        if (!(release.parts() instanceof Release.Files files)) {
            throw new IllegalArgumentException("This drill changes the release's jar, so it needs --mode process.");
        }
        Files.createDirectories(folder);
        Path jar = folder.resolve("backend-" + name + ".jar");
        Files.deleteIfExists(jar);
        Files.copy(files.jar(), jar);
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
            Path migrations = content.getPath(MIGRATIONS);
            if (!Files.isDirectory(migrations)) {
                throw new IOException(files.jar() + " has no " + MIGRATIONS);
            }
            Files.writeString(migrations.resolve(VERSION + "__" + name.replace('-', '_') + ".sql"), sql);
        }
        return new Release(
                release.id(),
                release.label() + " and the migration " + name,
                new Release.Files(jar, files.site(), files.nginx()));
    }
}
