package io.tealdesk.rehearsal.plan;

import java.util.Locale;

/** The two halves of the desk, each deployed by itself. */
public enum ServiceName {
    BACKEND,
    FRONTEND;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
