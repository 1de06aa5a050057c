package io.tealdesk.sla;

import java.util.UUID;

/**
 * Promises under a name. Of all whose conditions a ticket meets the first one counts.
 *
 * @param position in their order, from 0
 */
record SlaPolicy(UUID id, String name, int position, SlaRules rules, long version) {}
