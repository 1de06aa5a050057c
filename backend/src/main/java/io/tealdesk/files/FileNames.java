package io.tealdesk.files;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Makes a client's file name harmless: no path, no control, bidi or zero-width characters, never empty. */
final class FileNames {

    private static final int LENGTH_MAX = 200;
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");
    private static final Pattern RESERVED = Pattern.compile("[\"*:<>?|]");

    private FileNames() {}

    static String normalised(String fileName) {
        // Normalised before it is checked: a look-alike must not become a separator afterwards.
        var name = Normalizer.normalize(fileName, Normalizer.Form.NFKC);
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = INVISIBLE.matcher(name).replaceAll("");
        name = RESERVED.matcher(name).replaceAll("_").strip();
        while (name.startsWith(".")) {
            name = name.substring(1).strip();
        }
        if (name.isEmpty()) {
            return "file";
        }
        return name.codePointCount(0, name.length()) <= LENGTH_MAX ? name : shortened(name);
    }

    /** Keeps the ending, by which people and programs know what a file is. */
    private static String shortened(String name) {
        var dot = name.lastIndexOf('.');
        var ending = dot > 0 && name.length() - dot <= 12 ? name.substring(dot) : "";
        var stem = name.substring(0, name.length() - ending.length());
        var end = stem.offsetByCodePoints(0, LENGTH_MAX - ending.length());
        return stem.substring(0, end) + ending;
    }
}
