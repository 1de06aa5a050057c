package io.tealdesk.search;

import io.tealdesk.identity.Viewer;
import io.tealdesk.shared.Problem;
import io.tealdesk.shared.Sql;
import io.tealdesk.tickets.Lane;
import io.tealdesk.tickets.TicketPriority;
import io.tealdesk.tickets.TicketScope;
import io.tealdesk.tickets.TicketStatus;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a list of tickets is narrowed to. Several values of one property mean any of them, several properties all.
 *
 * @param assignee a person's id, {@code me} or {@code none}
 * @param text words in the subject or a message, or a ticket's number
 * @param overdue past its due date and not done
 */
record TicketFilter(
        @Nullable @Size(max = VALUES_MAX) List<TicketStatus> status,
        @Nullable Lane lane,
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
        @Nullable Boolean overdue) {

    private static final int VALUES_MAX = 50;
    private static final Pattern TICKET_NUMBER = Pattern.compile("#?([0-9]{1,15})");

    static TicketFilter none() {
        return withStatus(null);
    }

    static TicketFilter withStatus(@Nullable List<TicketStatus> status) {
        return new TicketFilter(status, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** Everything user-made is a bound parameter; the SQL itself is made of the constants below only. */
    Condition condition(Viewer viewer, Instant now) {
        var scope = TicketScope.of(viewer);
        var terms = new ArrayList<String>();
        var parameters = new HashMap<String, Object>(scope.parameters());
        terms.add(scope.condition());
        var statuses = statuses();
        if (statuses != null) {
            terms.add(statuses.isEmpty() ? "false" : "t.status in (:statuses)");
            parameters.put("statuses", statuses.stream().map(Enum::name).toList());
        }
        if (priority != null && !priority.isEmpty()) {
            terms.add("t.priority in (:priorities)");
            parameters.put("priorities", priority.stream().map(Enum::name).toList());
        }
        if (team != null && !team.isEmpty()) {
            terms.add("t.team_id in (:teams)");
            parameters.put("teams", team);
        }
        addAssignee(viewer, terms, parameters);
        if (requester != null) {
            terms.add("t.requester_id = :requester");
            parameters.put("requester", requester);
        }
        if (organisation != null) {
            terms.add("t.organisation_id = :organisation");
            parameters.put("organisation", organisation);
        }
        if (tag != null && !tag.isEmpty()) {
            terms.add("t.tags && cast(:tags as text[])");
            parameters.put(
                    "tags",
                    tag.stream()
                            .map(each -> Normalizer.normalize(each, Normalizer.Form.NFC)
                                    .strip()
                                    .toLowerCase(Locale.ROOT))
                            .toArray(String[]::new));
        }
        addText(terms, parameters);
        addInstant("t.created_at >=", "createdAfter", createdAfter, terms, parameters);
        addInstant("t.created_at <", "createdBefore", createdBefore, terms, parameters);
        addInstant("t.updated_at >=", "updatedAfter", updatedAfter, terms, parameters);
        addInstant("t.updated_at <", "updatedBefore", updatedBefore, terms, parameters);
        if (overdue != null && overdue) {
            terms.add("t.due_at < :now and t.status not in ('RESOLVED', 'CLOSED', 'CANCELLED')");
            parameters.put("now", Sql.timestamp(now));
        }
        return new Condition(String.join("\n  and ", terms), parameters);
    }

    private @Nullable EnumSet<TicketStatus> statuses() {
        var isAnyStatus = status == null || status.isEmpty();
        if (isAnyStatus && lane == null) {
            return null;
        }
        var result = isAnyStatus ? EnumSet.allOf(TicketStatus.class) : EnumSet.copyOf(status);
        if (lane != null) {
            result.retainAll(lane.statuses());
        }
        return result;
    }

    private void addAssignee(Viewer viewer, List<String> terms, Map<String, Object> parameters) {
        if (assignee == null) {
            return;
        }
        if (assignee.equals("none")) {
            terms.add("t.assignee_id is null");
            return;
        }
        terms.add("t.assignee_id = :assignee");
        try {
            parameters.put("assignee", assignee.equals("me") ? viewer.personId() : UUID.fromString(assignee));
        } catch (IllegalArgumentException e) {
            throw Problem.invalidField("assignee", "Malformed", "must be a person's id, me or none");
        }
    }

    private void addText(List<String> terms, Map<String, Object> parameters) {
        if (text == null || text.isBlank()) {
            return;
        }
        var words = """
                (to_tsvector('simple', t.subject) @@ websearch_to_tsquery('simple', :text)
                   or t.number in (select m.ticket_number from message m
                                   where to_tsvector('simple', m.body_markdown)
                                         @@ websearch_to_tsquery('simple', :text)))""";
        parameters.put("text", text.strip());
        var number = TICKET_NUMBER.matcher(text.strip());
        if (number.matches()) {
            terms.add("(t.number = :number or " + words + ")");
            parameters.put("number", Long.parseLong(number.group(1)));
        } else {
            terms.add(words);
        }
    }

    private static void addInstant(
            String comparison,
            String name,
            @Nullable Instant instant,
            List<String> terms,
            Map<String, Object> parameters) {
        if (instant == null) {
            return;
        }
        if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
            throw Problem.invalidField(name, "Range", "must lie between the years 1970 and 2200");
        }
        terms.add(comparison + " :" + name);
        parameters.put(name, Sql.timestamp(instant));
    }

    /** SQL over {@code ticket t} and what it binds. */
    record Condition(String sql, Map<String, Object> parameters) {}
}
