package io.tealdesk;

import io.tealdesk.database.DatabaseCommand;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

@SpringBootApplication
@ConfigurationPropertiesScan
public class DeskApplication {

    private static final int EXIT_CODE_USAGE = 2;

    /** Serves, unless the first word says {@code migrate} or {@code prepare-database}. */
    public static void main(String[] arguments) {
        Optional<DatabaseCommand> command;
        try {
            command = DatabaseCommand.of(arguments);
        } catch (IllegalArgumentException usage) {
            System.err.println(usage.getMessage());
            System.exit(EXIT_CODE_USAGE);
            return;
        }
        if (command.isPresent()) {
            System.exit(command.get().run(arguments));
        } else {
            SpringApplication.run(DeskApplication.class, arguments);
        }
    }
}
