package io.tealdesk.shared;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why the application cannot start, and what to do about it. Said in a few lines instead of a stack trace. */
public class StartProblem extends RuntimeException {

    private final String action;

    public StartProblem(String description, String action) {
        this(description, action, null);
    }

    public StartProblem(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** All at once, so that nobody mends one thing only to be told of the next. */
    public static StartProblem of(String headline, List<Missing> missing) {
        return new StartProblem(
                headline + missing.stream().map(Missing::what).collect(Collectors.joining("\n  - ", "\n  - ", "")),
                missing.stream().map(Missing::action).distinct().collect(Collectors.joining("\n")));
    }

    String action() {
        return action;
    }

    public record Missing(String what, String action) {}
}
