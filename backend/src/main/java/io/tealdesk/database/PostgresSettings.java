package io.tealdesk.database;

import java.util.Properties;

/** What pgjdbc is told besides user and password. */
final class PostgresSettings {

    private PostgresSettings() {}

    static Properties encrypted(DatabaseProperties database) {
        var settings = new Properties();
        if (database.sslMode() != null && !database.sslMode().isBlank()) {
            settings.setProperty("sslmode", database.sslMode());
        }
        if (database.sslRootCertificate() != null
                && !database.sslRootCertificate().isBlank()) {
            settings.setProperty("sslrootcert", database.sslRootCertificate());
        }
        return settings;
    }
}
