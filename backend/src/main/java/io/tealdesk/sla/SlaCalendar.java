package io.tealdesk.sla;

import io.tealdesk.tickets.TicketView.NameView;
import java.util.List;
import java.util.UUID;

/**
 * Business hours under a name.
 *
 * @param isDefault whether they are those of teams without any
 * @param teams whose they are
 */
record SlaCalendar(
        UUID id, String name, boolean isDefault, SlaCalendarHours hours, List<NameView> teams, long version) {}
