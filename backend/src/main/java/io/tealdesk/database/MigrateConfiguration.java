package io.tealdesk.database;

import io.tealdesk.database.CommandConfiguration.Logins;
import io.tealdesk.secrets.NeededSecrets;
import io.tealdesk.secrets.Secret;
import io.tealdesk.secrets.SecretName;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** {@code migrate}: the same Flyway, with the same settings, that looks at the schema when the application starts. */
@Import(CommandConfiguration.class)
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
class MigrateConfiguration {

    @Bean
    NeededSecrets neededSecrets() {
        return new NeededSecrets(Set.of(SecretName.MIGRATION));
    }

    @Bean
    DataSource dataSource(Logins logins, DatabaseProperties database) {
        return new LoginDataSource(Secret.fixed(logins.migration()), () -> PostgresSettings.encrypted(database));
    }

    @Bean
    FlywayConfigurationCustomizer limits() {
        return flyway -> flyway.initSql(Migration.LIMITS);
    }

    @Bean
    FlywayMigrationStrategy migrate(DataSource dataSource) {
        return flyway -> new Migration(flyway, dataSource).run();
    }
}
