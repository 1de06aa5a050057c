package io.tealdesk.rehearsal.load;

/** A mail as it came; the same Message-ID twice is one mail that was sent once more to be sure. */
public record CaughtMail(String messageId, String text) {}
