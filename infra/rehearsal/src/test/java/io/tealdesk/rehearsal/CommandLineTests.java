package io.tealdesk.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What somebody reads who mistypes a command; nothing is read or built before. */
class CommandLineTests {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rehearse --rate abc | Invalid value for option '--rate': 'abc' is no number above 0.
            rehearse --rate 0 | Invalid value for option '--rate': '0' is no number above 0.
            rehearse --rate -5 | Invalid value for option '--rate': '-5' is no number above 0.
            rehearse --rate NaN | Invalid value for option '--rate': 'NaN' is no number above 0.
            rehearse --factor 0 | Invalid value for option '--factor': '0' is no number above 0.
            rehearse --times 0 | Invalid value for option '--times': '0' is no whole number above 0.
            rehearse --times 1.5 | Invalid value for option '--times': '1.5' is no whole number above 0.
            drill --rate 0 | Invalid value for option '--rate': '0' is no number above 0.
            bench-upgrade --tickets 0 | Invalid value for option '--tickets': '0' is no whole number above 0.
            rehearse --mod process | Unknown options: '--mod', 'process'. Did you mean --mode?
            """)
    void aMistypedCommandIsOneLine(String command, String message) {
        String name = command.substring(0, command.indexOf(' '));
        assertThat(refused(command)).isEqualTo(message + " See infra/rehearse.sh " + name + " --help");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"play", "rehears"})
    void aCommandThatIsNoneNamesThemAll(String command) {
        assertThat(refused(command))
                .isEqualTo(
                        "Unmatched argument at index 0: '" + command
                                + "'. Commands are rehearse, drill, build, check, bench, bench-upgrade. See infra/rehearse.sh --help");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"--help", "rehearse --help", "drill -h", "build --help", "check --help", "bench-upgrade --help"})
    void everyCommandSaysWhatItTakes(String command) {
        StringWriter out = new StringWriter();
        assertThat(Rehearsal.commandLine().setOut(new PrintWriter(out, true)).execute(command.split(" ")))
                .isZero();
        assertThat(out.toString())
                .startsWith("Usage: infra/rehearse.sh ")
                .contains("--help")
                .doesNotContain("--version");
    }

    @Test
    void theHelpNamesTheExitCodes() {
        for (String command : List.of("rehearse", "drill", "check", "bench-upgrade")) {
            StringWriter out = new StringWriter();
            Rehearsal.commandLine().setOut(new PrintWriter(out, true)).execute(command, "--help");
            assertThat(out.toString()).containsPattern("Exit codes:\\R  0  ").containsPattern("\\R  2  ");
        }
    }

    @Test
    void whatCouldNotBePlayedIsNoLoss() {
        assertThat(givenUp(new IOException("Another rehearsal is using work")))
                .isEqualTo("It could not be played: Another rehearsal is using work\n");
        assertThat(givenUp(new NoSuchFileException("work/lock")))
                .isEqualTo("It could not be played: java.nio.file.NoSuchFileException: work/lock\n");
        assertThat(givenUp(new IllegalStateException("Nobody thought of this")))
                .startsWith("It could not be played: Nobody thought of this\njava.lang.IllegalStateException")
                .contains("\tat ");
    }

    private static String givenUp(Exception failure) {
        StringWriter err = new StringWriter();
        CommandLine line = Rehearsal.commandLine().addSubcommand("fail", new Failing(failure));
        assertThat(line.setErr(new PrintWriter(err, true)).execute("fail")).isEqualTo(2);
        return err.toString();
    }

    private static String refused(String command) {
        StringWriter err = new StringWriter();
        int exit = Rehearsal.commandLine().setErr(new PrintWriter(err, true)).execute(command.split(" "));
        assertThat(exit).isEqualTo(2);
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    @Command
    private static final class Failing implements Callable<Integer> {

        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }
}
