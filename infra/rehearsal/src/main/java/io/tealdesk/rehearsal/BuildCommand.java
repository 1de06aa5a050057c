package io.tealdesk.rehearsal;

import io.tealdesk.infra.files.UnreadableFile;
import io.tealdesk.rehearsal.releases.Release;
import io.tealdesk.rehearsal.releases.ReleaseUnavailable;
import io.tealdesk.rehearsal.releases.Releases;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Builds both releases ahead of a rehearsal. */
@Command(name = "build", description = "Builds the two releases and says where they are.")
final class BuildCommand implements Callable<Integer> {

    @Mixin
    private final ReleaseOptions options = new ReleaseOptions();

    @Override
    public Integer call() throws InterruptedException {
        try {
            Releases.Pair releases = options.build(System.err::println);
            print("from", releases.from());
            print("to", releases.to());
            return 0;
        } catch (ReleaseUnavailable | UnreadableFile wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
    }

    private static void print(String role, Release release) {
        System.out.printf("%-4s  %s  %s%n      %s%n", role, release.id(), release.label(), release.parts());
    }
}
