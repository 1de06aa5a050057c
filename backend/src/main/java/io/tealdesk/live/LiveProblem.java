package io.tealdesk.live;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What the live module refuses. */
final class LiveProblem extends Problem {

    private LiveProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem tooManyStreams() {
        return new LiveProblem(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "too-many-streams",
                        "Too many live streams",
                        "Close some of the desk's tabs or windows in this browser.")
                .withHeader(HttpHeaders.RETRY_AFTER, "60");
    }
}
