package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Place;
import io.tealdesk.infra.files.UnreadableFile;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether a file is JSON to the letter. The reader of the rules takes it as YAML, which forgives a comma too many and
 * keys without quotation marks; AWS does not.
 */
final class JsonSyntax {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonSyntax() {}

    static void check(String file, String written) {
        // Editors on Windows begin a file with it, and readers of bytes skip it.
        String text = written.startsWith(BYTE_ORDER_MARK) ? written.substring(1) : written;
        try {
            STRICT.readTree(text);
        } catch (JacksonException e) {
            if (e.getLocation() == null) {
                throw wrong(file, 0, oneLine(e.getOriginalMessage()));
            }
            int at = Math.clamp(e.getLocation().getCharOffset(), 0, text.length());
            throw problem(file, text, at, e);
        }
    }

    private static UnreadableFile problem(String file, String text, int reported, JacksonException e) {
        String message = e.getOriginalMessage();
        // What is reported is where the parser stood, one behind the character that it did not expect.
        boolean stands = reported < text.length() && !Character.isWhitespace(text.charAt(reported));
        int at = stands || reported == 0 ? reported : reported - 1;
        int before = lastBefore(text, at);
        boolean afterComma = before >= 0 && text.charAt(before) == ',';
        if (message.contains("expecting comma")) {
            return wrong(file, line(text, before), "a comma is missing at the end of this line");
        }
        if (afterComma && at < text.length() && "]}".indexOf(text.charAt(at)) >= 0) {
            return wrong(file, line(text, before), "a comma too many: nothing follows it");
        }
        if (message.contains("end-of-input")) {
            return wrong(file, line(text, text.length() - 1), "the file ends in the middle: a bracket is not closed");
        }
        if (message.contains("maybe a comment") || message.contains("'/'") || message.contains("'#'")) {
            return wrong(file, line(text, at), "JSON has no comments. Take it out");
        }
        if (message.contains("double-quote") || message.contains("Unrecognized token")) {
            return wrong(file, line(text, at), "keys and texts stand between double quotation marks");
        }
        if (message.contains("close marker")) {
            return wrong(file, line(text, at), text.charAt(at) + " closes nothing that is open here");
        }
        if (message.contains("Trailing token")) {
            return wrong(file, line(text, at), "something follows the last bracket. Take it out");
        }
        return wrong(file, e.getLocation().getLineNr(), oneLine(message));
    }

    private static UnreadableFile wrong(String file, int line, String what) {
        return new UnreadableFile(new Place(file, line), "this is no JSON: " + what);
    }

    private static int lastBefore(String text, int at) {
        int index = Math.min(at, text.length()) - 1;
        while (index >= 0 && Character.isWhitespace(text.charAt(index))) {
            index--;
        }
        return index;
    }

    private static int line(String text, int at) {
        return 1
                + (int) text.substring(0, Math.clamp(at, 0, text.length()))
                        .chars()
                        .filter(character -> character == '\n')
                        .count();
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll(" ?\\(start marker at .*", "");
    }
}
