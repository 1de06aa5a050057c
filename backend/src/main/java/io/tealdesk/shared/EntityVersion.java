package io.tealdesk.shared;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** What two people may edit carries its version as a strong {@code ETag}; a change names it in {@code If-Match}. */
public final class EntityVersion {

    private EntityVersion() {}

    public static String etag(long version) {
        return '"' + Long.toString(version) + '"';
    }

    /** The version that the client saw; refuses a request without one. */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw new Problem(
                    HttpStatus.PRECONDITION_REQUIRED,
                    "precondition-required",
                    "If-Match is missing",
                    "Send the ETag you last saw as If-Match, so that nobody's change is overwritten unseen.");
        }
        // A proxy that compresses a response marks its tag as weak; the version in it is the same.
        var tag = ifMatch.strip().replaceFirst("^W/", "");
        try {
            return Long.parseLong(tag, 1, tag.length() - 1, 10);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw stale();
        }
    }

    public static void check(long expected, long actual) {
        if (expected != actual) {
            throw stale();
        }
    }

    public static Problem stale() {
        return new Problem(
                HttpStatus.PRECONDITION_FAILED,
                "stale-version",
                "Somebody changed this meanwhile",
                "Load it again, look at the change, and repeat yours if it still fits.");
    }
}
