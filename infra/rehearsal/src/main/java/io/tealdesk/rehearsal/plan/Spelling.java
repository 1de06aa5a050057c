package io.tealdesk.rehearsal.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what a misspelt name was meant to be. */
final class Spelling {

    /** So many letters may be wrong, missing or too many. */
    private static final int DISTANCE_MAX = 3;

    private Spelling() {}

    static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(word, each) <= Math.min(DISTANCE_MAX, each.length() / 2))
                .min(Comparator.comparingInt(each -> distance(word, each)));
    }

    /** Capitals aside; a name in the wrong case is at distance 0. */
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] before = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            before[column] = column;
        }
        for (int row = 1; row <= a.length(); row++) {
            int[] current = new int[b.length() + 1];
            current[0] = row;
            for (int column = 1; column <= b.length(); column++) {
                int replaced = before[column - 1] + (a.charAt(row - 1) == b.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(before[column], current[column - 1]));
            }
            before = current;
        }
        return before[b.length()];
    }
}
