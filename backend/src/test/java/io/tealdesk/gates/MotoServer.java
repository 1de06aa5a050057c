package io.tealdesk.gates;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Secrets Manager as moto plays it (PyPI {@code moto[server]}), in a process of its own; operated as rotations do. */
class MotoServer {

    /** Names the executable where it is not on the path. */
    static final String VARIABLE = "MOTO_SERVER";

    private static final String REGION = "eu-central-1";
    private static final String CREDENTIAL = "for-moto-only";
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;
    private final SecretsManagerClient client;

    private MotoServer(Process process, URI address) {
        this.process = process;
        this.address = address;
        this.client = SecretsManagerClient.builder()
                .endpointOverride(address)
                .region(Region.of(REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(CREDENTIAL, CREDENTIAL)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static Optional<Path> executable() {
        var named = System.getenv(VARIABLE);
        return Stream.concat(
                        Stream.ofNullable(named).map(Path::of),
                        Stream.of(System.getenv("PATH").split(":")).map(folder -> Path.of(folder, "moto_server")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static MotoServer started(Path log) throws IOException {
        var port = RunningDesk.freePort();
        var process = new ProcessBuilder(
                        executable().orElseThrow().toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Awaitility.await("moto, see " + log)
                .atMost(STARTS_WITHIN)
                .failFast("moto has ended, see " + log, () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
        return new MotoServer(process, URI.create("http://127.0.0.1:" + port));
    }

    /** What a task needs in order to ask here. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_REGION", REGION,
                "AWS_ACCESS_KEY_ID", CREDENTIAL,
                "AWS_SECRET_ACCESS_KEY", CREDENTIAL,
                "SPRING_CLOUD_AWS_SECRETSMANAGER_ENDPOINT", address.toString());
    }

    /** Returns the ARN. */
    String create(String name, String json) {
        return client.createSecret(request -> request.name(name).secretString(json))
                .arn();
    }

    /** The version before becomes AWSPREVIOUS. In two steps: moto's own way
     * of one step goes wrong after a rotation. */
    void put(String arn, String json) {
        makeCurrent(arn, putPending(arn, json));
    }

    /** The first step of a rotation; returns the version. */
    String putPending(String arn, String json) {
        return client.putSecretValue(request -> request.secretId(arn)
                        .clientRequestToken(UUID.randomUUID().toString())
                        .versionStages("AWSPENDING")
                        .secretString(json))
                .versionId();
    }

    /** The last step of a rotation. */
    void makeCurrent(String arn, String version) {
        var current = client.getSecretValue(request -> request.secretId(arn).versionStage("AWSCURRENT"))
                .versionId();
        client.updateSecretVersionStage(request -> request.secretId(arn)
                .versionStage("AWSCURRENT")
                .moveToVersionId(version)
                .removeFromVersionId(current));
        client.updateSecretVersionStage(
                request -> request.secretId(arn).versionStage("AWSPENDING").removeFromVersionId(version));
    }

    void close() throws InterruptedException {
        client.close();
        process.destroy();
        process.waitFor();
    }
}
