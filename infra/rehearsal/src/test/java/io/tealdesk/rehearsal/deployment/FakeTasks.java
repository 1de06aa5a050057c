package io.tealdesk.rehearsal.deployment;

import com.sun.net.httpserver.HttpServer;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServiceName;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** Tasks that are small web servers in this process: well at once, or never, and stubborn where a test wants it. */
final class FakeTasks implements Tasks {

    /** As an environment variable that a drill changes: its checks answer 503. */
    static final String SICK = "SICK";

    /** Takes no notice of SIGTERM. */
    static final String STUBBORN = "STUBBORN";

    final List<FakeTask> started = new CopyOnWriteArrayList<>();

    private volatile boolean isClosed;

    @Override
    public Task start(ServicePlan plan, Release release, Color color, int port, Map<String, String> changes)
            throws IOException {
        FakeTask task = new FakeTask(plan.name(), color, release.id(), started.size() + 1, port, changes);
        started.add(task);
        return task;
    }

    @Override
    public CommandResult command(ServicePlan plan, Release release, String mode, Map<String, String> changes) {
        throw new UnsupportedOperationException("a deployment runs no command");
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        isClosed = true;
        started.forEach(FakeTask::kill);
    }

    static final class FakeTask implements Task {

        final List<CpuPriority> priorities = new CopyOnWriteArrayList<>();

        private final ServiceName service;
        private final Color color;
        private final String release;
        private final int number;
        private final Map<String, String> changes;
        private final HttpServer server;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        FakeTask(ServiceName service, Color color, String release, int number, int port, Map<String, String> changes)
                throws IOException {
            this.service = service;
            this.color = color;
            this.release = release;
            this.number = number;
            this.changes = changes;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            int status = changes.containsKey(SICK) ? 503 : 200;
            server.createContext("/", exchange -> {
                try (exchange) {
                    byte[] body = release.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("X-Release", release);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
        }

        @Override
        public String name() {
            return service + "-" + color + "-" + number;
        }

        @Override
        public ServiceName service() {
            return service;
        }

        @Override
        public Color color() {
            return color;
        }

        @Override
        public String release() {
            return release;
        }

        @Override
        public InetSocketAddress address() {
            return server.getAddress();
        }

        @Override
        public Path log() {
            return Path.of("/dev/null");
        }

        @Override
        public boolean isRunning() {
            return !exit.isDone();
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void terminate() {
            if (!changes.containsKey(STUBBORN)) {
                end(143);
            }
        }

        @Override
        public void kill() {
            end(137);
        }

        private void end(int code) {
            server.stop(0);
            exit.complete(code);
        }

        @Override
        public void freeze() {
            throw new UnsupportedOperationException("it stands in the test's own process");
        }

        @Override
        public void thaw() {
            throw new UnsupportedOperationException("it stands in the test's own process");
        }

        @Override
        public void priority(CpuPriority priority) {
            priorities.add(priority);
        }

        @Override
        public double cpuUsage() {
            return 0;
        }
    }
}
