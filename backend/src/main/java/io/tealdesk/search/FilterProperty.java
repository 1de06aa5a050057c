package io.tealdesk.search;

import static io.tealdesk.search.FilterOperator.AFTER;
import static io.tealdesk.search.FilterOperator.ALL_OF;
import static io.tealdesk.search.FilterOperator.BEFORE;
import static io.tealdesk.search.FilterOperator.CONTAINS;
import static io.tealdesk.search.FilterOperator.EMPTY;
import static io.tealdesk.search.FilterOperator.IN;
import static io.tealdesk.search.FilterOperator.IS;
import static io.tealdesk.search.FilterOperator.NOT_EMPTY;
import static io.tealdesk.search.FilterOperator.NOT_IN;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a filter may ask of a ticket, with its name on the wire and the operators that make sense of it. */
enum FilterProperty {
    STATUS("status", "", IN, NOT_IN),
    LANE("lane", "", IN, NOT_IN),
    PRIORITY("priority", "", IN, NOT_IN),
    TEAM("team", "t.team_id", IN, NOT_IN),
    ASSIGNEE("assignee", "t.assignee_id", IN, NOT_IN),
    REQUESTER("requester", "t.requester_id", IN, NOT_IN),
    ORGANISATION("organisation", "t.organisation_id", IN, NOT_IN),
    TAG("tag", "t.tags", IN, NOT_IN, ALL_OF, EMPTY, NOT_EMPTY),
    LAST_MESSAGE_BY("lastMessageBy", "", IN, NOT_IN),
    CREATED("created", "t.created_at", BEFORE, AFTER),
    UPDATED("updated", "t.updated_at", BEFORE, AFTER),
    LAST_MESSAGE("lastMessage", "t.last_message_at", BEFORE, AFTER),
    RESOLVED("resolved", "t.resolved_at", BEFORE, AFTER, EMPTY, NOT_EMPTY),
    FIRST_REPLIED("firstReplied", "t.first_replied_at", BEFORE, AFTER, EMPTY, NOT_EMPTY),
    DUE("due", "t.due_at", BEFORE, AFTER, EMPTY, NOT_EMPTY),
    OVERDUE("overdue", "", IS),
    SNOOZED("snoozed", "", IS),
    SNOOZED_UNTIL("snoozedUntil", "t.snoozed_until", BEFORE, AFTER),
    SLA_DUE("slaDue", "", BEFORE, AFTER),
    SUBJECT("subject", "t.subject", CONTAINS),
    TEXT("text", "", CONTAINS);

    private final String wireName;
    private final String column;
    // List.of() below makes it immutable.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<FilterOperator> operators;

    FilterProperty(String wireName, String column, FilterOperator... operators) {
        this.wireName = wireName;
        this.column = column;
        this.operators = List.of(operators);
    }

    static Optional<FilterProperty> named(String wireName) {
        return Arrays.stream(values())
                .filter(property -> property.wireName.equals(wireName))
                .findFirst();
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(FilterProperty::wireName).toList();
    }

    String wireName() {
        return wireName;
    }

    /** Of {@code ticket t}; empty where the property is not one column or its values are names. */
    String column() {
        return column;
    }

    List<FilterOperator> operators() {
        return operators;
    }
}
