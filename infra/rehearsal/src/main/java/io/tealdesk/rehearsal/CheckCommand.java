package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.SourceTree;
import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.plan.DeploymentFiles;
import io.tealdesk.rehearsal.plan.DeploymentPlan;
import io.tealdesk.rehearsal.plan.PlanSummary;
import io.tealdesk.rehearsal.plan.StrangersDirectory;
import io.tealdesk.rehearsal.plan.Unproven;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the files and starts nothing. */
@Command(
        name = "check",
        description = "Reads the files of a deployment and says what a rehearsal would play, or what is wrong where.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  the files are in order, and a rehearsal plays all that they ask for",
            "  2  they are not, or called wrongly: one line says what and where"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--directory",
            paramLabel = "DIRECTORY",
            description = "Where the files are: appspec.yaml and taskdef.json, frontend/…, infra/cloudformation/….%n"
                    + "What it does not hold is taken from this repository. Default: this repository.")
    private @Nullable Path directory;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            defaultValue = DeploymentFiles.DEFAULT_ENVIRONMENT,
            description = "One of infra/cloudformation/environments. Default: ${DEFAULT-VALUE}.")
    private String environment = DeploymentFiles.DEFAULT_ENVIRONMENT;

    @Override
    public Integer call() {
        SourceTree repository = SourceTree.at(ReleaseOptions.root());
        @Nullable StrangersDirectory stranger = null;
        try {
            if (directory != null) {
                stranger = StrangersDirectory.of(directory, repository, environment);
            }
            SourceTree tree = stranger == null ? repository : stranger.tree();
            return report(DeploymentFiles.checked(tree, environment), stranger);
        } catch (UnreadableFile e) {
            String place = stranger == null ? e.place().toString() : stranger.openable(e.place());
            String message = String.valueOf(e.getMessage());
            err().println(place + message.substring(e.place().toString().length()));
            return 2;
        }
    }

    private int report(DeploymentPlan plan, @Nullable StrangersDirectory stranger) {
        for (Unproven unproven : plan.unproven()) {
            String place = stranger == null ? unproven.place().toString() : stranger.openable(unproven.place());
            err().println(place + ": " + unproven.sentence());
        }
        if (!plan.unproven().isEmpty()) {
            return 2;
        }
        out().println("OK: the files of " + plan.environment()
                + " agree, and a rehearsal plays all that they ask for.");
        if (stranger != null && !stranger.repositorys().isEmpty()) {
            out().println("Not in " + stranger.directory() + ", so this repository's: "
                    + String.join(", ", stranger.repositorys()));
        }
        out().println();
        PlanSummary.lines(plan).forEach(out()::println);
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
