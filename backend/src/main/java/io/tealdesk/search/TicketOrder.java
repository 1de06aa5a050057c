package io.tealdesk.search;

import io.tealdesk.search.FilterCondition.Bound;
import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Sql;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a list, each with an index over all tickets and one over those that are not done. The number makes each
 * total, so that no row is skipped or shown twice between pages, and it runs with the key, so that an index read
 * backwards gives the page before.
 */
enum TicketOrder {
    /** Newest change first. */
    UPDATED("t.updated_at", true, FilterProperty.UPDATED) {
        @Override
        Instant key(TicketRow row) {
            return row.updatedAt();
        }

        @Override
        Optional<String> implied(Bound bound) {
            return bound.property() == FilterProperty.CREATED && bound.operator() == FilterOperator.AFTER
                    ? Optional.of(key() + " " + bound.comparison() + " - " + CLOCKS_APART)
                    : Optional.empty();
        }
    },
    /** Newest ticket first. */
    NEWEST("t.created_at", true, FilterProperty.CREATED) {
        @Override
        Instant key(TicketRow row) {
            return row.createdAt();
        }
    },
    /** Oldest ticket first. */
    OLDEST("t.created_at", false, FilterProperty.CREATED) {
        @Override
        Instant key(TicketRow row) {
            return row.createdAt();
        }
    },
    /** Most urgent first, among equals the one that has waited longest. */
    PRIORITY("ticket_urgency(t.priority)", false, null) {
        @Override
        Integer key(TicketRow row) {
            return row.priority().urgencyRank();
        }

        @Override
        Object bindable(Cursor place) {
            return place.number(0);
        }

        @Override
        String unindexedKey() {
            return key() + " + 0";
        }
    },
    /** Due soonest first; without a due date last. */
    DUE("coalesce(t.due_at, 'infinity')", false, FilterProperty.DUE) {
        @Override
        Instant key(TicketRow row) {
            return row.dueAt() == null ? NEVER : row.dueAt();
        }
    },
    /** The requester who has waited longest for a word of ours first; where staff spoke last, last. */
    WAITING("ticket_waiting_since(t.last_message_by, t.last_message_at)", false, FilterProperty.LAST_MESSAGE) {
        @Override
        Instant key(TicketRow row) {
            return row.lastMessageBy() == TicketRow.Speaker.REQUESTER ? row.lastMessageAt() : NEVER;
        }

        @Override
        boolean isWithin(Bound bound) {
            // Where staff spoke last the key is infinity, whenever that was.
            return super.isWithin(bound) && bound.operator() == FilterOperator.AFTER;
        }
    };

    /** Nothing changes before it is made, but the clocks of two tasks may disagree. */
    private static final String CLOCKS_APART = "interval '1 hour'";

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final String key;
    private final boolean isDescending;
    private final @Nullable FilterProperty property;

    TicketOrder(String key, boolean isDescending, @Nullable FilterProperty property) {
        this.key = key;
        this.isDescending = isDescending;
        this.property = property;
    }

    abstract Object key(TicketRow row);

    /** What rows are sorted by before their number, over {@code ticket t}. */
    String key() {
        return key;
    }

    /** The same value as no index has it, for a plan that must not walk the index of the order. */
    String unindexedKey() {
        return key + " + interval '0'";
    }

    /** Over {@code ticket t}, forwards. */
    String orderBy() {
        return orderBy(key, "t.number", false);
    }

    String orderBy(String keyColumn, String numberColumn, boolean isBackwards) {
        var direction = isDescending == isBackwards ? "" : " desc";
        return keyColumn + direction + ", " + numberColumn + direction;
    }

    /** The condition of rows that come after a place in the list, or before it. */
    String continuation(boolean isBackwards) {
        return "(%s, t.number) %s (:placeKey, :placeNumber)".formatted(key, isDescending == isBackwards ? ">" : "<");
    }

    /** Whether requesters and organisations have an index of their own in this order. */
    boolean isIndexedForOne() {
        return this == UPDATED || this == NEWEST || this == OLDEST;
    }

    /** Whether a range of dates is one of this order's key, too. */
    boolean isWithin(Bound bound) {
        return bound.property() == property;
    }

    /** What a range of other dates says about this order's key; empty for nothing. */
    Optional<String> implied(Bound bound) {
        return Optional.empty();
    }

    Cursor cursorOf(TicketRow row) {
        return Cursor.of(name(), key(row), row.number());
    }

    Cursor decoded(String encoded) {
        return Cursor.decoded(encoded, name(), 2);
    }

    Map<String, Object> parameters(Cursor place) {
        return Map.of("placeKey", bindable(place), "placeNumber", place.number(1));
    }

    Object bindable(Cursor place) {
        var at = place.instant(0);
        // The driver writes the greatest one as PostgreSQL's infinity.
        return at.equals(NEVER) ? OffsetDateTime.MAX : Sql.timestamp(at);
    }
}
