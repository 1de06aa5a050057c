package io.tealdesk.search;

import io.tealdesk.shared.Cursor;
import io.tealdesk.shared.Sql;
import java.time.Instant;
import java.util.Map;

/** The orders of a list; the number makes each total, so that no row is skipped or shown twice between pages. */
enum TicketOrder {
    /** Newest change first. */
    UPDATED("t.updated_at desc, t.number desc", "(t.updated_at, t.number) < (:afterAt, :afterNumber)") {
        @Override
        Cursor cursorOf(TicketRow row) {
            return Cursor.of(name(), row.updatedAt(), row.number());
        }
    },
    /** Newest ticket first. */
    NEWEST("t.created_at desc, t.number desc", "(t.created_at, t.number) < (:afterAt, :afterNumber)") {
        @Override
        Cursor cursorOf(TicketRow row) {
            return Cursor.of(name(), row.createdAt(), row.number());
        }
    },
    /** Most urgent first, among equals the one that has waited longest. */
    PRIORITY(
            "ticket_urgency_rank(t.priority), t.number",
            "(ticket_urgency_rank(t.priority), t.number) > (:afterRank, :afterNumber)") {
        @Override
        Cursor cursorOf(TicketRow row) {
            return Cursor.of(name(), row.priority().urgencyRank(), row.number());
        }

        @Override
        Map<String, Object> parameters(Cursor after) {
            return Map.of("afterRank", after.number(0), "afterNumber", after.number(1));
        }
    },
    /** Due soonest first; without a due date last. */
    DUE(
            "coalesce(t.due_at, 'infinity'), t.number",
            "(coalesce(t.due_at, 'infinity'), t.number) > (:afterAt, :afterNumber)") {
        @Override
        Cursor cursorOf(TicketRow row) {
            return Cursor.of(name(), row.dueAt() == null ? NEVER : row.dueAt(), row.number());
        }

        @Override
        Map<String, Object> parameters(Cursor after) {
            var at = after.instant(0);
            // The driver writes this one as PostgreSQL's infinity.
            return Map.of(
                    "afterAt",
                    at.equals(NEVER) ? java.time.OffsetDateTime.MAX : Sql.timestamp(at),
                    "afterNumber",
                    after.number(1));
        }
    };

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final String orderBy;
    private final String continuation;

    TicketOrder(String orderBy, String continuation) {
        this.orderBy = orderBy;
        this.continuation = continuation;
    }

    abstract Cursor cursorOf(TicketRow row);

    String orderBy() {
        return orderBy;
    }

    /** The condition of rows that come after a cursor. */
    String continuation() {
        return continuation;
    }

    Cursor decoded(String encoded) {
        return Cursor.decoded(encoded, name(), 2);
    }

    Map<String, Object> parameters(Cursor after) {
        return Map.of("afterAt", Sql.timestamp(after.instant(0)), "afterNumber", after.number(1));
    }
}
