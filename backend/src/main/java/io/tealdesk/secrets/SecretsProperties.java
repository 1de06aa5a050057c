package io.tealdesk.secrets;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which secrets there are, by ARN or name in Secrets Manager; empty outside of the production profile.
 *
 * @param required whether the application may start without those that it cannot work without
 * @param refreshEvery how often a secret in use is read again
 */
@ConfigurationProperties("tealdesk.secrets")
record SecretsProperties(
        @DefaultValue("false") boolean required,
        @DefaultValue("1m") Duration refreshEvery,
        @Nullable String database,
        @Nullable String migration,
        @Nullable String master,
        @Nullable String signingKeys,
        @Nullable String firstAdministrator,
        @Nullable String syntheticCustomer,
        @Nullable String smtp) {

    Optional<String> id(SecretName name) {
        var id = switch (name) {
            case DATABASE -> database;
            case MIGRATION -> migration;
            case MASTER -> master;
            case SIGNING_KEYS -> signingKeys;
            case FIRST_ADMINISTRATOR -> firstAdministrator;
            case SYNTHETIC_CUSTOMER -> syntheticCustomer;
            case SMTP -> smtp;
        };
        return Optional.ofNullable(id).map(String::strip).filter(text -> !text.isEmpty());
    }
}
