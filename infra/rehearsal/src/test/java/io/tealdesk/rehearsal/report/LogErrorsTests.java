package io.tealdesk.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tealdesk.rehearsal.report.LogErrors.Allowance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogErrorsTests {

    private static final String NESTED = """
            {"@timestamp":"2026-11-23T10:00:05Z","log":{"level":"ERROR","logger":"i.t.Mail"},"message":"cannot send",\
            "error":{"type":"java.net.ConnectException","message":"refused","stack_trace":"at a\\n\\tat b"}}""";
    private static final String DOTTED =
            "{\"@timestamp\":\"2026-11-23T10:00:06Z\",\"log.level\":\"ERROR\",\"log.logger\":\"i.t.Jobs\",\"message\":\"x\"}";

    @TempDir
    private Path folder;

    @Test
    void findsTheBackendsErrorsAndLeavesItsWarnings() throws IOException {
        Path log = log(
                "{\"log\":{\"level\":\"WARN\",\"logger\":\"a\"},\"message\":\"ERROR is only a word here\"}",
                NESTED,
                DOTTED,
                "{\"log\":{\"level\":\"INFO\",\"logger\":\"a\"},\"message\":\"[error] in a subject\"}");

        assertThat(LogErrors.in(log))
                .containsExactly("i.t.Mail: cannot send (java.net.ConnectException: refused)", "i.t.Jobs: x");
    }

    @Test
    void findsWhatNginxAndTheJvmSay() throws IOException {
        Path log = log(
                "2026/11/23 10:00:00 [notice] 7#7: start worker processes",
                "2026/11/23 10:00:01 [error] 7#7: *3 open() failed (2: No such file or directory)",
                "2026/11/23 10:00:02 [crit] 7#7: *4 mkdir() failed",
                "Exception in thread \"main\" java.lang.IllegalStateException: no",
                "\tat io.tealdesk.Main.main(Main.java:1)",
                "java.lang.OutOfMemoryError: Java heap space",
                "Picked up JAVA_TOOL_OPTIONS: -XX:+ExitOnOutOfMemoryError");

        assertThat(LogErrors.in(log)).hasSize(4).noneMatch(error -> error.contains("Picked up"));
    }

    @Test
    void whatADrillProvokesIsAllowedInItsTime() throws IOException {
        Path log = log(NESTED);
        Allowance refused = Allowance.of("ConnectException");
        Instant at = Instant.parse("2026-11-23T10:00:05Z");

        assertThat(LogErrors.in(log, List.of(refused))).isEmpty();
        assertThat(LogErrors.in(log, List.of(refused.between(at.minusSeconds(1), at.plusSeconds(1)))))
                .isEmpty();
        assertThat(LogErrors.in(log, List.of(refused.between(at.plusSeconds(1), at.plusSeconds(9)))))
                .hasSize(1);
        assertThat(LogErrors.in(log, List.of(Allowance.of("other")))).hasSize(1);
    }

    @Test
    void halfALineAndBrokenCharactersAreNoTrouble() throws IOException {
        Path log = folder.resolve("task.log");
        byte[] half = (NESTED + "\n{\"log\":{\"level\":\"ERR").getBytes(StandardCharsets.UTF_8);
        byte[] broken = java.util.Arrays.copyOf(half, half.length + 1);
        broken[half.length] = (byte) 0xC3;
        Files.write(log, broken);

        assertThat(LogErrors.in(log)).hasSize(1);
    }

    @Test
    void aReleasesErrorsSayWhoseTheyAre() throws IOException {
        Facts.ReleaseLog log = LogErrors.of("2d0de47", Map.of("backend-blue-1", log(DOTTED)), List.of());

        assertThat(log).isEqualTo(new Facts.ReleaseLog("2d0de47", List.of("backend-blue-1: i.t.Jobs: x")));
    }

    private Path log(String... lines) throws IOException {
        return Files.write(folder.resolve("task.log"), List.of(lines));
    }
}
