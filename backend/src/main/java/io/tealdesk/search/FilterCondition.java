package io.tealdesk.search;

import io.tealdesk.tickets.TicketStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter with its viewer's scope as SQL over {@code ticket t}. Everything user-made is a bound parameter.
 *
 * @param row says of one row whether it passes
 * @param gather what every row that passes fulfils as well, in words that the index of facets understands
 * @param isIndexed whether indexes can find all that passes
 * @param isActive whether all that passes is not done, so that the indexes over active tickets hold all of it
 * @param isOfOne whether all that passes is one requester's or one organisation's, and an index of theirs holds it
 * @param isOfFacets whether facets say all of it, each for itself: then one plan serves whatever the values
 * @param readsWords whether saying of a row whether it passes takes reading all of its words
 * @param holding the numbers of all tickets with words that everything that passes holds, null where it need hold none
 * @param isOfTeams whether it asks for nothing but teams, so that an index alone counts what passes
 * @param statuses that everything that passes has one of
 * @param teams that everything that passes is of, null where it may be of any
 * @param bounds ranges of dates that everything that passes lies in
 * @param parameters what all of these bind
 */
record FilterCondition(
        String row,
        String gather,
        boolean isIndexed,
        boolean isActive,
        boolean isOfOne,
        boolean isOfFacets,
        boolean readsWords,
        @Nullable String holding,
        boolean isOfTeams,
        Set<TicketStatus> statuses,
        @Nullable Set<UUID> teams,
        List<Bound> bounds,
        Map<String, Object> parameters) {

    /** As the partial indexes say it: written otherwise, the planner would not know them again. */
    static final String ACTIVE = "t.status in ('OPEN', 'IN_PROGRESS', 'WAITING_ON_CUSTOMER', 'WAITING_ON_THIRD_PARTY')";

    /** In the words of the index of such tickets. One that was closed by a release which knows no snoozing is not. */
    static final String SNOOZED = "(t.snoozed_at is not null and " + ACTIVE + ")";

    /** @param comparison {@code <} or {@code >=}, with the parameter that the instant is bound to */
    record Bound(FilterProperty property, FilterOperator operator, Instant instant, String comparison) {

        boolean isOn(FilterProperty wanted, FilterOperator direction) {
            return property == wanted && operator == direction;
        }
    }
}
