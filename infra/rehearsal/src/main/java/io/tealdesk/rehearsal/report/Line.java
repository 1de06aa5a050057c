package io.tealdesk.rehearsal.report;

import java.util.ArrayList;
import java.util.List;

/** One line of a terminal, cut to its width before it is coloured. */
final class Line {

    /** What a piece of text means; how it looks is the terminal's affair. */
    enum Style {
        PLAIN(""),
        STRONG("1"),
        MUTED("2"),
        OLD("34"),
        NEW("32"),
        GOOD("1;32"),
        BAD("1;31"),
        ACCENT("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private record Piece(String text, Style style) {}

    private final List<Piece> pieces = new ArrayList<>();

    Line add(String text) {
        return add(text, Style.PLAIN);
    }

    Line add(String text, Style style) {
        // What a task wrote must not move the cursor.
        pieces.add(new Piece(text.replaceAll("\\p{Cntrl}", " "), style));
        return this;
    }

    /** Fills up to a column, with at least one space. */
    Line to(int column) {
        return add(" ".repeat(Math.max(1, column - length())));
    }

    int length() {
        return pieces.stream().mapToInt(piece -> piece.text.length()).sum();
    }

    String rendered(Terminal terminal) {
        StringBuilder line = new StringBuilder();
        int room = terminal.isLive() ? terminal.width() : Integer.MAX_VALUE;
        for (Piece piece : pieces) {
            String text = piece.text.length() <= room ? piece.text : piece.text.substring(0, Math.max(0, room));
            room -= text.length();
            if (text.isEmpty()) {
                continue;
            }
            boolean isStyled = terminal.hasColours() && !piece.style.code.isEmpty();
            line.append(isStyled ? "\u001b[" + piece.style.code + "m" + text + "\u001b[0m" : text);
        }
        return line.toString().stripTrailing();
    }
}
