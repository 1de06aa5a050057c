package io.tealdesk.tickets;

import io.tealdesk.shared.OneLine;
import io.tealdesk.shared.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What of a ticket people change, each a value that can be written as a text and read again. */
public enum TicketProperty {
    /** {@link TicketStatus} names. */
    STATUS,
    /** {@link TicketPriority} names. */
    PRIORITY,
    /** Team ids. */
    TEAM,
    /** Person ids, or none. */
    ASSIGNEE,
    /** Tags in order, joined by commas, or none. */
    TAGS,
    /** Instants in ISO 8601, or none. */
    DUE_DATE,
    /** Texts. */
    SUBJECT,
    /** Until when, an instant in ISO 8601 or {@link #UNTIL_ANSWER}; none for not snoozed. */
    SNOOZE;

    /** Of a snooze that the customer's answer ends. */
    public static final String UNTIL_ANSWER = "ANSWER";

    private static final int SUBJECT_LENGTH_MAX = 255;

    /** A value that a client sent, in its one form. */
    @Nullable String checked(@Nullable String value) {
        try {
            if (value == null) {
                if (this == STATUS || this == PRIORITY || this == TEAM || this == SUBJECT) {
                    throw malformed();
                }
                return null;
            }
            return switch (this) {
                case STATUS -> TicketStatus.valueOf(value).name();
                case PRIORITY -> TicketPriority.valueOf(value).name();
                case TEAM, ASSIGNEE -> UUID.fromString(value).toString();
                case TAGS -> String.join(",", TicketTags.normalised(List.of(value.split(","))));
                case DUE_DATE -> String.valueOf(Tickets.checkedDueDate(Instant.parse(value)));
                case SUBJECT -> {
                    if (value.length() > SUBJECT_LENGTH_MAX) {
                        throw malformed();
                    }
                    yield OneLine.of("subject", value);
                }
                case SNOOZE ->
                    value.equals(UNTIL_ANSWER)
                            ? value
                            : String.valueOf(
                                    Tickets.checkedDueDate(Instant.parse(value).truncatedTo(ChronoUnit.MILLIS)));
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw malformed();
        }
    }

    private Problem malformed() {
        return Problem.invalidField("changes", "Malformed", "must hold values of " + name());
    }
}
