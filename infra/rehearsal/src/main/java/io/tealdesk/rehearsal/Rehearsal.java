package io.tealdesk.rehearsal;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "infra/rehearse.sh",
        description = "Plays a blue/green deployment of this repository on this machine, under load.",
        mixinStandardHelpOptions = true,
        subcommands = {RehearseCommand.class, DrillCommand.class, BuildCommand.class, CheckCommand.class})
public final class Rehearsal implements Runnable {

    private Rehearsal() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rehearsal()).execute(arguments));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }
}
