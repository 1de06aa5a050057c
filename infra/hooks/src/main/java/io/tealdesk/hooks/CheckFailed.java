package io.tealdesk.hooks;

/** The desk did not do what it has to do; the message says what, without anything secret. */
class CheckFailed extends RuntimeException {

    CheckFailed(String message) {
        super(message);
    }
}
