package io.tealdesk.hooks;

/** Text of others for a log: no line breaks or control characters in it, and not much of it. */
class OneLine {

    private static final int LENGTH_MAX = 300;

    private OneLine() {}

    static String of(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LENGTH_MAX ? line : line.substring(0, LENGTH_MAX) + "…";
    }
}
