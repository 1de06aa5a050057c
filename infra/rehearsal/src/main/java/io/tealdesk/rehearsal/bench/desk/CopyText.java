package io.tealdesk.rehearsal.bench.desk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in PostgreSQL's text format of COPY: columns parted by tabs, rows by line feeds, null as {@code \N}. See
 * https://www.postgresql.org/docs/18/sql-copy.html
 */
final class CopyText {

    private final StringBuilder text = new StringBuilder(1 << 20);
    private boolean isAtBegin = true;

    CopyText add(@Nullable String value) {
        next();
        if (value == null) {
            text.append("\\N");
            return this;
        }
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(character);
            }
        }
        return this;
    }

    CopyText add(long value) {
        next();
        text.append(value);
        return this;
    }

    CopyText add(boolean value) {
        next();
        text.append(value ? 't' : 'f');
        return this;
    }

    CopyText add(@Nullable UUID value) {
        return add(value == null ? null : value.toString());
    }

    CopyText add(@Nullable Instant value) {
        return add(value == null ? null : value.toString());
    }

    /** An array of texts without quotes and backslashes. */
    CopyText add(List<String> values) {
        next();
        text.append('{');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"").append(values.get(i)).append('"');
        }
        text.append('}');
        return this;
    }

    /** Bytes as {@code bytea} takes them. */
    CopyText addHex(String hex) {
        next();
        text.append("\\\\x").append(hex);
        return this;
    }

    void endRow() {
        text.append('\n');
        isAtBegin = true;
    }

    private void next() {
        if (!isAtBegin) {
            text.append('\t');
        }
        isAtBegin = false;
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
