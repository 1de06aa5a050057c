package io.tealdesk.identity;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The signed-in person, as they see themselves. */
record MeResponse(
        UUID id,
        String name,
        String email,
        Role role,
        String locale,
        @Nullable MyOrganisation organisation,
        List<TeamName> teams,
        long version) {

    record MyOrganisation(UUID id, String name, boolean sharesTickets) {}
}
