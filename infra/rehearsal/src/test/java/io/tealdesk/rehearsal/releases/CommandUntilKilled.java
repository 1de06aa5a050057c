package io.tealdesk.rehearsal.releases;

import java.nio.file.Path;
import java.util.List;

/** A program that builds for a long time, with a program that its own program starts. */
final class CommandUntilKilled {

    private CommandUntilKilled() {}

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        new Command(directory).run(directory.resolve("build.log"), List.of("sh", "-c", "sleep 600; true"));
    }
}
