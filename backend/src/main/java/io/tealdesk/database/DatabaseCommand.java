package io.tealdesk.database;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What the program does instead of serving when its first argument says so: no web server, no jobs, and it ends. */
public enum DatabaseCommand {
    MIGRATE("migrate", MigrateConfiguration.class),
    PREPARE_DATABASE("prepare-database", PrepareDatabaseConfiguration.class);

    private static final String USAGE = """
            Without a word Tealdesk serves. It knows these words:
              migrate            applies the migrations that the database lacks, then ends
              prepare-database   makes or refreshes the database users of the application and of migrations, then ends
            Arguments that begin with -- set properties (--server.port=3001).""";

    private final String word;
    private final Class<?> configuration;

    DatabaseCommand(String word, Class<?> configuration) {
        this.word = word;
        this.configuration = configuration;
    }

    /**
     * Empty to serve.
     *
     * @throws IllegalArgumentException for a word that is none of ours: whoever mistypes {@code migrate} does not mean
     *     to serve; its message is the usage
     */
    public static Optional<DatabaseCommand> of(String... arguments) {
        var words = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .toList();
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(command -> words.equals(List.of(command.word)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown: " + String.join(" ", words) + System.lineSeparator() + USAGE)));
    }

    /** Returns the exit code. What went wrong is in the log by then. */
    public int run(String... arguments) {
        var options = Arrays.stream(arguments)
                .filter(argument -> argument.startsWith("--"))
                .toArray(String[]::new);
        try {
            new SpringApplicationBuilder(configuration)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .registerShutdownHook(false)
                    .run(options)
                    .close();
            return 0;
        } catch (RuntimeException reported) {
            return 1;
        }
    }
}
