package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class SecretsManagerTests {

    @Test
    void theSdkReadsSecretsByNameAndArn() throws IOException {
        try (SecretsManager secrets = new SecretsManager(InetAddress.getLoopbackAddress());
                SecretsManagerClient client = client(secrets)) {
            String arn = secrets.put("greeting", Map.of("text", "hello"));
            assertThat(client.getSecretValue(ask -> ask.secretId(arn)).secretString())
                    .isEqualTo("{\"text\":\"hello\"}");
            assertThat(client.getSecretValue(ask -> ask.secretId("greeting")).versionStages())
                    .containsExactly("AWSCURRENT");
            assertThat(client.describeSecret(ask -> ask.secretId(arn)).name()).isEqualTo("greeting");
            assertThatThrownBy(
                            () -> client.getSecretValue(ask -> ask.secretId(arn).versionStage("AWSPENDING")))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> client.getSecretValue(ask -> ask.secretId("unknown")))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    private static SecretsManagerClient client(SecretsManager secrets) {
        return SecretsManagerClient.builder()
                .endpointOverride(secrets.endpoint())
                .region(Region.of(SecretsManager.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }
}
