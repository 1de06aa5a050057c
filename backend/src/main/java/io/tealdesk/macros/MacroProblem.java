package io.tealdesk.macros;

import io.tealdesk.shared.FieldProblem;
import io.tealdesk.shared.Problem;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;

/** What the rules of macros refuse. */
class MacroProblem extends Problem {

    private MacroProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem nameTaken(MacroKind kind) {
        return new MacroProblem(
                HttpStatus.CONFLICT,
                "name-taken",
                "This name is taken",
                "Choose another name for the " + kind.word() + ".");
    }

    /** Another than its applier was shown. */
    static Problem changed() {
        return new MacroProblem(
                HttpStatus.CONFLICT,
                "macro-changed",
                "The macro has changed",
                "Look at what it does now, and apply it again if it still fits.");
    }

    /**
     * One of its actions is not allowed, so none was done.
     *
     * @param action as {@link MacroActions} names it
     */
    static Problem refused(String action, Problem cause) {
        return new MacroProblem(
                        HttpStatus.CONFLICT, "macro-refused", "The macro cannot be applied to this ticket", why(cause))
                .with("action", action)
                .with("reason", cause.slug());
    }

    private static String why(Problem cause) {
        if (cause.property("errors") instanceof List<?> errors && errors.getFirst() instanceof FieldProblem problem) {
            return problem.field() + " " + problem.message() + ".";
        }
        return Objects.requireNonNullElse(cause.getMessage(), "");
    }
}
