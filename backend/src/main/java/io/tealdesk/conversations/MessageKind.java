package io.tealdesk.conversations;

/** Who may read a message: the customer as well, or staff alone. */
public enum MessageKind {
    PUBLIC_REPLY,
    INTERNAL_NOTE
}
