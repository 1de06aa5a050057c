package io.tealdesk.secrets;

import io.awspring.cloud.autoconfigure.config.secretsmanager.SecretsManagerClientCustomizer;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The client is Spring Cloud AWS's: region, credentials and endpoint come from where every AWS tool looks for them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecretsProperties.class)
public class SecretsConfiguration {

    /** A request may wait for an answer, so none takes long; what fails is asked again a minute later. */
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(3);

    @Bean
    Secrets secrets(
            SecretsProperties properties,
            ObjectProvider<SecretsManagerClient> client,
            ObjectProvider<NeededSecrets> needed) {
        return new Secrets(
                properties,
                client::getObject,
                needed.getIfAvailable(() -> NeededSecrets.TO_SERVE).names());
    }

    @Bean
    SecretsManagerClientCustomizer boundedCalls() {
        return builder -> builder.httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(ATTEMPT_TIMEOUT)
                        .socketTimeout(ATTEMPT_TIMEOUT))
                .overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .apiCallTimeout(CALL_TIMEOUT)
                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .build());
    }
}
