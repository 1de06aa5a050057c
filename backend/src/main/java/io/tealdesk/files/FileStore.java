package io.tealdesk.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Where the bytes of attachments are kept. Keys are random and made here, never by a client. */
interface FileStore {

    /** Takes over a complete local file; it is durable when this returns. */
    void put(String key, Path file) throws IOException;

    InputStream open(String key) throws IOException;

    /** A key that is not there is no error. */
    void delete(String key) throws IOException;
}
