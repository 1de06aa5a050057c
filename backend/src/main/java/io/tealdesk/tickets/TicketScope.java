package io.tealdesk.tickets;

import io.tealdesk.identity.Role;
import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Sql;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may see a ticket: customers their own and, where their organisation shares them, its members' tickets; agents those
 * of their teams; administrators all. One rule in two forms, a condition for lists and a question for a loaded ticket;
 * a test holds them against each other.
 *
 * @param condition SQL over a ticket with the alias {@code t}
 * @param parameters what the condition binds; never empty of a name that it uses
 */
public record TicketScope(String condition, Map<String, Object> parameters) {

    public static TicketScope of(Viewer viewer) {
        return switch (viewer.role()) {
            case ADMINISTRATOR -> new TicketScope("true", Map.of());
            // One parameter however many teams there are, so that PostgreSQL has one statement to keep the plan of.
            case AGENT ->
                new TicketScope(
                        "t.team_id = any(cast(:scopeTeams as uuid[]))",
                        Map.of("scopeTeams", Sql.texts(viewer.teamIds())));
            case CUSTOMER ->
                viewer.seesOrganisationTickets() && viewer.organisationId() != null
                        ? new TicketScope(
                                "(t.requester_id = :scopePerson or t.organisation_id = :scopeOrganisation)",
                                Map.of(
                                        "scopePerson", viewer.personId(),
                                        "scopeOrganisation", viewer.organisationId()))
                        : new TicketScope("t.requester_id = :scopePerson", Map.of("scopePerson", viewer.personId()));
        };
    }

    public static boolean includes(Viewer viewer, UUID requesterId, @Nullable UUID organisationId, UUID teamId) {
        if (viewer.role() == Role.CUSTOMER) {
            return requesterId.equals(viewer.personId())
                    || (viewer.seesOrganisationTickets()
                            && organisationId != null
                            && organisationId.equals(viewer.organisationId()));
        }
        return viewer.isAdministrator() || viewer.teamIds().contains(teamId);
    }
}
