package io.tealdesk.database;

import com.zaxxer.hikari.HikariDataSource;
import io.tealdesk.secrets.SecretName;
import io.tealdesk.secrets.Secrets;
import java.util.Properties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The database of the application that serves. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** Takes the place of Spring Boot's own pool where the login comes from a secret. */
    @Bean
    @ConditionalOnProperty("tealdesk.secrets.database")
    @ConfigurationProperties("spring.datasource.hikari")
    HikariDataSource dataSource(Secrets secrets, DatabaseProperties database) {
        var login = secrets.keep(SecretName.DATABASE, DatabaseLogin.reader(database.name()));
        var pool = new HikariDataSource();
        pool.setPoolName("tealdesk");
        pool.setDataSource(new LoginDataSource(login, () -> {
            var settings = new Properties();
            settings.putAll(pool.getDataSourceProperties());
            settings.putAll(PostgresSettings.encrypted(database));
            return settings;
        }));
        return pool;
    }

    /** Spring Boot runs it before anything uses a table. */
    @Bean
    FlywayMigrationStrategy migrateOrCheck(DatabaseProperties database) {
        return flyway -> {
            if (database.migrateAtStart()) {
                flyway.migrate();
            } else {
                SchemaGate.check(flyway.info());
            }
        };
    }
}
