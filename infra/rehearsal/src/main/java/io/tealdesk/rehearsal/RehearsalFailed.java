package io.tealdesk.rehearsal;

/** The rehearsal could not be played to its end, which says nothing of the release; the message says why. */
final class RehearsalFailed extends RuntimeException {

    RehearsalFailed(String message) {
        super(message);
    }
}
