package io.tealdesk.database;

import io.tealdesk.database.CommandConfiguration.Logins;
import io.tealdesk.secrets.NeededSecrets;
import io.tealdesk.secrets.SecretName;
import java.util.Set;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** {@code prepare-database}. */
@Import(CommandConfiguration.class)
class PrepareDatabaseConfiguration {

    @Bean
    NeededSecrets neededSecrets() {
        return new NeededSecrets(Set.of(SecretName.MASTER, SecretName.MIGRATION, SecretName.DATABASE));
    }

    /** While the context starts, so that a failure is told as one of the start. */
    @Bean
    InitializingBean prepareDatabase(Logins logins, DatabaseProperties database) {
        return () -> new DatabaseUsers(
                        logins.master(), logins.migration(), logins.application(), PostgresSettings.encrypted(database))
                .prepare();
    }
}
