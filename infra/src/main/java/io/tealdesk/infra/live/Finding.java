package io.tealdesk.infra.live;

import org.jspecify.annotations.Nullable;

/**
 * Something because of which the stack must not be updated now.
 *
 * @param repair the command that mends it, or null if it mends itself or needs a person's judgement
 */
record Finding(
        String service,
        String problem,
        String advice,
        @Nullable String repair) {

    static Finding of(String service, String problem, String advice) {
        return new Finding(service, problem, advice, null);
    }
}
