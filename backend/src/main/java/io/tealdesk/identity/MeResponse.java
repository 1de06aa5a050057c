package io.tealdesk.identity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in person, as they see themselves.
 *
 * @param keyboard of staff, so that their own keys work from the first moment
 * @param writing of staff, too
 */
record MeResponse(
        UUID id,
        String name,
        String email,
        Role role,
        String locale,
        @Nullable MyOrganisation organisation,
        List<TeamName> teams,
        @Nullable Keyboard keyboard,
        @Nullable Writing writing,
        long version) {

    record MyOrganisation(UUID id, String name, boolean sharesTickets) {}
}
