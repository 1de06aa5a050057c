package io.tealdesk.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tealdesk.shared.Problem;
import io.tealdesk.tickets.TicketPriority;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a policy promises, to whom, and what is done where it is not kept.
 *
 * @param teamIds whose tickets; empty for all, as are the others
 * @param organisationIds of the tickets' requesters
 * @param aroundTheClock rather than in the business hours of the ticket's team
 * @param warningPercent how much of the time is gone when a warning comes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SlaRules(
        @NotNull @Size(max = CONDITIONS_MAX) Set<@NotNull UUID> teamIds,
        @NotNull @Size(max = CONDITIONS_MAX) Set<@NotNull UUID> organisationIds,
        @NotNull Set<@NotNull TicketPriority> priorities,
        @Min(1) @Max(MINUTES_MAX) @Nullable Integer firstReplyMinutes,
        @Min(1) @Max(MINUTES_MAX) @Nullable Integer nextReplyMinutes,
        @Min(1) @Max(MINUTES_MAX) @Nullable Integer resolutionMinutes,
        @NotNull Boolean aroundTheClock,
        @NotNull Set<@NotNull SlaPause> pauses,
        @NotNull @Min(10) @Max(99) Integer warningPercent,
        @NotNull @Valid SlaEscalation onWarning,
        @NotNull @Valid SlaEscalation onBreach) {

    static final int MINUTES_MAX = 366 * 24 * 60;
    private static final int CONDITIONS_MAX = 100;

    boolean includes(SlaHistory ticket) {
        return includes(ticket.teamId(), ticket.organisationId(), ticket.priority());
    }

    boolean includes(UUID teamId, @Nullable UUID organisationId, TicketPriority priority) {
        return (teamIds.isEmpty() || teamIds.contains(teamId))
                && (organisationIds.isEmpty() || (organisationId != null && organisationIds.contains(organisationId)))
                && (priorities.isEmpty() || priorities.contains(priority));
    }

    void check() {
        if (firstReplyMinutes == null && nextReplyMinutes == null && resolutionMinutes == null) {
            throw Problem.invalidField("rules", "Empty", "must promise something");
        }
    }

    /**
     * What is done when a warning comes or a promise is broken, besides the line of history.
     *
     * @param personIds whom else to write to
     * @param raiseTo the priority that the ticket has at least from then on
     * @param teamId which team takes over
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SlaEscalation(
            @NotNull Boolean notifyAssignee,
            @NotNull Boolean notifyTeam,
            @NotNull @Size(max = 20) List<@NotNull UUID> personIds,
            @Nullable TicketPriority raiseTo,
            @Nullable UUID teamId) {

        static final SlaEscalation NOTHING = new SlaEscalation(false, false, List.of(), null, null);
    }
}
