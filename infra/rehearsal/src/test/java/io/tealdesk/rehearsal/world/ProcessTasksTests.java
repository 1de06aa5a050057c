package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tealdesk.infra.files.Dockerfile;
import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.recording.Recording;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Real tasks, as far as this machine has what they are made of. */
@TestInstance(Lifecycle.PER_CLASS)
class ProcessTasksTests {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Path NGINX = Checkout.ROOT.resolve("frontend/nginx");

    private final Answers answers = new Answers();
    private Path site;
    private World world;
    private ProcessTasks tasks;

    @BeforeAll
    void standUp(@TempDir Path temporary) throws Exception {
        site = Files.createDirectories(temporary.resolve("site"));
        Files.writeString(site.resolve("index.html"), "<title>Tealdesk</title>");
        world = World.start(new WorldSettings(
                Checkout.SOURCE, temporary.resolve("world"), LOOPBACK, URI.create("http://127.0.0.1:8080")));
        tasks = new ProcessTasks(world, new Recording(Clock.systemUTC()));
    }

    @AfterAll
    void close() {
        answers.close();
        world.close();
    }

    @Test
    void aFrontendTaskServesTheSiteAndQuitsGracefully() throws Exception {
        assumeThat(NginxProgram.find()).as("Nginx is installed").isPresent();
        Release release = new Release("release-7", "test", new Release.Files(site, site, NGINX));
        Task task = tasks.start(Checkout.PLAN.frontend(), release, Color.GREEN, new Ports(LOOPBACK).next(), Map.of());
        HttpResponse<String> page = answers.await(task, "/tickets", 200);
        assertThat(page.body()).contains("Tealdesk");
        assertThat(page.headers().firstValue("X-Release")).contains("release-7");
        assertThat(answers.get(task, "/assets/gone.js").statusCode()).isEqualTo(404);
        task.freeze();
        assertThatThrownBy(() -> answers.get(task, "/healthz")).isInstanceOf(IOException.class);
        task.thaw();
        assertThat(answers.await(task, "/healthz", 200).body()).isEqualTo("ok\n");
        task.priority(CpuPriority.NORMAL);
        task.terminate();
        assertThat(task.exit().get(10, TimeUnit.SECONDS)).isZero();
        assertThat(Files.readString(task.log())).contains("\"path\":\"/tickets\"");
    }

    @Test
    void aKilledFrontendTaskLeavesNobodyWhoAnswers() throws Exception {
        assumeThat(NginxProgram.find()).as("Nginx is installed").isPresent();
        Release release = new Release("release-7", "test", new Release.Files(site, site, NGINX));
        Task task = tasks.start(Checkout.PLAN.frontend(), release, Color.GREEN, new Ports(LOOPBACK).next(), Map.of());
        answers.await(task, "/healthz", 200);
        task.kill();
        assertThat(task.exit().get(10, TimeUnit.SECONDS)).isEqualTo(137);
        assertThatThrownBy(() -> answers.get(task, "/healthz")).isInstanceOf(IOException.class);
    }

    @Test
    void aBackendTaskSignsInItsFirstAdministrator() throws Exception {
        Optional<Path> jar = Checkout.jar();
        assumeThat(jar)
                .as("an executable jar of the backend in TEALDESK_REHEARSAL_JAR or backend/target")
                .isPresent();
        Release release = new Release("release-8", "test", new Release.Files(jar.orElseThrow(), site, NGINX));
        ServicePlan backend = Checkout.PLAN.backend();
        for (String mode : List.of("prepare-database", "migrate")) {
            Tasks.CommandResult result = tasks.command(backend, release, mode, Map.of());
            assertThat(result.exitCode()).as(result.log()).isZero();
        }
        Task task = tasks.start(backend, release, Color.BLUE, new Ports(LOOPBACK).next(), Map.of());
        answers.await(task, "/actuator/health/readiness", 200);
        task.priority(CpuPriority.NORMAL);
        HttpResponse<String> session = answers.signIn(task, world.administrator());
        assertThat(session.statusCode()).as(session.body()).isEqualTo(200);
        assertThat(session.headers().firstValue("X-Release")).contains("release-8");
        assertThat(task.cpuUsage()).isPositive();
        task.kill();
        assertThat(task.exit().get(10, TimeUnit.SECONDS)).isEqualTo(137);
    }

    @Test
    void namesItsReleaseAsTheImageDoes() {
        String build = Dockerfile.read(Checkout.SOURCE, "Dockerfile.frontend").runtime().all("RUN").stream()
                .map(Dockerfile.Instruction::arguments)
                .filter(arguments -> arguments.contains("release.conf"))
                .findFirst()
                .orElseThrow();
        assertThat(build).contains(NginxFolder.releaseConfiguration("%s").replace("\n", "\\n"));
    }
}
