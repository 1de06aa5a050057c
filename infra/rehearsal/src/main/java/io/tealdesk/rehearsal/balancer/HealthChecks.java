package io.tealdesk.rehearsal.balancer;

import io.tealdesk.rehearsal.Compression;
import io.tealdesk.rehearsal.plan.HealthCheckPlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Asks targets for their health, through Nginx, so that a fault at a target's door meets the checks too. */
final class HealthChecks implements AutoCloseable {

    /** How one check went. */
    record Outcome(boolean passed, String text) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Compression compression;
    private final URI door;

    HealthChecks(Compression compression, int port) {
        this.compression = compression;
        this.door = URI.create("http://127.0.0.1:" + port);
    }

    /** Checks until its thread is interrupted; the next check starts an interval after the last one's start. */
    Thread begin(Upstream upstream, HealthCheckPlan plan, Consumer<Outcome> then) {
        Duration interval = compression.of(plan.interval());
        return Thread.ofVirtual().name("health-" + upstream.name()).start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    long due = System.nanoTime() + interval.toNanos();
                    then.accept(check(upstream, plan));
                    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                }
            } catch (InterruptedException deregistered) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Outcome check(Upstream upstream, HealthCheckPlan plan) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(door.resolve(plan.path()))
                .header(NginxConfiguration.TARGET_HEADER, upstream.name())
                .timeout(plan.timeout())
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return new Outcome(plan.statuses().contains(status), "health check answered " + status);
        } catch (HttpTimeoutException late) {
            return new Outcome(
                    false, "health check had no answer within " + plan.timeout().toSeconds() + " s");
        } catch (IOException broken) {
            return new Outcome(false, "health check failed: " + broken.getMessage());
        }
    }

    /**
     * Leaves a mark in the access log.
     *
     * @return what stands there when Nginx has handled everything that came before
     */
    String mark() throws IOException, InterruptedException {
        String mark = UUID.randomUUID().toString();
        HttpRequest request = HttpRequest.newBuilder(door.resolve(NginxConfiguration.MARK_PATH + "?id=" + mark))
                .timeout(Duration.ofSeconds(5))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 204) {
            throw new IOException("The load balancer answered its own question with " + status + ".");
        }
        return mark;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
