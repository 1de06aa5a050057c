package io.tealdesk.search;

import io.tealdesk.search.FilterExpression.All;
import io.tealdesk.search.FilterExpression.Term;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a list of tickets is narrowed to, as parameters of a request: a filter expression, and beside it the single
 * properties that were there before it, which narrow it further. Several values of one mean any of them.
 *
 * @param filter JSON: {@code {"all":[…]}}, {@code {"any":[…]}} or a term, see {@link FilterJson}
 * @param zone where relative dates of the filter are read, such as {@code Europe/Berlin}; UTC unless given
 * @param assignee a person's id, "me" or "none"
 * @param text words in the subject or a message, or a ticket's number
 * @param overdue past its due date and not done
 * @param snoozed out of sight until a time or an answer
 */
record TicketFilter(
        @Nullable @Size(max = FilterJson.LENGTH_MAX) String filter,
        @Nullable @Size(max = 64) String zone,
        @Nullable @Size(max = VALUES_MAX) List<TicketStatus> status,
        @Nullable @Size(max = VALUES_MAX) List<Lane> lane,
        @Nullable @Size(max = VALUES_MAX) List<TicketPriority> priority,
        @Nullable @Size(max = VALUES_MAX) List<UUID> team,
        @Nullable @Size(max = 36) String assignee,
        @Nullable UUID requester,
        @Nullable UUID organisation,
        @Nullable @Size(max = VALUES_MAX) List<String> tag,
        @Nullable @Size(max = 200) String text,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable Instant updatedAfter,
        @Nullable Instant updatedBefore,
        @Nullable Boolean overdue,
        @Nullable Boolean snoozed) {

    private static final int VALUES_MAX = FilterExpression.VALUES_MAX;

    FilterExpression expression() {
        var parts = new ArrayList<FilterExpression>();
        if (filter != null) {
            parts.add(FilterJson.parsed(filter, "filter"));
        }
        add(parts, "status", FilterProperty.STATUS, status);
        add(parts, "lane", FilterProperty.LANE, lane);
        add(parts, "priority", FilterProperty.PRIORITY, priority);
        add(parts, "team", FilterProperty.TEAM, team);
        add(parts, "assignee", FilterProperty.ASSIGNEE, assignee == null ? null : List.of(assignee));
        add(parts, "requester", FilterProperty.REQUESTER, requester == null ? null : List.of(requester));
        add(parts, "organisation", FilterProperty.ORGANISATION, organisation == null ? null : List.of(organisation));
        add(parts, "tag", FilterProperty.TAG, tag);
        if (text != null && !text.isBlank()) {
            parts.add(new Term("text", FilterProperty.TEXT, FilterOperator.CONTAINS, List.of(text)));
        }
        add(parts, "createdAfter", FilterProperty.CREATED, FilterOperator.AFTER, createdAfter);
        add(parts, "createdBefore", FilterProperty.CREATED, FilterOperator.BEFORE, createdBefore);
        add(parts, "updatedAfter", FilterProperty.UPDATED, FilterOperator.AFTER, updatedAfter);
        add(parts, "updatedBefore", FilterProperty.UPDATED, FilterOperator.BEFORE, updatedBefore);
        if (overdue != null && overdue) {
            parts.add(new Term("overdue", FilterProperty.OVERDUE, FilterOperator.IS, List.of("true")));
        }
        if (snoozed != null) {
            parts.add(new Term("snoozed", FilterProperty.SNOOZED, FilterOperator.IS, List.of(snoozed.toString())));
        }
        return parts.size() == 1 ? parts.getFirst() : new All(parts);
    }

    FilterInstants instants(Instant now) {
        return FilterInstants.of(now, zone);
    }

    private static void add(
            List<FilterExpression> parts, String path, FilterProperty property, @Nullable List<?> values) {
        if (values != null && !values.isEmpty()) {
            parts.add(new Term(
                    path,
                    property,
                    FilterOperator.IN,
                    values.stream().map(Object::toString).toList()));
        }
    }

    private static void add(
            List<FilterExpression> parts,
            String path,
            FilterProperty property,
            FilterOperator operator,
            @Nullable Instant instant) {
        if (instant != null) {
            parts.add(new Term(path, property, operator, List.of(instant.toString())));
        }
    }
}
