package io.tealdesk.shared;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/**
 * A refusal that a client can act on, rendered as an RFC 9457 problem. Modules extend it with named static factories;
 * the slug makes the stable {@code type} that clients switch on, and every slug is described in docs/problems.md.
 */
public class Problem extends RuntimeException {

    private final HttpStatus status;
    private final String slug;
    private final String title;
    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    public Problem(HttpStatus status, String slug, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    /** The one answer for what does not exist and for what the viewer may not know to exist. */
    public static Problem notFound() {
        return new Problem(
                HttpStatus.NOT_FOUND, "not-found", "Not found", "There is nothing here, or nothing that you may see.");
    }

    public static Problem forbidden() {
        return new Problem(
                HttpStatus.FORBIDDEN,
                "forbidden",
                "Not allowed",
                "Your role does not allow this. Ask an administrator.");
    }

    /** Something that passes by itself. */
    public static Problem temporarilyUnavailable() {
        return new Problem(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "temporarily-unavailable",
                        "Temporarily unavailable",
                        "Nothing was changed. Try again in a few seconds.")
                .withHeader(HttpHeaders.RETRY_AFTER, "5");
    }

    /** A single field that is wrong in a way that no annotation can express. */
    public static Problem invalidField(String field, String code, String message) {
        return invalidFields(java.util.List.of(new FieldProblem(field, code, message)));
    }

    static Problem invalidFields(java.util.List<FieldProblem> errors) {
        return new Problem(
                        HttpStatus.BAD_REQUEST,
                        "validation-failed",
                        "Some values are not valid",
                        "Correct the listed fields and send the request again.")
                .with("errors", errors);
    }

    /** Adds a member to the problem document. */
    public Problem with(String name, Object value) {
        properties.put(name, value);
        return this;
    }

    /** Adds a header to the response. */
    public Problem withHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public HttpStatus status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    /** A member of the problem document, null where it has none of that name. */
    public @Nullable Object property(String name) {
        return properties.get(name);
    }

    Map<String, String> headers() {
        return headers;
    }

    ProblemDetail toProblemDetail() {
        var detail = ProblemDetail.forStatusAndDetail(status, getMessage());
        detail.setType(URI.create("/problems/" + slug));
        detail.setTitle(title);
        properties.forEach(detail::setProperty);
        return detail;
    }
}
