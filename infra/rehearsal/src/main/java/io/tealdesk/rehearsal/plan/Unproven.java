package io.tealdesk.rehearsal.plan;

import io.tealdesk.infra.files.Place;

/** Something that a file asks for and that a rehearsal does not play, in one line. */
public record Unproven(Place place, String what) {

    public String sentence() {
        return what + ": a rehearsal does not play it, so nothing is proven with it";
    }

    @Override
    public String toString() {
        return place + ": " + sentence();
    }
}
