package io.tealdesk.tickets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a ticket is out of sight for a while.
 *
 * @param until absent where only the customer's answer ends it, which ends every other too
 */
public record TicketSnooze(@Nullable Instant until) {}
