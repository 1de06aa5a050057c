package io.tealdesk.database;

import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.tealdesk.database.DatabaseProperties.User;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.Secrets;
import io.tealdesk.secrets.SecretsConfiguration;
import io.tealdesk.shared.StartProblem;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * What both commands need. Not a {@code @Configuration}, so that the application that serves does not find it.
 */
@Import(SecretsConfiguration.class)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    CredentialsProviderAutoConfiguration.class,
    RegionProviderAutoConfiguration.class,
    AwsAutoConfiguration.class,
    SecretsManagerAutoConfiguration.class
})
@EnableConfigurationProperties({DatabaseProperties.class, DataSourceProperties.class})
class CommandConfiguration {

    @Bean
    Logins logins(Secrets secrets, DatabaseProperties database, DataSourceProperties dataSource) {
        return new Logins(secrets, database, dataSource);
    }

    /** From a secret where one is named, else from plain settings. */
    record Logins(Secrets secrets, DatabaseProperties database, DataSourceProperties dataSource) {

        DatabaseLogin application() {
            return login(
                    SecretName.DATABASE,
                    new User(dataSource.getUsername(), dataSource.getPassword()),
                    "SPRING_DATASOURCE_USERNAME, _PASSWORD");
        }

        /** A desk with one database user for everything migrates as that one. */
        DatabaseLogin migration() {
            return secrets.has(SecretName.MIGRATION) || isGiven(database.migration())
                    ? login(
                            SecretName.MIGRATION,
                            database.migration(),
                            "TEALDESK_DATABASE_MIGRATION_USERNAME, _PASSWORD")
                    : application();
        }

        DatabaseLogin master() {
            return login(SecretName.MASTER, database.master(), "TEALDESK_DATABASE_MASTER_USERNAME, _PASSWORD");
        }

        private DatabaseLogin login(SecretName name, @Nullable User plain, String variables) {
            if (secrets.has(name)) {
                return secrets.read(name, DatabaseLogin.reader(database.name()));
            }
            if (plain == null || plain.username() == null || plain.username().isBlank()) {
                throw new StartProblem("A user of the database is missing.", "Set " + variables + ".");
            }
            return new DatabaseLogin(
                    plain.username(),
                    Objects.requireNonNullElse(plain.password(), ""),
                    Optional.ofNullable(dataSource.getUrl()));
        }

        private static boolean isGiven(@Nullable User user) {
            return user != null && user.username() != null && !user.username().isBlank();
        }
    }
}
