package io.tealdesk.rehearsal.schema;

import java.io.IOException;

/** The next release's own way to migrate. */
public interface Migrator {

    /** What its answers say in X-Release. */
    String release();

    Outcome migrate(String database) throws IOException, InterruptedException;

    record Outcome(int exitCode, String log) {}
}
