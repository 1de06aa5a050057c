package io.tealdesk.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.StatementCounter;
import io.tealdesk.identity.Viewer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Lists of more tickets than a walk sees: whatever the filter and the order, they hold what a plain query holds. */
@DeskTest
class TwoPhasesTests {

    private static final int TICKETS = TwoPhases.WALK_MAX + 700;

    @Autowired
    MockMvcTester mvc;

    @Autowired
    DeskFixtures desk;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestSearchIndex searchIndex;

    private Http http;
    private Viewer dana;
    private Viewer administrator;
    private Viewer ines;
    private UUID support;
    private UUID billing;
    private UUID renette;

    @BeforeEach
    void aDeskWithALongPast() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        billing = desk.aTeam("Billing");
        dana = desk.anAgent("Dana", support);
        administrator = desk.anAdministrator("Otto");
        ines = desk.aCustomer("Ines");
        renette = desk.anOrganisation("Renette");
        var jan = desk.aCustomerOf(renette, "Jan");
        // Most tickets are old and done; what is rare is rare at either end of each order.
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, organisation_id, team_id,
                                            assignee_id, tags, due_at, created_at, updated_at, first_replied_at,
                                            resolved_at, last_message_at, last_message_by, snoozed_at,
                                            snoozed_until, snoozed_by)
                        select 20000 + i,
                               'Ticket ' || i || case when i % 100 = 0 then ' about brakes' else '' end
                                   || case when i <= 4300 and i % 97 > 0 then ' of steel' else '' end,
                               case when i % 40 = 0 then 'OPEN' when i % 41 = 0 then 'WAITING_ON_CUSTOMER'
                                    when i % 3 = 0 then 'RESOLVED' else 'CLOSED' end,
                               (array['LOW','MEDIUM','HIGH','CRITICAL'])[1 + i % 4],
                               case when i % 50 = 0 then :jan else :ines end,
                               case when i % 50 = 0 then (select organisation_id from person where id = :jan) end,
                               case when i % 30 = 0 then :billing else :support end,
                               case when i % 60 = 0 then :dana end,
                               case when i % 70 = 0 then array['rare', 'odd'] when i % 2 = 0 then array['even'] else '{}' end,
                               case when i % 9 = 0 then timestamptz '2026-01-01' + (i % 500) * interval '1 hour' end,
                               timestamptz '2025-01-01' + (i / 3) * interval '1 hour',
                               timestamptz '2025-01-02' + (i / 3) * interval '1 hour'
                                   + case when i % 97 = 0 then interval '50 days' else interval '0' end,
                               case when i % 7 > 0 then timestamptz '2025-01-01' + i * interval '1 hour' end,
                               case when i % 3 = 0 then timestamptz '2025-01-03' + i * interval '1 hour' end,
                               timestamptz '2025-01-02' + (i / 5) * interval '1 hour',
                               case when i % 8 = 0 then 'REQUESTER' else 'STAFF' end,
                               case when i % 200 = 0 or i % 410 = 0 then timestamptz '2025-06-01' end,
                               case when i % 600 = 0 then timestamptz '2025-06-01' + i * interval '1 minute' end,
                               case when i % 200 = 0 or i % 410 = 0 then cast(:dana as uuid) end
                        from generate_series(1, :tickets) i""")
                .param("jan", jan.personId())
                .param("ines", ines.personId())
                .param("support", support)
                .param("billing", billing)
                .param("dana", dana.personId())
                .param("tickets", TICKETS)
                .update();
        // Some clocks of tickets that are done go on until what follows the tickets comes by.
        jdbc.sql("""
                        insert into sla_clock (ticket_number, target, cycle, policy_id, state, started_at,
                                               promised_micros, elapsed_micros, due_at)
                        select number, 'RESOLUTION', 0, gen_random_uuid(),
                               case when number % 240 = 0 then 'DROPPED' when number % 160 = 0 then 'PAUSED'
                                    else 'RUNNING' end,
                               created_at, 1, 0, timestamptz '2025-06-01' + number % 7 * interval '1 day'
                        from ticket where number % 20 = 0""").update();
    }

    @Test
    void findsWhatAPlainQueryFindsInEveryOrder() {
        searchIndex.bringUpToDate();
        var dense = "last_message_by = 'STAFF'";
        var filters = new LinkedHashMap<String, String>();
        filters.put(term("status", "IN", "OPEN"), "status = 'OPEN'");
        filters.put(term("status", "NOT_IN", "CLOSED", "RESOLVED"), "status in ('OPEN', 'WAITING_ON_CUSTOMER')");
        filters.put(term("status", "NOT_IN", "OPEN"), "status <> 'OPEN'");
        var snoozed = "snoozed_at is not null and status in ('OPEN', 'WAITING_ON_CUSTOMER')";
        var waiting = "(status = 'WAITING_ON_CUSTOMER' or (status = 'OPEN' and snoozed_at is not null))";
        filters.put(term("lane", "IN", "WAITING"), waiting);
        filters.put(term("lane", "IN", "TO_DO"), "status = 'OPEN' and snoozed_at is null");
        filters.put(term("lane", "NOT_IN", "TO_DO"), "not (status = 'OPEN' and snoozed_at is null)");
        filters.put(term("lane", "NOT_IN", "WAITING"), "not " + waiting);
        filters.put(term("lane", "NOT_IN", "DONE"), "status in ('OPEN', 'WAITING_ON_CUSTOMER')");
        filters.put(term("snoozed", "IS", "true"), snoozed);
        filters.put(term("snoozed", "IS", "false"), "not (" + snoozed + ")");
        filters.put(
                term("snoozedUntil", "BEFORE", "2025-06-02T00:00:00Z"),
                snoozed + " and snoozed_until < '2025-06-02T00:00:00Z'");
        filters.put(
                term("snoozedUntil", "AFTER", "2025-06-02T00:00:00Z"),
                snoozed + " and snoozed_until >= '2025-06-02T00:00:00Z'");
        filters.put(
                "{\"all\":[" + term("lane", "IN", "WAITING") + "," + term("assignee", "IN", "me") + "]}",
                waiting + " and assignee_id is not null");
        filters.put(
                "{\"any\":[" + term("snoozed", "IS", "true") + "," + term("tag", "IN", "rare") + "]}",
                "((" + snoozed + ") or tags && '{rare}')");
        filters.put(term("priority", "IN", "CRITICAL", "LOW"), "priority in ('CRITICAL', 'LOW')");
        filters.put(term("team", "IN", "mine"), "team_id = '" + support + "'");
        filters.put(term("team", "IN", billing.toString()), "team_id = '" + billing + "'");
        filters.put(term("team", "NOT_IN", support.toString()), "team_id = '" + billing + "'");
        filters.put(term("assignee", "IN", "me"), "assignee_id = '" + dana.personId() + "'");
        filters.put(term("assignee", "IN", "me", "none"), "true");
        filters.put(term("assignee", "NOT_IN", "none"), "assignee_id is not null");
        filters.put(term("assignee", "NOT_IN", "me"), "assignee_id is null");
        filters.put(term("assignee", "NOT_IN", "me", "none"), "false");
        filters.put(term("organisation", "NOT_IN", "none"), "organisation_id is not null");
        filters.put(term("requester", "IN", ines.personId().toString()), "number % 50 <> 0");
        filters.put(
                "{\"all\":[" + term("organisation", "IN", renette.toString()) + "," + term("priority", "IN", "LOW")
                        + "]}",
                "number % 50 = 0 and priority = 'LOW'");
        filters.put(term("requester", "NOT_IN", ines.personId().toString()), "number % 50 = 0");
        filters.put(term("tag", "IN", "rare", "absent"), "tags && '{rare}'");
        filters.put(term("tag", "ALL_OF", "rare", "odd"), "tags @> '{rare,odd}'");
        filters.put(term("tag", "ALL_OF", "rare", "even"), "false");
        filters.put(term("tag", "NOT_IN", "even"), "not tags && '{even}'");
        filters.put(term("tag", "EMPTY"), "tags = '{}'");
        filters.put(term("tag", "NOT_EMPTY"), "tags <> '{}'");
        filters.put(term("tag", "IN", "=s:open"), "false");
        filters.put(term("lastMessageBy", "IN", "STAFF"), dense);
        filters.put(term("created", "BEFORE", "2025-01-03T00:00:00Z"), "created_at < '2025-01-03T00:00:00Z'");
        filters.put(term("created", "AFTER", "2025-03-05T00:00:00Z"), "created_at >= '2025-03-05T00:00:00Z'");
        filters.put(
                "{\"all\":[" + term("created", "AFTER", "2025-01-10T00:00:00Z") + ","
                        + term("created", "BEFORE", "2025-01-12T00:00:00Z") + "]}",
                "created_at >= '2025-01-10T00:00:00Z' and created_at < '2025-01-12T00:00:00Z'");
        filters.put(
                "{\"all\":[" + term("created", "BEFORE", "2025-01-20T00:00:00Z") + "," + term("tag", "IN", "rare")
                        + "]}",
                "created_at < '2025-01-20T00:00:00Z' and tags && '{rare}'");
        filters.put(
                "{\"all\":[" + term("status", "IN", "RESOLVED") + "," + term("tag", "IN", "rare") + "]}",
                "status = 'RESOLVED' and tags && '{rare}'");
        filters.put(
                "{\"all\":[" + term("status", "NOT_IN", "CLOSED") + "," + term("tag", "IN", "rare") + ","
                        + term("team", "IN", support.toString()) + "]}",
                "status <> 'CLOSED' and tags && '{rare}' and team_id = '" + support + "'");
        filters.put(term("updated", "AFTER", "2025-03-05T00:00:00Z"), "updated_at >= '2025-03-05T00:00:00Z'");
        filters.put(term("lastMessage", "BEFORE", "2025-01-04T00:00:00Z"), "last_message_at < '2025-01-04T00:00:00Z'");
        filters.put(term("lastMessage", "AFTER", "2025-01-04T00:00:00Z"), "last_message_at >= '2025-01-04T00:00:00Z'");
        filters.put(term("resolved", "BEFORE", "2025-01-05T00:00:00Z"), "resolved_at < '2025-01-05T00:00:00Z'");
        filters.put(term("firstReplied", "EMPTY"), "first_replied_at is null");
        filters.put(term("due", "NOT_EMPTY"), "due_at is not null");
        filters.put(term("due", "EMPTY"), "due_at is null");
        filters.put(term("due", "BEFORE", "2026-01-02T00:00:00Z"), "due_at < '2026-01-02T00:00:00Z'");
        filters.put(term("overdue", "IS", "true"), "due_at < now() and status in ('OPEN', 'WAITING_ON_CUSTOMER')");
        filters.put(
                term("overdue", "IS", "false"),
                "(due_at is null or due_at >= now() or status not in ('OPEN', 'WAITING_ON_CUSTOMER'))");
        var clock = "number % 20 = 0 and number % 240 <> 0 and status in ('OPEN', 'WAITING_ON_CUSTOMER')";
        filters.put(term("slaDue", "BEFORE", "2025-06-04T00:00:00Z"), clock + " and number % 7 < 3");
        filters.put(
                "{\"any\":[" + term("slaDue", "AFTER", "2025-06-04T00:00:00Z") + "," + term("tag", "IN", "rare") + "]}",
                "((" + clock + " and number % 7 >= 3) or tags && '{rare}')");
        filters.put(term("subject", "CONTAINS", "brakes"), "number % 100 = 0");
        filters.put(term("text", "CONTAINS", "brakes"), "number % 100 = 0");
        filters.put(term("text", "CONTAINS", "#20007"), "number = 20007");
        // Of more tickets than a walk sees, but of none that it sees first.
        filters.put(term("text", "CONTAINS", "steel"), "number <= 24300 and (number - 20000) % 97 > 0");
        filters.put(
                "{\"any\":[" + term("status", "IN", "OPEN") + "," + term("tag", "IN", "rare") + "]}",
                "(status = 'OPEN' or tags && '{rare}')");
        filters.put(
                "{\"all\":[" + term("lane", "IN", "TO_DO") + ",{\"any\":[" + term("assignee", "IN", "me") + ","
                        + term("tag", "NOT_IN", "even") + "]}]}",
                "(status = 'OPEN' and snoozed_at is null and (assignee_id is not null or not tags && '{even}'))");
        filters.put(
                "{\"any\":[{\"all\":[" + term("assignee", "IN", "me") + "," + term("priority", "IN", "LOW") + ","
                        + term("tag", "IN", "rare") + "]},{\"all\":[" + term("team", "IN", "mine") + ","
                        + term("status", "IN", "RESOLVED") + "," + term("tag", "IN", "odd") + "]}]}",
                "tags && '{rare}' and ((assignee_id is not null and priority = 'LOW') or (team_id = '" + support
                        + "' and status = 'RESOLVED'))");
        filters.put("{\"any\":[]}", "false");
        filters.put("{\"all\":[]}", "true");

        var softly = new SoftAssertions();
        filters.forEach((filter, condition) -> {
            for (var order : TicketOrder.values()) {
                for (var viewer : List.of(dana, administrator)) {
                    // What "me" and "mine" mean is Dana's.
                    if (viewer.equals(administrator) && (filter.contains("\"me\"") || filter.contains("\"mine\""))) {
                        continue;
                    }
                    var scoped = condition + (viewer.equals(dana) ? " and t.team_id = '" + support + "'" : "");
                    softly.assertThat(numbers(page(viewer, filter, order, 20, Map.of())))
                            .as("%s %s %s", viewer.name(), order, filter)
                            .isEqualTo(truth(scoped, order).stream().limit(20).toList());
                }
            }
            var counted = http.get(dana, "/api/v1/tickets/count?filter={filter}", filter);
            softly.assertThat(Http.text(counted, "$.value"))
                    .as(filter)
                    .isEqualTo(String.valueOf(Math.min(
                            999,
                            truth(condition + " and t.team_id = '" + support + "'", TicketOrder.UPDATED)
                                    .size())));
        });
        softly.assertAll();
    }

    @ParameterizedTest
    @EnumSource(TicketOrder.class)
    void pagesThereAndBackWithoutGapOrDouble(TicketOrder order) {
        var rare = term("tag", "IN", "rare");
        pagesThereAndBack(rare, order, truth("tags && '{rare}'", order));
        pagesThereAndBack(
                "{\"all\":[" + rare + "," + term("status", "IN", "RESOLVED") + "]}",
                order,
                truth("tags && '{rare}' and status = 'RESOLVED'", order));
        pagesThereAndBack(
                "{\"all\":[" + rare + "," + term("created", "BEFORE", "2025-01-25T00:00:00Z") + "]}",
                order,
                truth("tags && '{rare}' and created_at < '2025-01-25T00:00:00Z'", order));
    }

    private void pagesThereAndBack(String filter, TicketOrder order, List<Integer> whole) {
        var there = new ArrayList<List<Integer>>();
        var back = new ArrayList<List<Integer>>();
        String cursor = null;
        String last;
        do {
            var page = page(administrator, filter, order, 9, cursor == null ? Map.of() : Map.of("cursor", cursor));
            there.add(numbers(page));
            last = page;
            cursor = cursor(page, "nextCursor");
        } while (cursor != null);
        var before = cursor(last, "previousCursor");
        back.add(numbers(last));
        while (before != null) {
            var page = page(administrator, filter, order, 9, Map.of("before", before));
            back.add(numbers(page));
            before = cursor(page, "previousCursor");
        }

        assertThat(there.stream().flatMap(List::stream)).containsExactlyElementsOf(whole);
        assertThat(back.reversed()).isEqualTo(there);
    }

    @Test
    void refusesTwoPlacesAtOnce() {
        assertThat(http.get(dana, "/api/v1/tickets?cursor=a&before=b")).hasStatus(400);
        assertThat(http.get(dana, "/api/v1/tickets?before=b")).hasStatus(400);
        assertThat(http.get(dana, "/api/v1/tickets?zone=Mars")).hasStatus(400);
        assertThat(http.get(dana, "/api/v1/tickets?filter={filter}", "{")).hasStatus(400);
    }

    @Test
    void gathersOnlyWhereTheWalkFoundTooLittle(@Autowired StatementCounter statements) {
        assertThat(statements.statementsOf(
                        () -> page(administrator, "{\"all\":[]}", TicketOrder.UPDATED, 50, Map.of())))
                .hasSize(1);
        assertThat(statements.statementsOf(
                        () -> page(administrator, term("lane", "IN", "TO_DO"), TicketOrder.PRIORITY, 100, Map.of())))
                .hasSize(1);
        var veryRare = "{\"all\":[" + term("tag", "IN", "rare") + "," + term("priority", "IN", "LOW") + "]}";
        assertThat(statements.statementsOf(() -> page(administrator, veryRare, TicketOrder.UPDATED, 100, Map.of())))
                .hasSizeGreaterThan(1)
                .last()
                .asString()
                .contains("ticket_facets");
    }

    @Test
    void walksOnWhereAWordIsFrequentButNotAtFirst(@Autowired StatementCounter statements) {
        searchIndex.bringUpToDate();

        assertThat(statements.statementsOf(() ->
                        page(administrator, term("text", "CONTAINS", "steel"), TicketOrder.UPDATED, 50, Map.of())))
                .last()
                .asString()
                .contains("walked = " + TwoPhases.WALK_MAX);
        assertThat(statements.statementsOf(() ->
                        page(administrator, term("text", "CONTAINS", "brakes"), TicketOrder.UPDATED, 50, Map.of())))
                .last()
                .asString()
                .contains("any(array(");
    }

    private List<Integer> truth(String condition, TicketOrder order) {
        return jdbc.sql("select t.number from ticket t where " + condition + " order by " + order.orderBy())
                .query(Integer.class)
                .list();
    }

    private String page(Viewer viewer, String filter, TicketOrder order, int limit, Map<String, String> place) {
        var variables = new ArrayList<Object>(List.of(filter, order, limit));
        variables.addAll(place.values());
        var suffix = place.keySet().stream()
                .map(name -> "&" + name + "={place}")
                .findFirst()
                .orElse("");
        var result = http.get(
                viewer, "/api/v1/tickets?filter={filter}&order={order}&limit={limit}" + suffix, variables.toArray());
        assertThat(result).as(filter).hasStatusOk();
        return Http.body(result);
    }

    private static List<Integer> numbers(String page) {
        return JsonPath.read(page, "$.items[*].number");
    }

    private static @Nullable String cursor(String page, String name) {
        var value = JsonPath.parse(page).read("$", Map.class).get(name);
        return value == null ? null : value.toString();
    }

    private static String term(String property, String operator, String... values) {
        return "{\"property\":\"%s\",\"operator\":\"%s\",\"values\":[%s]}"
                .formatted(
                        property,
                        operator,
                        java.util.Arrays.stream(values)
                                .map(value -> '"' + value + '"')
                                .collect(java.util.stream.Collectors.joining(",")));
    }
}
