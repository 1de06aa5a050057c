package io.tealdesk.rehearsal.load;

/** A person gave up: what they wanted never succeeded. */
final class Lost extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Answer lastAnswer;
    private final boolean wasRefused;

    /** @param wasRefused whether every single attempt was refused, so that the desk surely did nothing */
    Lost(Call call, Answer lastAnswer, boolean wasRefused) {
        super(call.operation() + ": " + lastAnswer.failure());
        this.lastAnswer = lastAnswer;
        this.wasRefused = wasRefused;
    }

    Answer lastAnswer() {
        return lastAnswer;
    }

    boolean wasRefused() {
        return wasRefused;
    }
}
