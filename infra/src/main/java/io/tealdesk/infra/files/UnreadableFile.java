package io.tealdesk.infra.files;

import org.jspecify.annotations.Nullable;

/** A file that is missing or is not what its name says. */
public final class UnreadableFile extends RuntimeException {

    private final Place place;

    /** A file that lacks what everything else hangs on. */
    public UnreadableFile(Place place, String what) {
        this(place, what, null);
    }

    UnreadableFile(Place place, String what, @Nullable Throwable cause) {
        super(place + ": " + what, cause);
        this.place = place;
    }

    public Place place() {
        return place;
    }
}
