package io.tealdesk.infra.live;

import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.core.exception.SdkException;

/** The jar's main class: what an operator may ask about an environment. */
@Command(
        name = "tealdesk-infra",
        subcommands = {PreflightCommand.class, StatusCommand.class},
        mixinStandardHelpOptions = true,
        version = "Tealdesk infra",
        description = "What is live in AWS; changes nothing.")
public class OperatorCommands {

    static final int UNKNOWN = 3;

    public static void main(String... arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new OperatorCommands())
                .registerConverter(Color.class, text -> Color.valueOf(text.toUpperCase(Locale.ROOT)))
                .setExecutionExceptionHandler((problem, commandLine, parsed) -> {
                    if (!(problem instanceof SdkException) && !(problem instanceof IllegalStateException)) {
                        throw problem;
                    }
                    commandLine.getErr().println("CANNOT TELL: " + withoutDetails(problem));
                    return UNKNOWN;
                });
    }

    /** Missing credentials are told with every place that was looked at, which fills a screen. */
    private static String withoutDetails(Exception problem) {
        var message = String.valueOf(problem.getMessage());
        return message.startsWith("Unable to load credentials")
                ? "no AWS credentials; sign in (aws sso login) or set AWS_PROFILE"
                : message;
    }
}
