package io.tealdesk.rehearsal;

import java.io.IOException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "infra/rehearse.sh",
        description = "Plays a blue/green deployment of this repository on this machine, under load.",
        subcommands = {
            RehearseCommand.class,
            DrillCommand.class,
            BuildCommand.class,
            CheckCommand.class,
            BenchCommand.class,
            BenchUpgradeCommand.class
        })
public final class Rehearsal implements Runnable {

    /** Of every command. Not picocli's own pair: there is no version to tell, and -V would print nothing. */
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Says this and ends.")
    @SuppressWarnings("unused") // picocli sets it and looks at it.
    private boolean isHelpWanted;

    private Rehearsal() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Rehearsal())
                .setParameterExceptionHandler((wrong, _) -> refuse(wrong))
                .setExecutionExceptionHandler((failure, command, _) -> giveUp(failure, command));
    }

    /** One line: below a page of usage nobody finds what was wrong. */
    private static int refuse(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        command.getErr()
                .println(wrong.getMessage() + meant(wrong) + " See "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Without a verdict nothing was lost: what ends with 1 says that something was. */
    private static int giveUp(Exception failure, CommandLine command) {
        boolean saysWhat = failure.getMessage() != null && !(failure instanceof FileSystemException);
        command.getErr().println("It could not be played: " + (saysWhat ? failure.getMessage() : failure));
        if (!(failure instanceof IOException)) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String meant(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return ".";
        }
        if (unmatched.isUnknownOption()) {
            return unmatched.getSuggestions().stream()
                    .findFirst()
                    .map(option -> ". Did you mean " + option + "?")
                    .orElse(".");
        }
        return command.getSubcommands().isEmpty()
                ? "."
                : ". Commands are " + String.join(", ", command.getSubcommands().keySet()) + ".";
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
