package io.tealdesk.infra.rules;

import io.tealdesk.infra.files.Place;

/**
 * A rule that is not kept.
 *
 * @param problem what disagrees with what
 * @param mend what to do about it
 */
public record Finding(String rule, Place place, String problem, String mend) {

    @Override
    public String toString() {
        return place + ": " + problem + ". " + mend + ". [" + rule + "]";
    }
}
