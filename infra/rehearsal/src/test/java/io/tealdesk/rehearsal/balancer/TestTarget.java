package io.tealdesk.rehearsal.balancer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A small HTTP server that answers with its own name. */
final class TestTarget implements AutoCloseable {

    /** What it does with a request. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final Target target;
    final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private volatile boolean healthy = true;
    private volatile Answer answer;

    TestTarget(NginxLoadBalancer balancer, ServiceName service, Color color, int number) throws IOException {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), balancer.port(service, color, number));
        target = new Target(Upstream.name(service, color, number), service, color, address);
        answer = exchange -> send(exchange, 200, target.name());
        server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                answer.to(exchange);
            }
        });
        server.createContext("/health", exchange -> {
            try (exchange) {
                send(exchange, healthy ? 200 : 503, "");
            }
        });
        server.start();
    }

    void healthy(boolean now) {
        healthy = now;
    }

    void answers(Answer now) {
        answer = now;
    }

    static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
