package io.tealdesk.rehearsal.load;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status 0 when nothing did
 * @param cookie the value of the refresh cookie that it sets
 * @param failure why it is not an answer as asked; null when it is one
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of bytes would cost more than the answer.
record Answer(
        int status,
        byte[] body,
        @Nullable String release,
        @Nullable String cookie,
        @Nullable String retryAfter,
        @Nullable String failure) {

    private static final int REFUSED_FROM = 400;
    private static final int UNAVAILABLE_FROM = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    static Answer none(String failure) {
        return new Answer(0, new byte[0], null, null, null, failure);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether sending the same again can help, as the browser application sees it. */
    boolean isRepeatable() {
        return status < REFUSED_FROM || status >= UNAVAILABLE_FROM || status == TOO_MANY_REQUESTS;
    }

    /** Whether the desk said that it did nothing. */
    boolean isRefusal() {
        return status >= REFUSED_FROM && status < UNAVAILABLE_FROM;
    }
}
