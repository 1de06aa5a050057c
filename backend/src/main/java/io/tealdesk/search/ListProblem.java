package io.tealdesk.search;

import io.tealdesk.shared.Problem;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What can go wrong with a list and not with its filter's form. */
final class ListProblem extends Problem {

    private ListProblem(HttpStatus status, String slug, String title, String detail) {
        super(status, slug, title, detail);
    }

    static Problem tooBroad() {
        return new ListProblem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "filter-too-broad",
                        "The filter takes too long",
                        "Narrow the filter, by a team, a status or a period, and try again.")
                .withHeader(HttpHeaders.RETRY_AFTER, "5");
    }
}
