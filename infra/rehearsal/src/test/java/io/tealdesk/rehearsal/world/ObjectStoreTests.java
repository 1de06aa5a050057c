package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** As the backend's S3FileStore uses S3. */
class ObjectStoreTests {

    private static final String BUCKET = "bucket";
    private static final String KEY = "attachments/2026/ä file?.bin";

    private final Path directory;
    private final ObjectStore store;
    private final S3Client s3;

    ObjectStoreTests(@TempDir Path directory) throws IOException {
        this.directory = directory;
        store = new ObjectStore(InetAddress.getLoopbackAddress(), directory.resolve("objects"), BUCKET);
        s3 = S3Client.builder()
                .endpointOverride(store.endpoint())
                .forcePathStyle(true)
                .region(Region.of(SecretsManager.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void close() {
        s3.close();
        store.close();
    }

    @Test
    void keepsWhatTheSdkUploads() throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("file"), content);
        s3.putObject(ask -> ask.bucket(BUCKET).key(KEY).contentType("application/pdf"), RequestBody.fromFile(file));

        assertThat(s3.getObjectAsBytes(ask -> ask.bucket(BUCKET).key(KEY)).asByteArray())
                .isEqualTo(content);
        assertThat(s3.headObject(ask -> ask.bucket(BUCKET).key(KEY)).contentLength())
                .isEqualTo(content.length);
        assertThat(store.size()).isOne();
    }

    @Test
    void keepsAnEmptyFile() {
        s3.putObject(ask -> ask.bucket(BUCKET).key(KEY), RequestBody.empty());
        assertThat(s3.getObjectAsBytes(ask -> ask.bucket(BUCKET).key(KEY)).asByteArray())
                .isEmpty();
    }

    @Test
    void deletesAndDoesNotFind() {
        s3.putObject(ask -> ask.bucket(BUCKET).key(KEY), RequestBody.fromString("text"));
        s3.deleteObject(ask -> ask.bucket(BUCKET).key(KEY));
        s3.deleteObject(ask -> ask.bucket(BUCKET).key(KEY));
        assertThatThrownBy(() -> s3.getObject(ask -> ask.bucket(BUCKET).key(KEY)))
                .isInstanceOf(NoSuchKeyException.class);
        assertThat(store.size()).isZero();
    }

    @Test
    void refusesWhatArrivesBroken() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest broken = HttpRequest.newBuilder(URI.create(store.endpoint() + "/" + BUCKET + "/broken"))
                    .header("x-amz-checksum-crc32", "AAAAAA==")
                    .PUT(BodyPublishers.ofString("text"))
                    .build();
            assertThat(http.send(broken, BodyHandlers.ofString()).body()).contains("BadDigest");
        }
        assertThat(store.size()).isZero();
    }
}
