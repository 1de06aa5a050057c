package io.tealdesk.shared;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines of comma-separated values (RFC 4180) that spreadsheets take for text and numbers only: what would begin a
 * formula there begins with an apostrophe here.
 */
public final class CsvWriter {

    private static final String BEGINS_A_FORMULA = "=+-@\t\r";

    private final Writer output;

    public CsvWriter(Writer output) {
        this.output = output;
    }

    public void line(List<? extends @Nullable Object> values) throws IOException {
        output.write(values.stream()
                .map(value -> field(Objects.toString(value, "")))
                .collect(Collectors.joining(",", "", "\r\n")));
    }

    private static String field(String text) {
        var harmless = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return harmless.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + harmless.replace("\"", "\"\"") + '"'
                : harmless;
    }
}
