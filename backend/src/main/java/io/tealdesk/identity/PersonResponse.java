package io.tealdesk.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person, as staff see them.
 *
 * @param invited was invited and has not chosen a password yet
 */
record PersonResponse(
        UUID id,
        String name,
        String email,
        Role role,
        String locale,
        @Nullable OrganisationName organisation,
        List<TeamName> teams,
        boolean emailVerified,
        boolean deactivated,
        boolean invited,
        Instant createdAt,
        long version) {

    record OrganisationName(UUID id, String name) {}
}
