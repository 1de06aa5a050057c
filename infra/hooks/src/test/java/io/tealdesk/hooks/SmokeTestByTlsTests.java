package io.tealdesk.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tealdesk.hooks.SmokeTestSettings.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load balancer is reached by an address that no certificate names; what counts is the desk's own name. */
class SmokeTestByTlsTests {

    private static final String PASSWORD = "for-this-test";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final Patience PATIENT = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(15));

    private static final Patience HASTY = new Patience(
            Duration.ofMillis(300),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofSeconds(15));

    @TempDir
    private static Path directory;

    private static Path keys = Path.of("");

    @BeforeAll
    static void makeCertificate() throws Exception {
        keys = directory.resolve("desk.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=desk.tealdesk.invalid",
                        "-ext",
                        "SAN=dns:desk.tealdesk.invalid",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    @AfterEach
    void trustAsBefore() {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
    }

    @Test
    void acceptsTheDesksNameAtAnotherAddress() throws Exception {
        trustTheCertificate();

        assertThat(run("desk.tealdesk.invalid", PATIENT).hasPassed()).isTrue();
    }

    @Test
    void refusesACertificateForAnotherName() throws Exception {
        trustTheCertificate();

        assertThat(run("other.tealdesk.invalid", HASTY).summary())
                .contains("test traffic: FAILED", "No subject alternative DNS name");
    }

    @Test
    void refusesACertificateThatNobodyVouchesFor() throws Exception {
        assertThat(run("desk.tealdesk.invalid", HASTY).summary())
                .contains("test traffic: FAILED", "SSLHandshakeException");
    }

    private static SmokeTestReport run(String host, Patience patience) throws Exception {
        try (var desk = new FakeDesk(server())) {
            var url = URI.create("https://" + host + ":" + desk.port());
            return new SmokeTest(
                            new SmokeTestSettings(
                                    url,
                                    null,
                                    url.resolve("/actuator/health"),
                                    List.of(InetAddress.getLoopbackAddress()),
                                    null,
                                    FakeDesk.CUSTOMER,
                                    patience),
                            "d-ABCDEF123",
                            step -> {})
                    .run();
        }
    }

    private static void trustTheCertificate() {
        System.setProperty(TRUST_STORE, keys.toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
    }

    private static HttpsServer server() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var content = Files.newInputStream(keys)) {
            store.load(content, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }
}
