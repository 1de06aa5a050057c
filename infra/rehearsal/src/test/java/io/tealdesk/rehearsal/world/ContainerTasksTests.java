package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tealdesk.rehearsal.plan.Color;
import io.tealdesk.rehearsal.plan.ServicePlan;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.world.Task.CpuPriority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerTasksTests {

    @Test
    void confinesAsTheTaskDefinitionSays() {
        List<String> backend = Confinement.options(Checkout.PLAN.backend().task(), Map.of("NAME", "value with blanks"));
        assertThat(backend)
                .contains("--user=10001:10001", "--cpus=0.5", "--memory=1024m", "--memory-swap=1024m")
                .contains("--read-only", "--cap-drop=ALL", "--mount=type=volume,destination=/tmp", "--stop-timeout=60")
                .contains("--env=NAME=value with blanks");
        assertThat(Confinement.options(Checkout.PLAN.frontend().task(), Map.of()))
                .contains("--sysctl=net.ipv4.ip_unprivileged_port_start=0");
        assertThat(Confinement.healthOptions(Checkout.PLAN.backend().task()))
                .contains("--health-cmd=exec '/app/healthcheck'", "--health-interval=10000ms");
    }

    /** Images in {@code backend frontend} order, as {@code docker build} tagged them. */
    @Test
    void tasksRunAsContainers(@TempDir Path directory) throws Exception {
        String images = System.getenv("TEALDESK_REHEARSAL_IMAGES");
        assumeThat(images).as("TEALDESK_REHEARSAL_IMAGES names two images").isNotNull();
        String[] names = images.split(" ", 2);
        Release release = new Release("any", "test", new Release.Images(names[0], names[1]));
        InetAddress gateway = ContainerTasks.gateway();
        Ports ports = new Ports(gateway);
        try (World world = World.start(
                        new WorldSettings(Checkout.SOURCE, directory, gateway, URI.create("http://desk.example")));
                Answers answers = new Answers()) {
            ContainerTasks tasks = new ContainerTasks(world);
            Task frontend = tasks.start(Checkout.PLAN.frontend(), release, Color.BLUE, ports.next(), Map.of());
            ServicePlan backend = Checkout.PLAN.backend();
            for (String mode : List.of("prepare-database", "migrate")) {
                Tasks.CommandResult result = tasks.command(backend, release, mode, Map.of());
                assertThat(result.exitCode()).as(result.log()).isZero();
            }
            Task task = tasks.start(backend, release, Color.GREEN, ports.next(), Map.of());
            answers.await(task, "/actuator/health/readiness", 200);
            task.priority(CpuPriority.NORMAL);
            assertThat(answers.signIn(task, world.administrator()).statusCode()).isEqualTo(200);
            assertThat(task.cpuUsage()).isPositive();
            assertThat(frontend.health()).isEqualTo(Task.ContainerHealth.HEALTHY);
            task.freeze();
            assertThatThrownBy(() -> answers.get(task, "/actuator/health/readiness"))
                    .isInstanceOf(IOException.class);
            task.thaw();
            answers.await(task, "/actuator/health/readiness", 200);
            task.kill();
            assertThat(task.exit().get(10, TimeUnit.SECONDS)).isEqualTo(137);
            frontend.terminate();
            assertThat(frontend.exit().get(10, TimeUnit.SECONDS)).isZero();
            assertThat(Files.readString(frontend.log())).contains("gracefully shutting down");
        }
        assertThat(Docker.read("ps", "--all", "--filter=label=" + LeftoverContainers.label(), "--quiet"))
                .isEmpty();
    }
}
