package io.tealdesk.rehearsal.schema;

import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** The release that serves while the next one migrates. */
public interface RunningRelease {

    /** What its answers say in X-Release. */
    String release();

    /** Statements that it is known to contain, beside those that it is seen to execute. */
    Collection<String> statements() throws IOException;

    /** Starts it on a database, and returns when it serves. */
    Serving start(String database) throws IOException, InterruptedException;

    /** One that serves. */
    interface Serving extends AutoCloseable {

        /**
         * Does once everything that people do with it.
         *
         * @return what did not work, a sentence each
         */
        List<String> walk() throws IOException, InterruptedException;

        @Override
        void close();
    }
}
