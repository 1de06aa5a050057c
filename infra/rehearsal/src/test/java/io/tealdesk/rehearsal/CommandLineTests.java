package io.tealdesk.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .isEqualTo("Unmatched argument at index 0: '" + command
                        + "'. Commands are rehearse, drill, build, check. See infra/rehearse.sh --help");
    }

    private static String refused(String command) {
        StringWriter err = new StringWriter();
        int exit = Rehearsal.commandLine().setErr(new PrintWriter(err, true)).execute(command.split(" "));
        assertThat(exit).isEqualTo(2);
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
