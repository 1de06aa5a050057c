package io.tealdesk.rehearsal.plan;

import java.util.Locale;

/** The two target groups of a service. A rehearsal begins with everything on blue. */
public enum Color {
    BLUE,
    GREEN;

    public Color other() {
        return this == BLUE ? GREEN : BLUE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
