package io.tealdesk.rehearsal.schema;

import java.util.regex.Pattern;

/**
 * One statement of a migration.
 *
 * @param script the file's name
 * @param number from 1, as it stands in the file
 * @param inTransaction whether all of the file's statements take effect together
 */
record MigrationStatement(String script, int number, String sql, boolean inTransaction) {

    private static final int SHOWN_MAX = 160;

    /** As a finding names it. */
    String named() {
        return "migration %s, statement %d “%s”".formatted(script, number, shortened(sql));
    }

    boolean mentions(String identifier) {
        return Pattern.compile("\\b" + Pattern.quote(identifier) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    /** A statement in one line, without its comments. */
    static String shortened(String sql) {
        String line =
                sql.replaceAll("(?m)^\\s*--.*$", " ").replaceAll("\\s+", " ").strip();
        return line.length() <= SHOWN_MAX ? line : line.substring(0, SHOWN_MAX) + "…";
    }
}
