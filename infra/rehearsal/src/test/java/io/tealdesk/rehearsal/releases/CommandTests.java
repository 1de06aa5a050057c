package io.tealdesk.rehearsal.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** As systemd, CI or kill end a program: unlike Ctrl-C they tell nobody else. */
    @Test
    void aBuildEndsWithTheRehearsalThatBeganIt(@TempDir Path directory) throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CommandUntilKilled.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<ProcessHandle> build = shellAndSleep(program);

        program.destroy();

        assertThat(program.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle each : build) {
            each.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static List<ProcessHandle> shellAndSleep(Process program) throws InterruptedException {
        Instant latest = Instant.now().plus(LIMIT);
        while (program.descendants().count() < 2 && Instant.now().isBefore(latest)) {
            Thread.sleep(Duration.ofMillis(20));
        }
        List<ProcessHandle> build = program.descendants().toList();
        assertThat(build).hasSize(2);
        return build;
    }
}
