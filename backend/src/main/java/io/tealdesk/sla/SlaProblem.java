package io.tealdesk.sla;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpStatus;

/** What the rules of SLA policies and business hours refuse. */
class SlaProblem extends Problem {

    private SlaProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem nameTaken(String what) {
        return new SlaProblem(
                HttpStatus.CONFLICT, "name-taken", "This name is taken", "Choose another name for the " + what + ".");
    }

    /** An order has to name those that there are. */
    static Problem otherPolicies() {
        return new SlaProblem(
                HttpStatus.CONFLICT,
                "policies-changed",
                "The policies have changed",
                "Somebody has added or deleted one. Look at them again, and order them then.");
    }

    static Problem defaultIsKept() {
        return new SlaProblem(
                HttpStatus.CONFLICT,
                "default-hours",
                "The default business hours stay",
                "Make others the default first.");
    }
}
