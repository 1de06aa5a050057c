package io.tealdesk.rehearsal.releases;

/** A release cannot be found or built; the message says why and what to do. */
public final class ReleaseUnavailable extends RuntimeException {

    public ReleaseUnavailable(String message) {
        super(message);
    }
}
