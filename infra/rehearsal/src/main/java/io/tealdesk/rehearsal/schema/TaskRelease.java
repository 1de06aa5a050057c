package io.tealdesk.rehearsal.schema;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Login;
import io.tealdesk.rehearsal.world.MailCatcher;
import io.tealdesk.rehearsal.world.Ports;
import io.tealdesk.rehearsal.world.Task;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import io.tealdesk.rehearsal.world.Tasks;
import io.tealdesk.rehearsal.world.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A release's backend as a task of its own, beside those that serve people, with mail of its own. */
public final class TaskRelease implements RunningRelease {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

    private final World world;
    private final Tasks tasks;
    private final ServicePlan backend;
    private final Release release;
    private final Ports ports;

    public TaskRelease(World world, Tasks tasks, ServicePlan backend, Release release) {
        this.world = world;
        this.tasks = tasks;
        this.backend = backend;
        this.release = release;
        this.ports = new Ports(world.address());
    }

    @Override
    public String release() {
        return release.id();
    }

    @Override
    public Collection<String> statements() throws IOException {
        return switch (release.parts()) {
            case Release.Files files -> JarStatements.of(files.jar());
            // What it executes while people do everything is all that is known of it.
            case Release.Images images -> Set.of();
        };
    }

    @Override
    public Serving start(String database) throws IOException, InterruptedException {
        MailCatcher mail = new MailCatcher(world.address());
        Map<String, String> changes = new HashMap<>(world.leadingTo(database));
        // The mails that wait in the copy are sent a second time, and count nowhere.
        changes.put("SMTP_PORT", Integer.toString(mail.port()));
        Task task = tasks.start(backend, release, Color.BLUE, ports.next(), changes);
        TaskServing serving = new TaskServing(task, mail);
        try {
            task.priority(CpuPriority.NORMAL);
            serving.await();
            return serving;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            serving.close();
            throw failure;
        }
    }

    private final class TaskServing implements Serving {

        private final Task task;
        private final MailCatcher mail;
        private final ApiClient client;

        TaskServing(Task task, MailCatcher mail) {
            this.task = task;
            this.mail = mail;
            InetSocketAddress address = task.address();
            this.client = new ApiClient(
                    URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort()));
        }

        void await() throws IOException, InterruptedException {
            Instant until = Instant.now().plus(STARTS_WITHIN);
            while (!backend.health()
                    .statuses()
                    .contains(client.status(backend.health().path()))) {
                if (!task.isRunning() || Instant.now().isAfter(until)) {
                    throw new DoesNotStart(Files.readString(task.log()));
                }
                Thread.sleep(Duration.ofMillis(200));
            }
        }

        @Override
        public List<String> walk() throws InterruptedException {
            Login administrator = world.administrator();
            return new DeskWalk(client, new MailBox(mail), administrator.name(), administrator.password()).run();
        }

        @Override
        public void close() {
            task.kill();
            task.exit().join();
            client.close();
            mail.close();
        }
    }
}
