package io.tealdesk.conversations;

/**
 * What stands below somebody's replies.
 *
 * @param text Markdown, with its variables filled in where it is of a ticket; empty where there is none
 */
record Signature(String text, String html) {

    static final Signature NONE = new Signature("", "");

    static Signature of(String text) {
        return text.isEmpty() ? NONE : new Signature(text, MessageBody.html(text));
    }
}
