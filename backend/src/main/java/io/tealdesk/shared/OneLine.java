package io.tealdesk.shared;

import java.util.regex.Pattern;

/** A text for one line, such as a subject or a name: no breaks, no control characters, and something to see. */
public final class OneLine {

    private static final Pattern BREAKS_AND_CONTROLS = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}\u0080-\u009f]+");
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{C}\\p{Z}\\p{M}\u115F\u1160\u3164\uFFA0\u2800]");

    private OneLine() {}

    /** Brings a text into this form, or refuses it because nobody could see it. */
    public static String of(String field, String text) {
        var line = BREAKS_AND_CONTROLS.matcher(text).replaceAll(" ").strip();
        if (!VISIBLE.matcher(line).find()) {
            throw Problem.invalidField(field, "NotBlank", "must hold something that can be seen");
        }
        return line;
    }
}
