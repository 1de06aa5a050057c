package io.tealdesk.identity;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in person a request is answered for, read from the database at each request, so that a changed role, team
 * or deactivation takes effect at once. Controllers take it as {@code @AuthenticationPrincipal Viewer viewer}.
 *
 * @param sessionId the sign-in that the access token belongs to
 * @param seesOrganisationTickets a customer whose organisation shares its members' tickets among them
 */
public record Viewer(
        UUID personId,
        UUID sessionId,
        String name,
        String email,
        Role role,
        @Nullable UUID organisationId,
        boolean seesOrganisationTickets,
        Set<UUID> teamIds) {

    public boolean isStaff() {
        return role.isStaff();
    }

    public boolean isAdministrator() {
        return role == Role.ADMINISTRATOR;
    }
}
