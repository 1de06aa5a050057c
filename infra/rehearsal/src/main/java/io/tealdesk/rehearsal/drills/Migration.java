package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.schema.MigrationOverlay;
import java.io.IOException;
import java.nio.file.Path;

/** The next release brings a migration that the running one cannot live with. */
record Migration(String name, String sql) implements Drill.Plot {

    /** After every migration that anybody will write. */
    private static final String VERSION = "V209912312359";

    @Override
    public AlteredRelease to(Release to, Path folder) throws IOException {
        String script = VERSION + "__" + name.replace('-', '_') + ".sql";
        MigrationOverlay overlay = MigrationOverlay.on(to, script, sql, folder);
        return new AlteredRelease() {
            @Override
            public Release release() {
                return overlay.release();
            }

            @Override
            public void close() throws IOException {
                overlay.close();
            }
        };
    }
}
