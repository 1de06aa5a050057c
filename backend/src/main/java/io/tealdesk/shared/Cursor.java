package io.tealdesk.shared;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;

/**
 * Where a keyset page ended: the order it belongs to and the last row's sort values, as text. Opaque to clients. It is
 * not signed: its values only ever reach SQL as bound parameters and permissions do not depend on it.
 */
public record Cursor(String order, List<String> values) {

    private static final String SEPARATOR = "\u001f";
    private static final int ENCODED_LENGTH_MAX = 1000;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public static Cursor of(String order, Object... values) {
        return new Cursor(
                order, java.util.Arrays.stream(values).map(Object::toString).toList());
    }

    /** Reads a cursor that a client sent back; refuses one of another order or of another shape. */
    public static Cursor decoded(String encoded, String expectedOrder, int expectedValues) {
        if (encoded.length() > ENCODED_LENGTH_MAX) {
            throw badCursor();
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            var parts = List.of(text.split(SEPARATOR, -1));
            if (!parts.getFirst().equals(expectedOrder)
                    || parts.size() != expectedValues + 1
                    || text.indexOf('\0') >= 0) {
                throw badCursor();
            }
            return new Cursor(expectedOrder, parts.subList(1, parts.size()));
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    public String encoded() {
        var text = order + SEPARATOR + String.join(SEPARATOR, values);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public String text(int index) {
        return values.get(index);
    }

    public long number(int index) {
        try {
            return Long.parseLong(values.get(index));
        } catch (NumberFormatException e) {
            throw badCursor();
        }
    }

    public Instant instant(int index) {
        try {
            var instant = Instant.parse(values.get(index));
            // PostgreSQL's calendar ends before Java's.
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                throw badCursor();
            }
            return instant;
        } catch (DateTimeException e) {
            throw badCursor();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(values.get(index));
        } catch (IllegalArgumentException e) {
            throw badCursor();
        }
    }

    private static Problem badCursor() {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "bad-cursor",
                "Unknown place in the list",
                "The cursor does not belong to this list and order. Load the list from its start.");
    }
}
