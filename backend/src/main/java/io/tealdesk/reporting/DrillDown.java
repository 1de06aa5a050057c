package io.tealdesk.reporting;

import io.tealdesk.reporting.ReportPeriod.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The filter expression of the tickets behind a number, in the shape that lists take as their parameter {@code filter}.
 */
class DrillDown {

    private static final String[] RESOLVED = {"RESOLVED", "CLOSED"};

    private final List<Map<String, Object>> terms = new ArrayList<>();

    private DrillDown() {}

    static DrillDown in(ReportScope scope) {
        var filter = new DrillDown();
        if (scope.team() != null) {
            filter.team(scope.team());
        }
        if (scope.assignee() != null) {
            filter.assignee(scope.assignee());
        }
        return filter;
    }

    DrillDown team(UUID team) {
        return term("team", "IN", team.toString());
    }

    DrillDown assignee(UUID agent) {
        return term("assignee", "IN", agent.toString());
    }

    DrillDown tag(String tag) {
        return term("tag", "IN", tag);
    }

    DrillDown within(String property, Bar bar) {
        return term(property, "AFTER", bar.startText()).term(property, "BEFORE", bar.endText());
    }

    DrillDown resolved(Bar bar) {
        return within("resolved", bar).term("status", "IN", RESOLVED);
    }

    DrillDown cancelled(Bar bar) {
        return within("resolved", bar).term("status", "IN", "CANCELLED");
    }

    DrillDown notDoneAtEndOf(Bar bar) {
        term("created", "BEFORE", bar.endText());
        terms.add(Map.of("any", List.of(aTerm("resolved", "EMPTY"), aTerm("resolved", "AFTER", bar.endText()))));
        return this;
    }

    Map<String, Object> expression() {
        return Map.of("all", List.copyOf(terms));
    }

    private DrillDown term(String property, String operator, String... values) {
        terms.add(aTerm(property, operator, values));
        return this;
    }

    private static Map<String, Object> aTerm(String property, String operator, String... values) {
        return Map.of("property", property, "operator", operator, "values", List.of(values));
    }

    /** What a number of this kind consists of; null where lists know no such property. */
    static @Nullable Map<String, Object> of(ReportColumn column, ReportScope scope, Bar bar) {
        var filter = in(scope);
        return switch (column) {
            case OPENED -> filter.within("created", bar).expression();
            case RESOLVED, RESOLUTION_COUNT, RESOLUTION_MEDIAN, RESOLUTION_P90 ->
                filter.resolved(bar).expression();
            case CANCELLED -> filter.cancelled(bar).expression();
            case FIRST_REPLY_COUNT, FIRST_REPLY_MEDIAN, FIRST_REPLY_P90 ->
                filter.within("firstReplied", bar).expression();
            case BACKLOG -> filter.notDoneAtEndOf(bar).expression();
            case REOPENED, PUBLIC_REPLIES, INTERNAL_NOTES -> null;
        };
    }
}
