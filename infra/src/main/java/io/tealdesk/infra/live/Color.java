package io.tealdesk.infra.live;

import java.util.Locale;

/** The two target groups of a service, by the names that the templates give them. */
enum Color {
    BLUE,
    GREEN;

    String parameterValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    Color other() {
        return this == BLUE ? GREEN : BLUE;
    }
}
