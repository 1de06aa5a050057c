package io.tealdesk.infra.live;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A moto server of our own: AWS as far as state goes, started from the executable that MOTO_SERVER names. */
class MotoServer implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;

    private MotoServer(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Skips the calling test where there is none. */
    @SuppressWarnings("SystemOut")
    static MotoServer start() {
        var executable = System.getenv("MOTO_SERVER");
        if (executable == null || executable.isBlank()) {
            // Surefire says nothing of a whole class that is skipped.
            System.err.println("Skipped: MOTO_SERVER does not name a moto_server (PyPI: moto[server]); CI sets it.");
            return abort("no moto_server");
        }
        var port = freePort();
        try {
            var log = Path.of("target", "moto-server.log").toFile();
            var process = new ProcessBuilder(executable, "-H", "127.0.0.1", "-p", String.valueOf(port))
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            var server = new MotoServer(process, URI.create("http://127.0.0.1:" + port));
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }

    private void awaitAnswer() throws IOException {
        var deadline = Instant.now().plus(START_MAX);
        try (var http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    http.send(HttpRequest.newBuilder(url.resolve("/moto-api/")).build(), BodyHandlers.discarding());
                    return;
                } catch (IOException e) {
                    // Not yet; ends early if the process does.
                    if (process.waitFor(100, TimeUnit.MILLISECONDS)
                            || Instant.now().isAfter(deadline)) {
                        process.destroyForcibly();
                        throw new IOException("moto_server does not answer; see infra/target/moto-server.log", e);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
