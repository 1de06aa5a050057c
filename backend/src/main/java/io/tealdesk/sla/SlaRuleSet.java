package io.tealdesk.sla;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All that was decided, as it is at one moment.
 *
 * @param policies in their order
 * @param hours of the teams that have their own
 * @param defaultHours of all others
 * @param since when any of it changed last
 */
record SlaRuleSet(List<SlaPolicy> policies, Map<UUID, BusinessHours> hours, BusinessHours defaultHours, Instant since) {

    List<SlaClock> clocks(SlaHistory ticket) {
        return policies.stream()
                .filter(policy -> policy.rules().includes(ticket))
                .findFirst()
                .map(policy -> SlaClocks.of(ticket, policy, hoursOf(policy.rules(), ticket.teamId())))
                .orElse(List.of());
    }

    BusinessHours hoursOf(SlaRules rules, UUID teamId) {
        return rules.aroundTheClock() ? BusinessHours.AROUND_THE_CLOCK : hours.getOrDefault(teamId, defaultHours);
    }

    Optional<SlaPolicy> policy(UUID id) {
        return policies.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }
}
