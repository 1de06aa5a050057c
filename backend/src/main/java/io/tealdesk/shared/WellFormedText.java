package io.tealdesk.shared;

import org.springframework.http.HttpStatus;

/** Text that PostgreSQL can hold and every reader can show: no NUL, no half of a surrogate pair. */
public final class WellFormedText {

    private WellFormedText() {}

    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0' || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    static Problem malformed() {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "malformed-text",
                "A text holds characters that are not allowed",
                "Remove NUL characters and lone surrogates; any other Unicode text is welcome.");
    }
}
