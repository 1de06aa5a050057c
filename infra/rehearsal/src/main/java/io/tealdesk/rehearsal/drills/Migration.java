package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;
import java.nio.file.Path;

/** The next release brings a migration that the running one cannot live with. */
record Migration(String name, String sql) implements Drill.Plot {

    @Override
    public Release to(Release to, Path folder) throws IOException {
        return AddedMigration.to(to, folder, name, sql);
    }
}
