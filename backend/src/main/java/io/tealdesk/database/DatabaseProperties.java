package io.tealdesk.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database beyond Spring's own settings.
 *
 * @param migrateAtStart whether the application makes the schema itself; where it does not, it only looks at it
 * @param name of the database, where a secret does not say it
 * @param sslMode of pgjdbc, for logins from secrets
 * @param sslRootCertificate file of the certificates that the server's is checked with, for {@code verify-full}
 * @param migration who migrates and owns the schema, where no secret says it
 * @param master who may make users, where no secret says it
 */
@ConfigurationProperties("tealdesk.database")
record DatabaseProperties(
        @DefaultValue("true") boolean migrateAtStart,
        @DefaultValue("tealdesk") String name,
        @Nullable String sslMode,
        @Nullable String sslRootCertificate,
        @Nullable User migration,
        @Nullable User master) {

    record User(@Nullable String username, @Nullable String password) {

        @Override
        public String toString() {
            return "User[" + username + ']';
        }
    }
}
