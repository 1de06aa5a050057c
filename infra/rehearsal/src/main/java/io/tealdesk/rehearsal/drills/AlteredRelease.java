package io.tealdesk.rehearsal.drills;

import io.tealdesk.rehearsal.releases.Release;
import java.io.IOException;

/** The release that a drill deploys, until it is over. */
public interface AlteredRelease extends AutoCloseable {

    Release release();

    @Override
    default void close() throws IOException {}
}
