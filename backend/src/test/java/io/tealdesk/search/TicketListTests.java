package io.tealdesk.search;

import static io.tealdesk.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.tealdesk.DeskFixtures;
import io.tealdesk.DeskTest;
import io.tealdesk.Http;
import io.tealdesk.StatementCounter;
import io.tealdesk.identity.Viewer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DeskTest
class TicketListTests {

    private static final int TICKETS = 60;

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
    private Viewer ines;
    private UUID support;

    @BeforeEach
    void aDeskFullOfTickets() {
        http = new Http(mvc);
        support = desk.theDefaultTeam();
        dana = desk.anAgent("Dana", support);
        ines = desk.aCustomer("Ines");
        // Equal instants, priorities and due dates on purpose: only the number keeps their order total.
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, assignee_id, tags,
                                            due_at, created_at, updated_at, last_message_at, last_message_by,
                                            snoozed_at, snoozed_until, snoozed_by)
                        select 20000 + i, 'Ticket ' || i || case when i % 10 = 0 then ' about brakes' else '' end,
                               (array['OPEN','IN_PROGRESS','WAITING_ON_CUSTOMER','RESOLVED','CLOSED'])[1 + i % 5],
                               (array['LOW','MEDIUM','HIGH','CRITICAL'])[1 + i % 4], :ines, :support,
                               case when i % 3 = 0 then :dana end,
                               case when i % 2 = 0 then array['even'] else array['odd', 'strange'] end,
                               case when i % 3 > 0 then timestamptz '2026-01-01' + (i % 7) * interval '1 day' end,
                               timestamptz '2026-02-01' + (i % 9) * interval '1 day',
                               timestamptz '2026-03-01' + (i % 9) * interval '1 day',
                               timestamptz '2026-03-01', 'REQUESTER',
                               case when i % 20 = 0 then timestamptz '2026-03-01' end,
                               case when i % 40 = 0 then timestamptz '2026-03-02' end,
                               case when i % 20 = 0 then cast(:dana as uuid) end
                        from generate_series(1, :tickets) i""")
                .param("ines", ines.personId())
                .param("support", support)
                .param("dana", dana.personId())
                .param("tickets", TICKETS)
                .update();
    }

    @ParameterizedTest
    @EnumSource(TicketOrder.class)
    void pagesThroughEveryOrderWithoutGapOrDouble(TicketOrder order) {
        var wholeSort = jdbc.sql("select t.number from ticket t order by " + order.orderBy())
                .query(Integer.class)
                .list();

        var paged = new ArrayList<Integer>();
        String cursor = null;
        do {
            var page = http.get(
                    dana, "/api/v1/tickets?limit=7&order=" + order + (cursor == null ? "" : "&cursor=" + cursor));
            paged.addAll(numbers(page));
            var next = JsonPath.parse(Http.body(page))
                    .read("$", java.util.Map.class)
                    .get("nextCursor");
            cursor = next == null ? null : next.toString();
        } while (cursor != null);

        assertThat(paged).isEqualTo(wholeSort).hasSize(TICKETS);
    }

    @ParameterizedTest
    @CsvSource({
        "status=OPEN,                           status = 'OPEN'",
        "status=OPEN&status=CLOSED,             'status in (''OPEN'', ''CLOSED'')'",
        "lane=WAITING,                          'status like ''WAITING%'' or (status = ''OPEN'' and number % 4 = 0)'",
        "lane=TO_DO,                            'status in (''OPEN'', ''IN_PROGRESS'') and number % 20 > 0'",
        "lane=TO_DO&lane=WAITING,               'status not in (''RESOLVED'', ''CLOSED'')'",
        "lane=TO_DO&lane=DONE,                  'status not like ''WAITING%'' and (status <> ''OPEN'' or number % 4 > 0)'",
        "lane=WAITING&lane=DONE,                'status <> ''IN_PROGRESS'' and (status <> ''OPEN'' or number % 4 = 0)'",
        "lane=TO_DO&status=OPEN,                'status = ''OPEN'' and number % 4 > 0'",
        "lane=TO_DO&status=CLOSED,              false",
        "priority=HIGH&priority=LOW,            'priority in (''HIGH'', ''LOW'')'",
        "assignee=me,                           assignee_id is not null",
        "assignee=none,                         assignee_id is null",
        "tag=odd,                               number % 2 = 1",
        "tag=Strange&tag=even,                  true",
        "tag=nothing,                           false",
        "text=brakes,                           number % 10 = 0",
        "text=20007,                            number = 20007",
        "text=%2320007,                         number = 20007",
        "createdBefore=2026-02-03T00:00:00Z,    created_at < '2026-02-03'",
        "updatedAfter=2026-03-05T00:00:00Z,     updated_at >= '2026-03-05'",
        "overdue=true,                          'due_at is not null and status not in (''RESOLVED'', ''CLOSED'')'",
        "snoozed=true,                          'status = ''OPEN'' and number % 4 = 0'",
        "snoozed=false,                         'not (status = ''OPEN'' and number % 4 = 0)'",
        "assignee=none&status=OPEN&tag=odd,     'assignee_id is null and status = ''OPEN'' and number % 2 = 1'",
    })
    void filtersAsTheConditionSays(String filter, String condition) {
        searchIndex.bringUpToDate();
        var expected = jdbc.sql(
                        "select number from ticket where " + condition + " order by updated_at desc, number desc")
                .query(Integer.class)
                .list();

        // The filter is percent-encoded already; a URI template would encode it once more.
        var uri = java.net.URI.create("/api/v1/tickets?limit=100&" + filter);
        assertThat(numbers(mvc.get().uri(uri).with(DeskFixtures.as(dana)).exchange()))
                .isEqualTo(expected);
        assertThat(text(
                        mvc.get()
                                .uri(java.net.URI.create("/api/v1/tickets/count?" + filter))
                                .with(DeskFixtures.as(dana))
                                .exchange(),
                        "$.value"))
                .isEqualTo(Integer.toString(expected.size()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=NEW",
                "lane=WAITING&order=RANDOM",
                "limit=0",
                "limit=101",
                "limit=x",
                "team=x",
                "assignee=somebody",
                "cursor=x",
                "createdAfter=yesterday",
                "overdue=perhaps",
                "createdAfter=-999999999-01-01T00:00:00Z"
            })
    void refusesWhatItDoesNotUnderstand(String query) {
        assertThat(http.get(dana, "/api/v1/tickets?" + query))
                .hasStatus(400)
                .hasHeader("Content-Type", "application/problem+json");
    }

    @Test
    void refusesTheCursorOfAnotherOrder() {
        var cursor = text(http.get(dana, "/api/v1/tickets?limit=7&order=NEWEST"), "$.nextCursor");

        assertThat(http.get(dana, "/api/v1/tickets?limit=7&order=DUE&cursor=" + cursor))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/bad-cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATED,  +999999999-01-01T00:00:00Z, 1",
        "NEWEST,   -999999999-01-01T00:00:00Z, 1",
        "DUE,      yesterday,                  1",
        "PRIORITY, 1,                          one",
        "PRIORITY, 99999999999999999999,       1"
    })
    void refusesAForgedCursor(String order, String value, String number) {
        var cursor = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(String.join("\u001f", order, value, number).getBytes(StandardCharsets.UTF_8));

        assertThat(http.get(dana, "/api/v1/tickets?order={order}&cursor={cursor}", order, cursor))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/bad-cursor");
    }

    @Test
    void tellsWhatIsSnoozed() {
        var list = http.get(dana, "/api/v1/tickets?lane=WAITING&status=OPEN");

        assertThat(numbers(list)).containsExactlyInAnyOrder(20020, 20040, 20060);
        assertThat(text(list, "$.items[*].lane")).isEqualTo("[\"WAITING\",\"WAITING\",\"WAITING\"]");
        assertThat(text(list, "$.items[?(@.number == 20040)].snooze.until")).contains("2026-03-02");
        assertThat(text(list, "$.items[?(@.number == 20020)].snooze")).isEqualTo("[{}]");
        assertThat(text(http.get(dana, "/api/v1/tickets?status=IN_PROGRESS"), "$.items[*].snooze"))
                .isEqualTo("[]");
    }

    @Test
    void needsAsManyStatementsForFiftyTicketsAsForFive(@Autowired StatementCounter statements) {
        for (var uri : List.of("/api/v1/tickets?limit=%d", "/api/v1/tickets?limit=%d&order=DUE&text=ticket")) {
            var forFive = statements.statementsOf(() -> http.get(dana, uri.formatted(5)));
            var forFifty = statements.statementsOf(() -> http.get(dana, uri.formatted(50)));

            assertThat(forFifty).hasSameSizeAs(forFive).hasSize(1);
        }
        assertThat(statements.statementsOf(() -> http.get(dana, "/api/v1/views")))
                .hasSize(1);
        assertThat(statements.statementsOf(() -> http.get(ines, "/api/v1/portal/tickets")))
                .hasSize(1);
    }

    @Test
    void findsWordsInMessages() {
        jdbc.sql("""
                        insert into message (ticket_number, author_id, kind, body_markdown, body_html, created_at)
                        values (20001, :dana, 'INTERNAL_NOTE', 'The derailleur is bent', '', now())""").param("dana", dana.personId()).update();
        searchIndex.bringUpToDate();

        assertThat(numbers(http.get(dana, "/api/v1/tickets?text=derailleur"))).containsExactly(20001);
    }

    @Test
    void countsNoFurtherThanTheCap() {
        jdbc.sql("""
                        insert into ticket (number, subject, status, priority, requester_id, team_id, created_at,
                                            updated_at, last_message_at, last_message_by)
                        select 30000 + i, 'More', 'OPEN', 'LOW', :ines, :support, now(), now(), now(), 'REQUESTER'
                        from generate_series(1, 1100) i""").param("ines", ines.personId()).param("support", support).update();

        var count = http.get(dana, "/api/v1/tickets/count?status=OPEN");

        assertThat(text(count, "$.value")).isEqualTo("999");
        assertThat(text(count, "$.capped")).isEqualTo("true");
    }

    @Test
    void countsTheViewsOfAnAgentsOwnTeams() {
        desk.aTeam("Billing");

        var views = http.get(dana, "/api/v1/views");

        assertThat(text(views, "$[*].key")).isEqualTo("[\"MINE\",\"UNASSIGNED\",\"TEAM\",\"ALL\"]");
        assertThat(text(views, "$[*].count.value")).isEqualTo("[12,24,36,36]");
    }

    @Test
    void offersTagsThatBeginSo() {
        assertThat(Http.body(http.get(dana, "/api/v1/tags?startsWith=ST"))).isEqualTo("[\"strange\"]");
        assertThat(Http.body(http.get(dana, "/api/v1/tags?startsWith=%"))).isEqualTo("[]");
    }

    private static List<Integer> numbers(org.springframework.test.web.servlet.assertj.MvcTestResult page) {
        return JsonPath.read(Http.body(page), "$.items[*].number");
    }
}
