package io.tealdesk.rehearsal.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a rehearsal ends, its database server ends too: at once, or with the next rehearsal. */
class EndOfTheWorldTests {

    @Test
    void endsWithItsProgram(@TempDir Path directory) throws Exception {
        Process program = program(directory);
        ProcessHandle database = database(directory);
        // What Ctrl-C comes to: the program's hooks run.
        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(database.isAlive()).isFalse();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("left behind").containsExactly(directory.resolve("logs"));
        }
    }

    @Test
    void theNextOneEndsWhatAKilledOneLeft(@TempDir Path directory) throws Exception {
        Process program = program(directory);
        ProcessHandle database = database(directory);
        assertThatThrownBy(() -> world(directory)).hasMessageContaining("Another rehearsal");
        program.destroyForcibly().waitFor();
        assertThat(database.isAlive()).isTrue();
        try (World next = world(directory)) {
            assertThat(database.isAlive()).isFalse();
            assertThat(next.logs()).isNotEmptyDirectory();
        }
    }

    private static Process program(Path directory) throws IOException {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        WorldUntilKilled.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(program.inputReader().readLine()).isEqualTo("stands");
        return program;
    }

    private static ProcessHandle database(Path directory) throws IOException {
        String process = Files.readAllLines(directory.resolve("postgresql/postmaster.pid"))
                .getFirst();
        return ProcessHandle.of(Long.parseLong(process.strip())).orElseThrow();
    }

    private static World world(Path directory) throws Exception {
        return World.start(new WorldSettings(
                Checkout.SOURCE, directory, InetAddress.getLoopbackAddress(), URI.create("http://127.0.0.1:8080")));
    }
}
