package io.tealdesk.reporting;

import io.tealdesk.identity.Viewer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the roll-ups make a report: those of the teams whose tickets the viewer may see. A ticket counts for the
 * team that it is in now, which makes this the rule of {@link io.tealdesk.tickets.TicketScope}.
 *
 * @param teams the rows to add up; one of all teams, or some teams' own
 * @param agent whose rows, or {@link #ALL}
 * @param team what was asked for, if anything
 */
record ReportScope(
        Collection<UUID> teams, UUID agent, @Nullable UUID team) {

    /** Stands for all teams, and for all agents and nobody. */
    static final UUID ALL = new UUID(0, 0);

    /** @param everyTeam what an administrator's teams are where the sum of all is not kept */
    static ReportScope of(Viewer viewer, @Nullable UUID team, @Nullable UUID agent, Collection<UUID> everyTeam) {
        var rows = agent == null ? ALL : agent;
        var teams = new HashSet<>(viewer.isAdministrator() ? everyTeam : viewer.teamIds());
        if (team != null) {
            teams.retainAll(List.of(team));
        }
        return new ReportScope(teams, rows, team);
    }

    /** The same, read from the sum of all teams where it is that and is kept. */
    static ReportScope ofSums(Viewer viewer, @Nullable UUID team, @Nullable UUID agent, Collection<UUID> everyTeam) {
        return viewer.isAdministrator() && team == null && agent == null
                ? new ReportScope(List.of(ALL), ALL, null)
                : of(viewer, team, agent, everyTeam);
    }

    @Nullable UUID assignee() {
        return agent.equals(ALL) ? null : agent;
    }

    /** As one text: a list would be as many parameters, and a statement of its own for each length. */
    static String ids(Collection<UUID> ids) {
        return ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
