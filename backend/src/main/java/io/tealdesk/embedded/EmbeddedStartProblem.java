package io.tealdesk.embedded;

import org.jspecify.annotations.Nullable;

/** Why the embedded default cannot start, and what to do about it. */
class EmbeddedStartProblem extends RuntimeException {

    private final String action;

    EmbeddedStartProblem(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    String action() {
        return action;
    }
}
