package io.tealdesk.rehearsal.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches a target, what comes back, and what happens to it when the target goes. */
class PassingOnTests {

    private static Stage stage;
    private TestTarget target;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        stage = new Stage(directory);
    }

    @AfterAll
    static void end() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void enter() throws Exception {
        target = stage.target(ServiceName.BACKEND, Color.BLUE, 1);
    }

    @AfterEach
    void leave() throws Exception {
        stage.clear();
    }

    @Test
    void tellsTheTargetWhoAsks() throws Exception {
        CompletableFuture<Headers> seen = new CompletableFuture<>();
        target.answers(exchange -> {
            seen.complete(exchange.getRequestHeaders());
            TestTarget.send(exchange, 200, "");
        });

        stage.client.send(
                HttpRequest.newBuilder(stage.balancer.production().resolve("/api/v1"))
                        .header("X-Rehearsal-Address", "198.51.100.7")
                        .build(),
                BodyHandlers.discarding());

        Headers headers = seen.get(10, TimeUnit.SECONDS);
        int port = stage.balancer.production().getPort();
        assertThat(headers.getFirst("X-Forwarded-For")).isEqualTo("198.51.100.7");
        assertThat(headers.getFirst("X-Forwarded-Proto")).isEqualTo("http");
        assertThat(headers.getFirst("X-Forwarded-Port")).isEqualTo(String.valueOf(port));
        assertThat(headers.getFirst("X-Amzn-Trace-Id")).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        assertThat(headers.getFirst("Host")).isEqualTo("127.0.0.1:" + port);
        assertThat(headers).doesNotContainKey("X-Rehearsal-Address");
    }

    @Test
    void takesABodyOfAnySize() throws Exception {
        byte[] attachment = new byte[20 << 20];
        target.answers(exchange -> {
            int length = exchange.getRequestBody().readAllBytes().length;
            TestTarget.send(exchange, 200, String.valueOf(length));
        });

        var answer = stage.client.send(
                HttpRequest.newBuilder(stage.balancer.production().resolve("/api/v1/attachments"))
                        .POST(BodyPublishers.ofByteArray(attachment))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo(String.valueOf(attachment.length));
    }

    @Test
    void passesEachEventOnAtOnce() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        target.answers(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            // The second comes only when the first has arrived: a buffer would hold both for ever.
            if (await(arrived)) {
                out.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
            }
        });

        try (RawConnection connection = RawConnection.to(stage.balancer.production())) {
            connection.write("GET /api/v1/live HTTP/1.1\r\nHost: desk\r\n\r\n");
            connection.awaitLine("data: one");
            arrived.countDown();
            connection.awaitLine("data: two");
        }
    }

    @Test
    void letsADeregisteredTargetFinishWhatItHas() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TestTarget other = stage.target(ServiceName.BACKEND, Color.BLUE, 2);
        for (TestTarget each : new TestTarget[] {target, other}) {
            each.answers(exchange -> {
                asked.countDown();
                await(answer);
                TestTarget.send(exchange, 200, each.target.name());
            });
        }
        var slow = stage.client.sendAsync(
                HttpRequest.newBuilder(stage.balancer.production().resolve("/api/v1/slow"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(await(asked)).isTrue();
        TestTarget busy = target.requests.get() == 1 ? target : other;
        TestTarget idle = busy == target ? other : target;

        stage.balancer.deregister(idle.target);
        CompletableFuture<Void> deregistered = CompletableFuture.runAsync(() -> deregister(busy));
        stage.await(busy, Target.Health.DRAINING);
        assertThat(stage.balancer.underWay(busy.target)).isEqualTo(1);
        assertThat(deregistered).isNotDone();
        assertThat(stage.get("/api/v1").statusCode()).isEqualTo(503);
        answer.countDown();

        assertThat(slow.get(10, TimeUnit.SECONDS).body()).isEqualTo(busy.target.name());
        deregistered.get(10, TimeUnit.SECONDS);
        assertThat(stage.balancer.targets(ServiceName.BACKEND, Color.BLUE)).isEmpty();
    }

    @Test
    void waitsNoLongerThanTheDeregistrationDelay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        target.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush();
            asked.countDown();
            await(over);
        });
        try (RawConnection connection = RawConnection.to(stage.balancer.production())) {
            connection.write("GET /api/v1/live HTTP/1.1\r\nHost: desk\r\n\r\n");
            assertThat(await(asked)).isTrue();

            stage.balancer.deregister(target.target);

            assertThat(stage.recording.events().getLast().text()).startsWith("deregistered with 1 still under way");
            over.countDown();
        }
    }

    private void deregister(TestTarget leaving) {
        try {
            stage.balancer.deregister(leaving.target);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
