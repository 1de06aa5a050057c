package io.tealdesk.conversations;

/** What a draft would become. */
enum DraftKind {
    REPLY,
    NOTE
}
