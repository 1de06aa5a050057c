package io.tealdesk.reporting;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Why there is no report. */
final class ReportProblem extends Problem {

    private ReportProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem beingCounted() {
        return new ReportProblem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "reports-being-counted",
                        "Reports are being counted",
                        "All tickets are counted once after the first start. Try again in a minute.")
                .withHeader(HttpHeaders.RETRY_AFTER, "60");
    }
}
